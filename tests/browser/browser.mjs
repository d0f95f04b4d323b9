/** One Chromium for all tests, a telephone and a desk in it, and what every test asks of a page. */

import axe from 'axe-core';
import assert from 'node:assert/strict';
import { webcrypto as crypto } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { goBy } from './clock.mjs';
import { openForm } from './sheet.mjs';

const executables = [process.env.SHANHAI_TEST_BROWSER, '/usr/bin/chromium', '/usr/bin/google-chrome'];

export const base_url = (process.env.SHANHAI_TEST_URL ?? 'http://127.0.0.1:8080').replace(/\/$/, '');

export async function launch() {
  const executablePath = executables.find((path) => path && existsSync(path));
  assert.ok(executablePath, 'no Chromium here; set SHANHAI_TEST_BROWSER');
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

const common = { locale: 'zh-CN', timezoneId: 'Asia/Shanghai', baseURL: base_url, reducedMotion: 'reduce' };
export const phone = { ...common, viewport: { width: 390, height: 844 }, deviceScaleFactor: 1, isMobile: true, hasTouch: true };
export const small_phone = { ...phone, viewport: { width: 360, height: 640 } };
export const desk = { ...common, viewport: { width: 1280, height: 900 }, deviceScaleFactor: 1 };

/** Opens a page that remembers everything it complains about; `expected` are status codes that a test provokes. */
export async function openPage(browser, device, { expected = [] } = {}) {
  const context = await browser.newContext(device);
  await goBy(context);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    if (expected.some((status) => message.text().includes(`status of ${status}`))) return;
    complaints.push(`${message.text()} (${message.location().url})`);
  });
  return { context, page, complaints };
}

/** WCAG 2.1 A and AA, as far as a machine can tell. */
export async function assertAccessible(page, what) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }),
  );
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
  assert.deepEqual(found, [], `${what} has accessibility faults`);
}

/** Nothing sticks out to the right: no sideways scrolling on a phone. */
export async function assertFitsWidth(page, what) {
  const [wide, window_width] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(wide <= window_width, `${what} is ${wide} px wide in a window of ${window_width}`);
}

/** Counts what comes over the wire, compressed; by resource type. `network` is what Chromium pretends to be on. */
export async function meterTransfer(context, page, network = null) {
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  if (network) await session.send('Network.emulateNetworkConditions', network);
  const kinds = new Map();
  const bytes = {};
  session.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? 'Other';
    bytes[kind] = (bytes[kind] ?? 0) + encodedDataLength;
  });
  return () => bytes;
}

/** The first listed product, as the page sees it, whose name contains `part`. */
export async function findProduct(part) {
  const response = await fetch(`${base_url}/v1/products?q=${encodeURIComponent(part)}`);
  assert.equal(response.status, 200);
  const product = (await response.json()).items.find((one) => one.saleable && one.name.includes(part));
  assert.ok(product, `no saleable product is called ${part}`);
  return product;
}

async function call(path, body, headers = {}) {
  const response = await fetch(`${base_url}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  assert.ok(response.ok, `POST ${path} answered ${response.status}`);
  return response.json();
}

/** Sells one without a browser, and returns its order number when the ledger has it. */
export async function sellOne(product) {
  const [sku] = product.skus;
  const line = { sku_id: sku.sku_id, quantity: 1, price_version: sku.price_version };
  const order = await call('/v1/orders', { lines: [line], receiver }, { 'Idempotency-Key': crypto.randomUUID() });
  const token = { 'Order-Access-Token': order.access_token };
  const attempt = await call(`/v1/orders/${order.order_number}/payments`, { provider: 'sandbox' }, token);
  const size = await ledgerSize();
  const decision = new URLSearchParams({ decision: 'pay' });
  await fetch(new URL(attempt.pay_url, base_url), { method: 'POST', body: decision.toString(), redirect: 'manual' });
  const deadline = Date.now() + 20_000;
  while ((await ledgerSize()) <= size) {
    assert.ok(Date.now() < deadline, 'the sale did not reach the ledger');
    await pause(20);
  }
  return order.order_number;
}

async function ledgerSize() {
  const checkpoint = await (await fetch(`${base_url}/log/checkpoint`)).text();
  return Number(checkpoint.split('\n')[1] ?? 0);
}

export const receiver = { name: '李小山', phone: '13800138000', address: '上海市闵行区莘庄镇沪闵路 6258 号 3 号楼 201 室' };

export async function fillReceiver(page, over = {}) {
  const values = { ...receiver, ...over };
  await openForm(page);
  await page.fill('#name', values.name);
  await page.fill('#phone', values.phone);
  await page.fill('#address', values.address);
}

/** On the sandbox's own page: pay, and come back to the order. */
export async function payInSandbox(page) {
  await page.waitForURL('**/sandbox/pay/**');
  await page.locator('button[value="pay"], input[value="pay"]').first().click();
  await page.waitForURL('**/o/**');
}

/** The sample accounts share one password; the administrator has a secret of the platform's own. */
export function passwordOf(login) {
  const { SHANHAI_TEST_AUDITOR_PASSWORD: shared, SHANHAI_TEST_VAR: folder } = process.env;
  const password = login === 'admin' && folder ? readFileSync(`${folder}/secrets/admin_password`, 'utf8').trim() : shared;
  assert.ok(password, 'SHANHAI_TEST_AUDITOR_PASSWORD is needed');
  return password;
}

export async function signIn(page, login, to = '/', password = passwordOf(login)) {
  await page.goto(`/desk/login?to=${encodeURIComponent(to)}`);
  await page.fill('#login', login);
  await page.fill('#password', password);
  await page.click('button[type="submit"]');
  await page.locator('[data-test=person]').first().waitFor({ state: 'attached' });
}

export async function signInAsAuditor(page) {
  const { SHANHAI_TEST_AUDITOR_LOGIN: login, SHANHAI_TEST_AUDITOR_PASSWORD: password } = process.env;
  assert.ok(login && password, 'SHANHAI_TEST_AUDITOR_LOGIN and SHANHAI_TEST_AUDITOR_PASSWORD are needed');
  await page.goto('/desk/audit');
  await page.fill('#login', login);
  await page.fill('#password', password);
  await page.click('button[type="submit"]');
  await page.waitForSelector('#month');
}
