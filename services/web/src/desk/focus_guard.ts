/**
 * Whoever works with the keyboard, or hears the page, stays where they were: when what has the focus is taken away (the button of a
 * decision that is done) or cannot be pressed for a while (it is being sent), the browser lets it fall to the whole page.
 */

const headings = 'h1, h2, h3';
/** The last that had the focus, and what it stood in, the nearest first. */
let last: HTMLElement | null = null;
let around: Element[] = [];

const isDisabled = (element: Element): boolean => (element as HTMLButtonElement).disabled === true;
const isLost = (): boolean => document.activeElement === null || document.activeElement === document.body;

function remember(event: FocusEvent): void {
  if (!(event.target instanceof HTMLElement)) return;
  last = event.target;
  around = [];
  for (let one = last.parentElement; one !== null && one !== document.body; one = one.parentElement) around.push(one);
}
/** They clicked beside it: then nothing was taken from them. */
function left(event: FocusEvent): void {
  const was = event.target;
  queueMicrotask(() => {
    if (was === last && last !== null && last.isConnected && !isDisabled(last) && isLost()) last = null;
  });
}

/** The heading of what it stood in, as near as there is one still. */
export function standIn(ancestors: readonly Element[]): HTMLElement | null {
  for (const one of ancestors) {
    const heading = one.isConnected ? one.querySelector<HTMLElement>(headings) : null;
    if (heading !== null) return heading;
  }
  return null;
}

function restore(): void {
  if (last === null || !isLost()) return;
  if (last.isConnected) {
    if (!isDisabled(last)) last.focus({ preventScroll: true });
    return;
  }
  const open = [...document.querySelectorAll<HTMLElement>('dialog[open]')].at(-1);
  const heading = standIn(open ? [open] : around);
  if (heading === null) return;
  if (!heading.hasAttribute('tabindex')) heading.setAttribute('tabindex', '-1');
  heading.focus({ preventScroll: true });
}

/** For the whole page, as long as it is there. */
export function guardFocus(): void {
  document.addEventListener('focusin', remember);
  document.addEventListener('focusout', left);
  new MutationObserver(restore).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['disabled'] });
}
