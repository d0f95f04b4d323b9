/**
 * An open dialog is a place in the browser's history: Back closes it, and leaves the page under it where it is. The router
 * hears nothing of that; what it does itself waits until the dialogs' places are left.
 */

interface Place {
  key: string;
  address: string;
  close: () => void;
}

const open: Place[] = [];
/** Begins anew with each load, so that no place of before is taken for one of now. */
const load = Date.now().toString(36);
let count = 0;
/** On the way back from a place that was left otherwise. */
let arrived: (() => void) | null = null;
let way_back: Promise<void> = Promise.resolve();

const keyHere = (): unknown => (history.state as { dialog?: unknown } | null)?.dialog;

function popped(event: PopStateEvent): void {
  if (arrived !== null) {
    event.stopImmediatePropagation();
    arrived();
    arrived = null;
    return;
  }
  const left = open.at(-1);
  if (left === undefined || keyHere() === left.key) return;
  open.pop();
  // Several steps at once lead to another page, which is the router's.
  if (location.href === left.address) event.stopImmediatePropagation();
  left.close();
}

/** To be called before there is a router, whose own listener comes after. */
export function listenForBack(): void {
  // A page that was loaded again has no dialog open any more.
  if (keyHere() !== undefined) history.replaceState({ ...(history.state as object), dialog: undefined }, '');
  window.addEventListener('popstate', popped, { capture: true });
}

function leave(): void {
  way_back = new Promise((resolve) => {
    arrived = resolve;
  });
  history.back();
}

/** Enters a place for a dialog that just opened; what it answers leaves it again, and may be called at any time. */
export function enterDialog(close: () => void): () => void {
  count += 1;
  const place: Place = { key: `${load}.${count}`, address: '', close };
  let over = false;
  void way_back.then(() => {
    if (over) return;
    place.address = location.href;
    history.pushState({ ...(history.state as object | null), dialog: place.key }, '');
    open.push(place);
  });
  return () => {
    over = true;
    const at = open.indexOf(place);
    if (at < 0) return;
    open.splice(at, 1);
    if (keyHere() === place.key) leave();
  };
}

/** Before the router goes anywhere: the dialogs' places are left, or Back would lead to them. */
export async function leaveDialogs(): Promise<void> {
  await way_back;
  while (open.length > 0) {
    const { key } = open.pop()!;
    if (keyHere() === key) leave();
    await way_back;
  }
}
