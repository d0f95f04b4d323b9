/** Whether something is sold just now, asked without a browser: by an order for one pack, of another person each time. */

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { base_url, receiver } from './browser.mjs';

/** The code of the refusal; null when it is sold. */
export async function order(product_id) {
  const shown = await (await fetch(`${base_url}/v1/products/${product_id}`)).json();
  const line = { sku_id: shown.skus[0].sku_id, quantity: 1, price_version: shown.skus[0].price_version };
  const somebody = { ...receiver, phone: `139${String(Math.random()).slice(2, 10)}`, address: `${receiver.address} ${randomUUID()}` };
  const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() };
  const answer = await fetch(`${base_url}/v1/orders`, { method: 'POST', headers, body: JSON.stringify({ lines: [line], receiver: somebody }) });
  return answer.ok ? null : (await answer.json()).code;
}

/** How many milliseconds it took to become true. */
export async function eventually(condition, limit_ms, what) {
  const began = performance.now();
  while (!(await condition())) {
    assert.ok(performance.now() - began < limit_ms, `${what}: not within ${limit_ms} ms`);
    await pause(10);
  }
  return Math.round(performance.now() - began);
}

export const refused = (product_id, code, limit_ms) => eventually(async () => (await order(product_id)) === code, limit_ms, `refused as ${code}`);
export const sold = (product_id) => refused(product_id, null, 10_000);
