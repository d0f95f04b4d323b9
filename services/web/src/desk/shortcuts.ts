/** Keys that save the way to the mouse. They rest while somebody types or a window is open. */

import { onBeforeUnmount, onMounted } from 'vue';

function isBusy(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return true;
  if (document.querySelector('dialog[open]:not(.beside-window)')) return true;
  const element = event.target instanceof HTMLElement ? event.target : null;
  return element !== null && (element.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(element.tagName));
}

/** While the component is there; a key that does nothing answers false. */
export function useShortcuts(keys: Record<string, () => boolean | void>): void {
  const pressed = (event: KeyboardEvent): void => {
    if (isBusy(event)) return;
    if (keys[event.key] && keys[event.key]!() !== false) event.preventDefault();
  };
  onMounted(() => window.addEventListener('keydown', pressed));
  onBeforeUnmount(() => window.removeEventListener('keydown', pressed));
}
