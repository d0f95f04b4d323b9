/** Lets the pages open without a network after the first visit (public/sw.js). Waits until the page is idle. */

const after_load_ms = 3_000;

async function register(): Promise<void> {
  await navigator.serviceWorker.register('/sw.js');
  const { active } = await navigator.serviceWorker.ready;
  const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname);
  active?.postMessage({ keep: [...new Set(['/', location.pathname, ...loaded])] });
}

export function openWithoutNetwork(): void {
  if (!('serviceWorker' in navigator)) return; // Not over plain HTTP, nor in some apps' browsers.
  window.addEventListener('load', () => {
    setTimeout(() => void register().catch(() => undefined), after_load_ms);
  });
}
