/** Promises of the auditor's desk besides the journey. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, desk, findProduct, launch, openPage, sellOne, signInAsAuditor } from './browser.mjs';

let browser;
before(async () => {
  browser = await launch();
  await sellOne(await findProduct('箬竹面'));
});
after(() => browser?.close());

test('a wrong password is refused in words', async () => {
  const { context, page } = await openPage(browser, desk, { expected: [401, 422] });
  await page.goto('/desk/audit');
  await page.fill('#login', 'nobody');
  await page.fill('#password', 'wrong-password');
  await page.click('button[type="submit"]');
  await page.getByText('账号或密码不对').waitFor();
  await assertAccessible(page, 'the sign-in');
  await context.close();
});

test('every level sums to the one above, without accessibility faults', async () => {
  const { context, page, complaints } = await openPage(browser, desk);
  await signInAsAuditor(page);
  for (let depth = 1; depth <= 4; depth += 1) {
    await page.locator('[data-test=sum-equal]').waitFor();
    if (depth === 1) await page.locator('[data-test=ranking] li').first().waitFor();
    await assertAccessible(page, `level ${depth}`);
    await page.locator('table tbody th a').first().click();
    await page.waitForFunction((parts) => location.pathname.split('/').length - 4 === parts, depth);
  }
  await page.locator('[data-test=sum-equal]').waitFor();
  await assertAccessible(page, 'the lines');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('an auditor goes from a county to a lot, an entry and its order, and back, by links alone', async () => {
  const { context, page, complaints } = await openPage(browser, desk);
  await signInAsAuditor(page);
  for (let depth = 1; depth <= 4; depth += 1) {
    await page.locator('[data-test=sum-equal]').waitFor();
    await page.locator('table tbody th a').first().click();
    await page.waitForFunction((parts) => location.pathname.split('/').length - 4 === parts, depth);
  }
  const lot = new URL(page.url()).pathname;
  const index = await page.locator('table tbody tr').first().getAttribute('data-index');
  await page.locator('table tbody th a').first().click();
  await page.locator('[data-test=verdict].good').waitFor();
  assert.match(page.url(), new RegExp(`/entry/${index}$`));
  await page.locator('[data-test=ways] a').getByText('订单 SH').click();
  await page.locator('[data-test=channel]').waitFor();
  assert.match(page.url(), /\/desk\/orders\/SH\d{19}$/);
  await assertAccessible(page, 'the order');
  const entries = page.locator('[data-test=ledger] li');
  await entries.first().waitFor();
  await entries.getByRole('link', { name: `账本第 ${index} 条` }).click();
  await page.locator('[data-test=verdict].good').waitFor();
  await assertAccessible(page, 'the entry');
  await page.locator('[data-test=ways] a').getByText('的全部明细').click();
  await page.locator(`tr[data-index="${index}"]`).waitFor();
  assert.equal(new URL(page.url()).pathname, lot);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('the session survives a reload, and ends when left', async () => {
  const { context, page } = await openPage(browser, desk, { expected: [401] });
  await signInAsAuditor(page);
  await page.reload();
  await page.waitForSelector('#month');
  await page.getByRole('button', { name: '退出' }).click();
  await page.waitForSelector('#password');
  await page.goto('/desk/audit');
  await page.waitForSelector('#password');
  await context.close();
});

test('a month is recomputed from the ledger and agrees', async () => {
  const { context, page, complaints } = await openPage(browser, desk);
  await signInAsAuditor(page);
  await page.getByRole('button', { name: '从账本重算本月' }).click();
  await page.getByText(/重算 \d+ 条记录，与报表完全一致/).waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});
