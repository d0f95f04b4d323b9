import { afterEach, expect, test, vi } from 'vitest';

const block = { '/v1/products?limit=12': { items: [{ product_id: 7 }], next: null }, '/v1/products/7': { product_id: 7 } };

/** The module anew, in a page with this block that arrived so. */
async function arrived(text: string | null, arrival: Partial<PerformanceNavigationTiming> = {}, age_ms = 800) {
  vi.resetModules();
  vi.stubGlobal('document', { getElementById: () => (text === null ? null : { textContent: text }) });
  const entry = { type: 'navigate', transferSize: 15_000, workerStart: 0, ...arrival };
  vi.stubGlobal('performance', { now: () => age_ms, getEntriesByType: () => [entry] });
  return import('../src/shared/first');
}
afterEach(() => vi.unstubAllGlobals());

test('an answer that came with the page is good once', async () => {
  const { takeFirst } = await arrived(JSON.stringify(block));
  expect(takeFirst('/v1/products/8')).toBeNull();
  expect(takeFirst('/v1/products?limit=12&q=x')).toBeNull();
  expect(takeFirst('/v1/products/7')).toEqual({ product_id: 7 });
  expect(takeFirst('/v1/products/7')).toBeNull();
});

test('what the page did not take as it began is gone', async () => {
  const { takeFirst, forgetFirst } = await arrived(JSON.stringify(block));
  expect(takeFirst('/v1/products/7')).not.toBeNull();
  forgetFirst();
  expect(takeFirst('/v1/products?limit=12')).toBeNull();
});

test.each([
  ['a page that was gone back to', { type: 'back_forward' as const }, 800],
  ['a page out of the browser’s memory', { transferSize: 0 }, 800],
  ['a program that came a minute later', {}, 61_000],
])('the services are asked by %s', async (_what, arrival, age_ms) => {
  const { takeFirst } = await arrived(JSON.stringify(block), arrival, age_ms);
  expect(takeFirst('/v1/products/7')).toBeNull();
});

test('a page that is the same as before, or came through the service worker, is as good as new', async () => {
  for (const arrival of [{ transferSize: 300 }, { transferSize: 0, workerStart: 12 }]) {
    const { takeFirst } = await arrived(JSON.stringify(block), arrival);
    expect(takeFirst('/v1/products/7')).not.toBeNull();
  }
});

test('without a block, or with half of one, the services are asked', async () => {
  for (const text of [null, '', '{"/v1/products/7": {', 'null']) {
    const { takeFirst } = await arrived(text);
    expect(takeFirst('/v1/products/7')).toBeNull();
  }
});
