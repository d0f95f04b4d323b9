/** What a test of boxes finds on a page: what lies over something else, is cut off, or is squeezed into a column of single characters, broken amid a word, or scrolls where nobody is told. */

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
  // Words of labels stand whole: where a column is too narrow for one, it is the column that is wrong.
  for (const label of chosen.filter((one) => one.matches('dt, th, label, button, a, h1, h2, h3, summary, .tag') && !one.closest('.mono, code, pre'))) {
    const texts = document.createTreeWalker(label, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      if (!shown(text.parentElement)) continue;
      for (const { 0: word, index } of text.data.matchAll(/(?<=^|[\s(“])\p{Script=Latin}{3,20}(?=$|[\s.,:;)”])/gu)) {
        const range = document.createRange();
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        if (new Set([...range.getClientRects()].filter((one) => one.width > 0).map((one) => Math.round(one.top))).size > 1) faults.push(`broken “${word}”: ${named(label)}`);
      }
    }
  }
  // A table that goes on beyond an edge says so there, by a shadow that stays while its cover scrolls away.
  for (const frame of [...document.querySelectorAll('main *, dialog[open] *')].filter((one) => one.querySelector('table') && shown(one))) {
    const { overflowX, backgroundAttachment } = getComputedStyle(frame);
    if (!['auto', 'scroll'].includes(overflowX) || frame.scrollWidth <= frame.clientWidth + 1) continue;
    if (!backgroundAttachment.includes('local')) faults.push(`scrolls unsaid: ${named(frame)}`);
  }
  // A number of so many digits as a field takes is seen whole, unless letters are made larger.
  const pen = document.createElement('canvas').getContext('2d');
  for (const field of chosen.filter((one) => one.matches('input:is([type=text], [type=search], [type=tel], :not([type]))') && one.maxLength > 4 && one.maxLength <= 24)) {
    const style = getComputedStyle(field);
    if (parseFloat(getComputedStyle(document.documentElement).fontSize) > 16) break;
    pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const inner = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    if (pen.measureText('0'.repeat(field.maxLength)).width > inner) faults.push(`too short for ${field.maxLength} digits: ${named(field)}`);
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
