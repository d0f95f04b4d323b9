/**
 * Keeps the shop's empty pages and their files, so that a reload in a tunnel still opens the page, and with it what
 * was typed. The network always comes first for pages. Each is kept under its own address, for what stands in one is
 * not true of another, and without what the server said of its goods; of orders nothing is kept, nor any answer of the
 * services.
 */
const shelf = 'shanhai-shell-2';
const files_max = 60;
const is_page = (path) => path === '/' || path === '/orders' || path === '/code-unknown' || /^\/notices(\/\d+)?$/.test(path) || /^\/[pbo]\/[^/]+$/.test(path);

const is_kept = (path) => is_page(path) && path !== '/orders' && !path.startsWith('/o/');

self.addEventListener('install', () => self.skipWaiting());
async function clearOldShelves() {
  const old = (await caches.keys()).filter((name) => name.startsWith('shanhai-shell-') && name !== shelf);
  await Promise.all(old.map((name) => caches.delete(name)));
}
self.addEventListener('activate', (event) => event.waitUntil(clearOldShelves().then(() => self.clients.claim())));

async function keep(key, response) {
  const cache = await caches.open(shelf);
  await cache.put(key, response);
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - files_max)).map((old) => cache.delete(old)));
}

/** The page without what the server said of these goods: it would be shown long after. */
async function emptied(response) {
  const html = await response.text();
  const shell = html
    .replace(/<!--first-->.*<!--\/first-->/s, '<!--first--><div class="page" role="status"><p class="first-name">山海集</p></div><!--/first-->')
    .replace(/<script type="application\/json" id="first">[^<]*<\/script>/, '');
  return new Response(shell, { headers: { 'Content-Type': 'text/html; charset=utf-8', ...policyOf(response) } });
}
/** Pages that are kept may do no more than others. */
function policyOf(response) {
  const names = ['Content-Security-Policy', 'Referrer-Policy'];
  return Object.fromEntries(names.map((name) => [name, response.headers.get(name)]).filter(([, value]) => value !== null));
}
const keepPage = async (path, response) => keep(path, await emptied(response));

async function page(event, path) {
  try {
    const response = await fetch(event.request);
    // Beside the answer: the page is shown while it comes.
    if (response.ok && is_kept(path)) event.waitUntil(keepPage(path, response.clone()));
    return response;
  } catch (error) {
    const kept = (await caches.match(path)) ?? (await caches.match('/'));
    if (kept) return kept;
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
  if (request.mode === 'navigate' && is_page(url.pathname)) event.respondWith(page(event, url.pathname));
  else if (url.pathname.startsWith('/assets/') || url.pathname === '/icon.svg') event.respondWith(file(request));
});

// The first visit's files came before this was here.
async function fetchAndKeep(path) {
  const response = await fetch(path);
  if (response.ok) await (is_kept(path) ? keepPage(path, response) : keep(path, response));
}
self.addEventListener('message', (event) => {
  const paths = Array.isArray(event.data?.keep) ? event.data.keep.filter((path) => typeof path === 'string') : [];
  const ours = paths.filter((path) => is_kept(path) || path === '/icon.svg' || path.startsWith('/assets/')).slice(0, files_max);
  event.waitUntil(Promise.all(ours.map((path) => fetchAndKeep(path).catch(() => undefined))));
});
