/** A set from the desk to the shopper's order: a clerk of the operator makes it, a shopper finds it at a product and buys it. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, assertFitsWidth, base_url, desk, fillReceiver, findProduct, launch, openPage, payInSandbox, phone, signIn } from './browser.mjs';

let browser;
let noodles;
before(async () => {
  browser = await launch();
  noodles = await findProduct('箬竹面');
});
after(() => browser?.close());

const name = `大关竹面三袋装 ${Date.now() % 100_000}`;

test('the desk makes a set, shows how its price is shared, and lists it', async () => {
  const { context, page, complaints } = await openPage(browser, desk);
  await signIn(page, 'operator', '/bundles');
  await page.locator('a[href="/desk/bundles/new"]').first().click();
  await page.waitForURL('**/desk/bundles/new');
  await page.selectOption('#merchant', String(noodles.merchant.merchant_id));
  await page.fill('#name', name);
  await page.fill('#summary', '够一家人吃一周。');
  await page.locator('#sku-0 option').nth(1).waitFor({ state: 'attached' });
  await page.selectOption('#sku-0', String(noodles.skus[0].sku_id));
  await page.fill('#quantity-0', '3');
  await page.fill('#price', '1000000');
  await page.click('[data-test=save]');
  await page.getByText('套装的价格不能高于各件单买的合计').first().waitFor();
  const price_fen = noodles.skus[0].price_fen * 3 - 101;
  await page.fill('#price', (price_fen / 100).toFixed(2));
  await page.locator('[data-test=share]').waitFor();
  await assertAccessible(page, 'the form of a set');
  await page.click('[data-test=save]');
  await page.waitForURL(/\/desk\/bundles\/\d+$/);
  await page.click('[data-test=list]');
  await page.locator('a[href^="/b/"]').waitFor();
  await page.goto('/desk/bundles');
  await page.getByText(name).first().waitFor();
  await assertAccessible(page, 'the list of sets');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a shopper finds the set at a product, reads what is in it, and buys it', async () => {
  const { context, page, complaints } = await openPage(browser, phone);
  await page.goto(`/p/${noodles.product_id}`);
  await page.locator('[data-test=bundles]').getByRole('link', { name }).click();
  await page.locator('[data-test=buy]').waitFor();
  assert.match(await page.locator('[data-test=apart]').innerText(), /单买合计 ¥[\d.,]+，比单买省 ¥1\.01/);
  assert.equal(await page.locator('del').count(), 0, 'nothing is struck through');
  await assertFitsWidth(page, 'the page of a set');
  await assertAccessible(page, 'the page of a set');
  await fillReceiver(page);
  await page.getByRole('button', { name: '提交订单并支付' }).click();
  await payInSandbox(page);
  await page.getByText('已支付').first().waitFor();
  await page.getByRole('link', { name }).waitFor();
  assert.ok((await page.locator('li.within').count()) >= 1, 'the packs stand below their set');
  await assertAccessible(page, 'the order of a set');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('the link of a set says its name to whoever does not run the page, and one that never was is no page', async () => {
  const { context, page } = await openPage(browser, phone);
  await page.goto(`/p/${noodles.product_id}`);
  const address = await page.locator('[data-test=bundles]').getByRole('link', { name }).getAttribute('href');
  await context.close();
  const page_of = async (path) => await fetch(base_url + path, { headers: { Accept: 'text/html' } });
  const html = await (await page_of(address)).text();
  assert.ok(html.includes(`<title>${name} · 山海集</title>`), 'the title');
  assert.ok(html.includes('content="够一家人吃一周。"'), 'the description');
  assert.equal((await page_of('/b/999999999')).status, 404);
});
