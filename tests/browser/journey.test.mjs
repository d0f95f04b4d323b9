/**
 * From the code on a metro screen to the verified ledger entry: what the platform is for, in one browser.
 *
 *   SHANHAI_TEST_URL               where it runs (http://127.0.0.1:8080)
 *   SHANHAI_TEST_CODE_PNG          the placement's code as a PNG file
 *   SHANHAI_TEST_AUDITOR_LOGIN     and _PASSWORD: an account with the role auditor
 *   SHANHAI_TEST_BROWSER           another Chromium than Debian's
 */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { assertAccessible, base_url, desk, fillReceiver, launch, openPage, payInSandbox, phone, signInAsAuditor } from './browser.mjs';
import { openForm } from './sheet.mjs';

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

function codeOnTheScreen() {
  const file = process.env.SHANHAI_TEST_CODE_PNG;
  assert.ok(file, 'SHANHAI_TEST_CODE_PNG is needed');
  const content = new URL(execFileSync('zbarimg', ['-q', '--raw', file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim());
  assert.match(content.pathname, /^\/s\/[0-9A-Za-z_-]{1,32}$/);
  // The code is printed with the public name; the test comes from the same machine.
  return new URL(content.pathname, base_url).href;
}

async function orderTwoAsGuest() {
  const { context, page, complaints } = await openPage(browser, phone);
  await page.goto(codeOnTheScreen());
  await page.waitForURL(/\/p\/\d+\?a=/);
  await page.getByRole('heading', { level: 1, name: /箬竹面/ }).waitFor();
  await page.getByRole('heading', { name: '产地卡' }).waitFor();
  await page.getByText('认证有效').first().waitFor();
  await openForm(page);
  assert.equal(await page.locator('input[type=checkbox]:checked').count(), 0, 'nothing is ticked in advance');
  await page.getByRole('button', { name: '增加一件' }).click();
  assert.equal(await page.inputValue('#quantity'), '2');
  await fillReceiver(page);
  await page.getByRole('button', { name: '提交订单并支付' }).click();
  await payInSandbox(page);
  await page.getByText('已支付', { exact: true }).waitFor();
  const order_number = decodeURIComponent(new URL(page.url()).pathname.split('/')[2]);
  assert.match(await page.locator('main').innerText(), new RegExp(order_number));
  assert.match(await page.locator('main').innerText(), /× 2/);
  assert.match(await page.locator('main').innerText(), /批次/);
  assert.deepEqual(complaints, []);
  await context.close();
  return order_number;
}

/** Sales reach the ledger through events: the page is loaded again until it shows what is looked for. */
async function appears(page, selector, name) {
  const found = name === undefined ? page.locator(selector) : page.locator(selector).filter({ hasText: name });
  for (let attempt = 0; attempt < 40; attempt += 1) {
    await page.locator('table tbody tr, [data-test=empty]').first().waitFor();
    if ((await found.count()) > 0) return found.first();
    await page.reload();
  }
  throw new Error(`${selector} ${name ?? ''} did not appear`);
}

/** Where the order is in the ledger, which itself holds no order numbers: the audit tells it to staff. */
async function entryOf(order_number) {
  const { SHANHAI_TEST_AUDITOR_LOGIN: login, SHANHAI_TEST_AUDITOR_PASSWORD: password } = process.env;
  const signed_in = await fetch(`${base_url}/v1/auth/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ login, password }),
  });
  const { access_token } = await signed_in.json();
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const answer = await fetch(`${base_url}/v1/audit/orders/${order_number}/entries`, {
      headers: { Authorization: `Bearer ${access_token}` },
    });
    if (answer.ok) return (await answer.json()).items[0];
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`the order ${order_number} did not reach the ledger`);
}

/** The lot of a product that the order took from: a product may have several. */
async function findLine(page, index) {
  const row = `tr[data-index="${index}"]`;
  await appears(page, 'table tbody th a');
  const lots = await page.locator('table tbody th a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  for (const lot of lots) {
    await page.goto(lot);
    await page.locator('tr[data-index]').first().waitFor();
    if ((await page.locator(row).count()) > 0) return page.locator(row).first();
  }
  return null;
}

test('a shopper buys two, and the auditor proves it', async () => {
  const order_number = await orderTwoAsGuest();
  const entry = await entryOf(order_number);
  assert.ok(!entry.entry.includes(order_number), 'the ledger holds no order number');

  const { context, page, complaints } = await openPage(browser, desk);
  await signInAsAuditor(page);
  await page.selectOption('#channel', 'METRO_QR');
  await page.waitForURL(/channel=METRO_QR/);
  for (const [name, parts] of [['大关县', 2], [undefined, 3], ['箬竹面', 4]]) {
    const link = await appears(page, 'table tbody th a', name);
    await page.locator('[data-test=sum-equal]').waitFor();
    await link.click();
    await page.waitForFunction((wanted) => location.pathname.split('/').length - 3 === wanted, parts);
  }
  const product = page.url();
  let row = null;
  for (let attempt = 0; row === null && attempt < 20; attempt += 1) {
    await page.goto(product);
    row = await findLine(page, entry.index);
  }
  assert.ok(row, `the order ${order_number} did not reach the ledger`);
  await page.locator('[data-test=sum-equal]').waitFor();
  await row.getByRole('link').click();
  const verdict = page.locator('[data-test=verdict]');
  await verdict.waitFor();
  assert.match(await verdict.innerText(), /验证通过/);
  assert.equal(await page.locator('[data-fact=order]').innerText(), entry.fields.order);
  assert.equal(await page.locator('[data-fact=channel]').innerText(), '地铁扫码');
  await assertAccessible(page, 'the entry');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('the proof fails in the browser when the server answers one changed fen', async () => {
  const { context, page } = await openPage(browser, desk);
  await signInAsAuditor(page);
  await page.route('**/v1/audit/entries/0', async (route) => {
    const response = await route.fetch();
    const body = await response.json();
    body.entry = body.entry.replace(/"total_fen":(\d+)/, (_, fen) => `"total_fen":${Number(fen) + 1}`);
    await route.fulfill({ response, json: body });
  });
  await page.goto('/desk/audit/entry/0');
  const verdict = page.locator('[data-test=verdict]');
  await verdict.waitFor();
  assert.match(await verdict.innerText(), /验证未通过：根哈希/);
  await context.close();
});
