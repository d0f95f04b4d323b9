/** Whoever is quicker than the program has typed into the search of the first view: it stays, and so does the cursor. */

const field = (): HTMLInputElement | null => document.querySelector<HTMLInputElement>('input#search');

export function takeOverTyping(mount: () => void): void {
  const before = field();
  const typed = before?.value ?? '';
  const focused = before !== null && document.activeElement === before;
  mount();
  const after = field();
  if (after === null) return;
  if (typed !== '') {
    after.value = typed;
    after.dispatchEvent(new Event('input'));
  }
  if (focused) after.focus({ preventScroll: true });
}
