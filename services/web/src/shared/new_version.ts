/**
 * A tab that was open while a new version was deployed asks for files that are gone. It loads the page again,
 * once: what the shopper typed is kept for the tab. A second failure within a minute is not the version's fault.
 */

import type { Router } from 'vue-router';
import { of_tab } from './kept';

const reloaded_key = 'shanhai.reloaded-at';
const wanted_key = 'shanhai.wanted';
const again_after_ms = 60_000;

/** Whether to load the page again; remembers that it was. */
export function mayReload(now: number): boolean {
  const before = Number(of_tab.read(reloaded_key) ?? 0);
  if (now - before < again_after_ms) return false;
  of_tab.write(reloaded_key, String(now));
  return of_tab.read(reloaded_key) === String(now); // A tab that keeps nothing might reload for ever.
}

/** Where the page that could not be fetched was to lead: it is gone to once the new version is there. */
function goOn(router: Router): void {
  const wanted = of_tab.read(wanted_key);
  of_tab.write(wanted_key, null);
  if (wanted !== null) void router.isReady().then(() => router.push(wanted));
}

export function reloadForNewVersion(router: Router): void {
  let wanted = '';
  router.beforeEach((to) => {
    wanted = to.fullPath;
  });
  window.addEventListener('vite:preloadError', (event) => {
    if (!navigator.onLine || !mayReload(Date.now())) return;
    event.preventDefault();
    of_tab.write(wanted_key, wanted);
    location.reload();
  });
  goOn(router);
}
