/** The API's description at /docs/: complete, readable, and its examples can be sent. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, assertFitsWidth, base_url, desk, launch, openPage, phone } from './browser.mjs';

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

async function openDocs(device, options) {
  const opened = await openPage(browser, device, options);
  await opened.page.goto('/docs/');
  await opened.page.locator('.operation').first().waitFor();
  return opened;
}

test('every operation of the description is on the page', async () => {
  const { context, page, complaints } = await openDocs(desk);
  const description = await (await fetch(`${base_url}/docs/openapi.json`)).json();
  const methods = Object.values(description.paths).flatMap((item) => Object.keys(item).filter((key) => key !== 'parameters'));
  assert.equal(await page.locator('.operation').count(), methods.length);
  await assertAccessible(page, 'the list of operations');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('an operation is found, opened and tried', async () => {
  const { context, page, complaints } = await openDocs(desk);
  await page.fill('#filter', 'jwks');
  assert.equal(await page.locator('.operation:visible').count(), 1);
  await page.locator('#getKeySet > summary').click();
  await page.locator('#getKeySet').getByRole('button', { name: 'Send' }).click();
  await page.locator('#getKeySet pre', { hasText: 'ES256' }).first().waitFor();
  await assertAccessible(page, 'an open operation');
  assert.deepEqual(complaints, []);
  await context.close();
});

/** How many are open at once when they are examined: of all together every rule looks at every other's nodes. */
const examined = 12;

test('every operation can be opened, also on a telephone', async () => {
  const { context, page, complaints } = await openDocs(phone);
  const operations = page.locator('.operation');
  const count = await operations.count();
  const toggle = (from, to) => operations.evaluateAll((all, [first, last]) => all.slice(first, last).forEach((one) => one.querySelector('summary').click()), [from, to]);
  await toggle(0, count);
  await page.waitForFunction((n) => document.querySelectorAll('.operation form.try').length === n, count);
  await assertFitsWidth(page, 'the whole description');
  await toggle(examined, count);
  await page.waitForFunction((n) => document.querySelectorAll('.operation[open]').length === n, Math.min(examined, count));
  await assertAccessible(page, 'open operations');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a wrong password is answered in words', async () => {
  const { context, page } = await openDocs(desk, { expected: [401, 429] });
  await page.fill('#login', 'nobody');
  await page.fill('#password', 'not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('#who', { hasText: 'Not signed in' }).waitFor();
  await context.close();
});
