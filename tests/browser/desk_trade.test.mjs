/**
 * What is sold, as those see it who sold it: the operator finds an order by its number and by a telephone, a clerk
 * reads of the own goods alone and of the own sales, and a lower price is compared with what was really paid.
 */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { assertAccessible, assertFitsWidth, base_url, desk, findProduct, launch, openPage, phone, receiver, sellOne, signIn } from './browser.mjs';
import { staff } from './staff.mjs';

let browser;
let noodles;
let order_number;
before(async () => {
  browser = await launch();
  noodles = await findProduct('箬竹面');
  order_number = await sellOne(noodles);
});
after(() => browser?.close());

const toast = (page, text) => page.locator('.toasts').getByText(text).first().waitFor();
const rows = (page) => page.locator('tr[data-row]');

test('an operator finds an order by its number and by a telephone that stands nowhere', async () => {
  const { context, page, complaints } = await openPage(browser, desk, { expected: [422] });
  await signIn(page, 'operator', '/orders');
  await rows(page).first().waitFor();
  await page.fill('#order-number', 'SH2026');
  await page.getByRole('button', { name: '查询' }).click();
  await page.getByText('至少输到第 14 位').waitFor();
  await page.fill('#order-number', order_number.slice(0, 17));
  await page.getByRole('button', { name: '查询' }).click();
  await page.waitForURL(`**/orders?order_number=${order_number.slice(0, 17)}`);
  await rows(page).filter({ hasText: order_number }).waitFor();
  assert.equal(await rows(page).count(), 1);

  await page.click('[data-test=clear]');
  await page.fill('#receiver-phone', '123');
  await page.getByRole('button', { name: '查询' }).click();
  await page.getByText('这不是大陆的手机号或座机号').waitFor();
  await page.fill('#receiver-phone', receiver.phone);
  await page.getByRole('button', { name: '查询' }).click();
  await page.locator('[data-test=by-phone]').waitFor();
  await rows(page).filter({ hasText: order_number }).waitFor();
  assert.ok(!page.url().includes(receiver.phone), 'the telephone stands in the address');
  await page.reload();
  await rows(page).filter({ hasText: order_number }).waitFor();

  const text = await rows(page).filter({ hasText: order_number }).innerText();
  assert.match(text, /李\*/);
  assert.match(text, /138\*{6}00/);
  for (const shown of [receiver.name, receiver.phone, '201']) assert.ok(!text.includes(shown), `${shown} is not masked`);
  await assertAccessible(page, 'orders');
  await rows(page).filter({ hasText: order_number }).getByRole('link', { name: order_number }).click();
  await page.locator('h1 [data-test=state]').getByText('已支付').waitFor();
  await assertAccessible(page, 'an order');
  await assertFitsWidth(page, 'an order');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('an operator cancels an order that nobody paid, and says why', async () => {
  const [sku] = noodles.skus;
  const placed = await fetch(`${base_url}/v1/orders`, {
    method: 'POST', headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },
    body: JSON.stringify({ lines: [{ sku_id: sku.sku_id, quantity: 1, price_version: sku.price_version }], receiver: { ...receiver, phone: '13700137000' } }),
  });
  const unpaid = (await placed.json()).order_number;
  const { context, page } = await openPage(browser, phone);
  await signIn(page, 'operator', '/orders?state=CREATED');
  await page.getByRole('link', { name: unpaid }).click();
  await page.click('[data-test=cancel]');
  await page.getByRole('button', { name: '买家来电要求取消' }).click();
  await page.locator('dialog [data-test=confirm]').click();
  await toast(page, '已取消');
  await page.locator('h1 [data-test=state]').getByText('已取消').waitFor();
  await page.getByText(/买家来电要求取消/).waitFor();
  await assertFitsWidth(page, 'a cancelled order');
  await context.close();
});

test('a clerk sees the orders of the own goods on a telephone, by day and by night', async () => {
  const { context, page, complaints } = await openPage(browser, { ...phone, colorScheme: 'dark' });
  await signIn(page, 'merchant', '/orders');
  const own = rows(page).filter({ hasText: order_number });
  await own.waitFor();
  assert.match(await own.innerText(), /138\*{6}00/);
  assert.equal(await own.getByRole('link').count(), 0, 'the whole order is not theirs');
  assert.equal(await page.locator('#receiver-phone').count(), 0);
  await assertAccessible(page, 'own orders by night');
  await assertFitsWidth(page, 'own orders');
  await page.fill('#order-to', '2020-01-01');
  await page.locator('#order-to').dispatchEvent('change');
  await page.locator('[data-test=empty]').getByText('没有符合条件的订单').waitFor();
  await page.locator('[data-test=empty]').getByRole('button', { name: '清除条件' }).click();
  await own.waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a clerk reads the own sales, which are the auditor’s, and takes them along as a table', async () => {
  const { context, page, complaints } = await openPage(browser, desk);
  await signIn(page, 'merchant', '/sales');
  await page.locator('.chart svg').waitFor();
  const shown = await page.locator('[data-test=net]').innerText();
  const auditor = await staff('auditor');
  const told = await auditor('GET', `/v1/sales?merchant_id=${noodles.merchant.merchant_id}`);
  assert.equal(shown.replace(/[¥,.]/g, ''), String(told.totals.net_fen));
  assert.ok(told.totals.net_fen > 0);
  await page.getByRole('rowheader', { name: /箬竹面/ }).waitFor();
  const download = page.waitForEvent('download');
  await page.click('[data-test=csv]');
  const table = readFileSync(await (await download).path(), 'utf8');
  assert.ok(table.startsWith('\ufeff"日期","渠道"'), table.slice(0, 40));
  assert.match(table, /箬竹面/);
  await assertAccessible(page, 'sales');
  await page.getByRole('button', { name: '近 7 天' }).click();
  await page.waitForURL(/from=\d{4}-\d{2}-\d{2}/);
  await page.locator('.chart svg').waitFor();
  await page.setViewportSize(phone.viewport);
  await assertFitsWidth(page, 'sales on a telephone');
  await page.goto('/desk/sales?from=2020-01-01&to=2020-01-31');
  await page.locator('[data-test=empty]').getByText('这些天没有卖出').waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a lower price is compared with the lowest that was paid, in the desk before and in the shop after', async () => {
  const [sku] = noodles.skus;
  const lower = sku.price_fen - 100;
  const yuan = (fen) => (fen / 100).toFixed(2);
  const { context, page, complaints } = await openPage(browser, desk);
  await signIn(page, 'merchant', `/products/${noodles.product_id}`);
  await page.locator('[data-test=lowest]').first().getByText(`近 7 天最低成交价 ¥${yuan(sku.price_fen)}`).waitFor();
  await page.locator('[data-test=skus]').getByRole('button', { name: /改价/ }).first().click();
  await page.fill('#new-price', yuan(sku.price_fen + 100));
  await page.locator('[data-test=comparison]').getByText('不显示划线价').waitFor();
  await page.fill('#new-price', yuan(lower));
  await page.locator('[data-test=comparison]').getByText(`会把 ¥${yuan(sku.price_fen)}`).waitFor();
  await assertAccessible(page, 'a new price');
  await page.locator('dialog button[type=submit]').click();
  await toast(page, '改');

  const shop = await openPage(browser, phone);
  const compared = shop.page.locator('.money del', { hasText: yuan(sku.price_fen) });
  // The shop's answers are kept for a minute, and the fact of the new price travels: what is asked anew shows both.
  const deadline = Date.now() + 20_000;
  for (;;) {
    const told = await (await fetch(`${base_url}/v1/prices/lowest?sku_ids=${sku.sku_id}`)).json();
    if (told.items[0].price_fen === lower) break;
    assert.ok(Date.now() < deadline, 'the new price did not reach the orders');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await shop.page.goto(`/p/${noodles.product_id}`);
  await compared.waitFor();
  await shop.page.getByText('降价前 7 天内').waitFor();
  await assertAccessible(shop.page, 'a product with a price struck through');
  await assertFitsWidth(shop.page, 'a product with a price struck through');
  await shop.page.goto('/?q=箬竹面');
  await shop.page.locator('.product del', { hasText: yuan(sku.price_fen) }).first().waitFor();
  const merchant = await staff('merchant');
  await merchant('POST', `/v1/skus/${sku.sku_id}/prices`, { price_fen: sku.price_fen });
  assert.deepEqual([...complaints, ...shop.complaints], []);
  await shop.context.close();
  await context.close();
});
