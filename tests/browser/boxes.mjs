/** What a test of boxes finds on a page: what lies over something else, is cut off, or is squeezed into a column of single characters. */

import assert from 'node:assert/strict';
import { assertFitsWidth } from './browser.mjs';

/** Runs in the page. What can be pressed or read, apart from what contains what, what sticks to an edge, and what only scrolls into view. */
function faultyBoxes() {
  const above = (element, is) => {
    for (let one = element; one; one = one.parentElement) if (is(one, getComputedStyle(one))) return true;
    return false;
  };
  const stuck = (element) => above(element, (_, { position }) => position === 'sticky' || position === 'fixed');
  const scrolled = (element) => above(element, (one, { overflowX }) => ['auto', 'scroll'].includes(overflowX) && one.scrollWidth > one.clientWidth);
  const named = (element) => element.outerHTML.slice(0, 100);
  // What only programs that read aloud are told is clipped to nothing.
  const unseen = (element) => above(element, (_, { position, clipPath, clip }) => position === 'absolute' && (clipPath.startsWith('inset(50%') || clip.startsWith('rect(')));
  const shown = (element) => element.checkVisibility?.({ opacityProperty: true, visibilityProperty: true }) !== false
    && !element.closest('.visually-hidden, .gallery, figure, svg, dialog:not([open])') && !unseen(element);
  const chosen = [...document.querySelectorAll('main :is(a, button, input, select, textarea, label, h1, h2, h3, th, td, dt, dd, p, summary, .price, del, .tag, .name)')].filter(shown);
  const faults = [];

  const pressed = chosen.filter((one) => !one.matches('th, td, dt, dd, p, summary') && !stuck(one) && !scrolled(one))
    .flatMap((element) => [...element.getClientRects()].map((box) => ({ element, box }))) // Line by line.
    .filter(({ box }) => box.width > 2 && box.height > 2);
  pressed.forEach((one, i) => pressed.slice(i + 1).forEach((other) => {
    if (one.element === other.element || one.element.contains(other.element) || other.element.contains(one.element)) return;
    const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
    const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
    if (across > 2 && down > 2) faults.push(`overlap: ${named(one.element)} × ${named(other.element)}`);
  }));

  for (const element of chosen) {
    const style = getComputedStyle(element);
    const hides = ['hidden', 'clip'].includes(style.overflowX);
    const shortened = style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none';
    if (hides && !shortened && !element.matches('input, textarea') && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0) faults.push(`cut: ${named(element)}`);
    const own = [...element.childNodes].filter((one) => one.nodeType === Node.TEXT_NODE).map((one) => one.data.trim()).join('');
    const em = parseFloat(style.fontSize);
    const inner = element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    if (own.length >= 6 && style.display !== 'inline' && element.clientHeight > em * 5 && inner < em * 2.5) faults.push(`squeezed: ${named(element)}`);
  }
  // What stays at an edge shows all that it holds.
  for (const element of document.querySelectorAll('body *')) {
    if (getComputedStyle(element).position !== 'fixed' || !shown(element)) continue;
    const out = [...element.querySelectorAll('a, button')].find((one) => shown(one) && one.getBoundingClientRect().width > 0 && one.getBoundingClientRect().right > window.innerWidth + 1);
    if (out) faults.push(`off the screen: ${named(out)}`);
  }
  return [...new Set(faults)];
}

/** Nothing overlaps, nothing is cut, nothing is squeezed, and nothing sticks out to the right. */
export async function assertSoundBoxes(page, what) {
  await assertFitsWidth(page, what);
  assert.deepEqual(await page.evaluate(faultyBoxes), [], what);
}
