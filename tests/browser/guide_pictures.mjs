/**
 * The pictures of docs/guides, which year.test.mjs takes on its way where SHANHAI_GUIDE_PICTURES names a folder.
 * services/web/tests/guides.test.ts holds the guides against this list; the year's test whether it came by each of them,
 * pictures wanted or not.
 */

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';

export const guide_pictures = [
  'merchant-join', 'merchant-applied', 'merchant-first', 'merchant-product', 'merchant-lot', 'merchant-apply', 'merchant-returned', 'merchant-renew',
  'certifier-batch', 'certifier-due', 'certifier-application', 'certifier-return', 'certifier-objection', 'certifier-certify', 'certifier-edition', 'certifier-suspend',
  'operator-houses', 'operator-verify', 'operator-base', 'operator-receipt', 'operator-check',
];
export const picture_bytes_max = 120 * 1024;

const folder = process.env.SHANHAI_GUIDE_PICTURES;
const passed = new Set();

/** What is seen of the page now, from the top or from where `at` is. */
export async function guidePicture(page, name, at = null) {
  assert.ok(guide_pictures.includes(name), `${name} is in no list`);
  passed.add(name);
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.evaluate(() => document.fonts.ready);
  await page.locator('main img').evaluateAll((all) => Promise.all(all.map((one) => one.decode().catch(() => undefined))));
  await (at ? at.evaluate((one) => one.scrollIntoView({ block: 'start' })) : page.evaluate(() => scrollTo(0, 0)));
  const toasts = page.locator('.toasts'); // What was done before is another picture's.
  await toasts.evaluateAll((all) => all.forEach((one) => one.style.setProperty('display', 'none')));
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 75 });
  await session.detach();
  await toasts.evaluateAll((all) => all.forEach((one) => one.style.removeProperty('display')));
  const picture = Buffer.from(data, 'base64');
  assert.ok(picture.length <= picture_bytes_max, `${name} has ${picture.length} bytes`);
  writeFileSync(`${folder}/${name}.webp`, picture);
}

export function assertAllPassed() {
  assert.deepEqual(guide_pictures.filter((name) => !passed.has(name)), [], 'the year never came by these pictures');
}
