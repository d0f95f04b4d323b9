/**
 * Keeps the shop's empty pages and their files, so that a reload in a tunnel still opens the page, and with it
 * what was typed. The network always comes first for pages; answers of the services are never kept.
 */
const shelf = 'shanhai-shell-1';
const files_max = 60;
const is_page = (path) => path === '/' || path === '/orders' || path === '/code-unknown' || /^\/notices(\/\d+)?$/.test(path) || /^\/[pbo]\/[^/]+$/.test(path);

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

async function keep(key, response) {
  const cache = await caches.open(shelf);
  await cache.put(key, response);
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - files_max)).map((old) => cache.delete(old)));
}

async function page(request) {
  try {
    const response = await fetch(request);
    if (response.ok) await keep('/', response.clone());
    return response;
  } catch (error) {
    const shell = await caches.match('/');
    if (shell) return shell;
    throw error;
  }
}

async function file(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await keep(request, response.clone());
  return response;
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate' && is_page(url.pathname)) event.respondWith(page(request));
  else if (url.pathname.startsWith('/assets/') || url.pathname === '/icon.svg') event.respondWith(file(request));
});

// The first visit's files came before this was here.
self.addEventListener('message', (event) => {
  const paths = Array.isArray(event.data?.keep) ? event.data.keep.filter((path) => typeof path === 'string') : [];
  const ours = paths.filter((path) => path === '/' || path === '/icon.svg' || path.startsWith('/assets/')).slice(0, files_max);
  event.waitUntil(Promise.all(ours.map((path) => fetch(path).then((one) => (one.ok ? keep(path, one) : undefined), () => undefined))));
});
