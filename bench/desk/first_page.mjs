/** What the first page of shop and desk costs over the wire, compressed and without a cache, on a telephone. */

import { launch, meterTransfer, openPage, phone, signIn } from '../../tests/browser/browser.mjs';

const first_pages = [
  ['shop', null, '/'],
  ['desk, sign-in', null, '/desk/login'],
  ...['certifier', 'merchant', 'operator', 'auditor'].map((login) => [`desk, ${login}`, login, '/desk/']),
];
const patience_ms = 120_000;
const kilobytes = (bytes) => (bytes / 1024).toFixed(0).padStart(6);

const browser = await launch();
console.log(`${'first page'.padEnd(20)} KB page KB data   (bar: 250 KB)`);
for (const [name, login, address] of first_pages) {
  const { context, page } = await openPage(browser, phone);
  if (login) await signIn(page, login);
  const bytes = await meterTransfer(context, page);
  await page.goto(address, { waitUntil: 'networkidle', timeout: patience_ms });
  const { Fetch = 0, XHR = 0, ...kinds } = bytes();
  const page_bytes = Object.values(kinds).reduce((sum, one) => sum + one, 0);
  console.log(`${name.padEnd(20)} ${kilobytes(page_bytes)} ${kilobytes(Fetch + XHR)}`);
  await context.close();
}
await browser.close();
