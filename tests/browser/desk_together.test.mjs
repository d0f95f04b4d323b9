/** Two who have the same open: whoever saves second is told, and what both did is kept. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, desk, launch, openPage, signIn } from './browser.mjs';
import { run, toast } from './steps.mjs';

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const save = (page) => page.locator('main form button[type=submit]').last().click();

test('two who enter papers of one lot keep both', async () => {
  const { context, page: first, complaints } = await openPage(browser, desk, { expected: [412] });
  await signIn(first, 'merchant', '/lots/1');
  const second = await context.newPage();
  await second.goto('/desk/lots/1');
  for (const page of [first, second]) await page.locator('#certificate').waitFor();
  await first.fill('#certificate', `HG-${run}`);
  await save(first);
  await toast(first, '编号已更正');
  await second.fill('#report', `JC-${run}`);
  await save(second);
  const settle = second.locator('[data-test=conflict]');
  await settle.locator('[data-test=taken]').getByText('合格证编号').waitFor();
  await assertAccessible(second, 'papers that two entered');
  await settle.getByRole('button', { name: '知道了' }).click();
  await save(second);
  await toast(second, '编号已更正');
  await second.reload();
  await second.locator('#certificate').waitFor();
  assert.equal(await second.inputValue('#certificate'), `HG-${run}`);
  assert.equal(await second.inputValue('#report'), `JC-${run}`);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('two who change one playlist keep both; what is not saved is kept here', async () => {
  const { context, page: first, complaints } = await openPage(browser, desk, { expected: [412] });
  await signIn(first, 'operator', '/placements/1');
  const second = await context.newPage();
  await second.goto('/desk/placements/1');
  for (const page of [first, second]) await page.locator('#seconds-0').waitFor();
  const before_it = await first.locator('fieldset.item').count();
  await first.locator('#add-product').click();
  await first.locator('.el-select-dropdown__item').filter({ visible: true }).last().click();
  await first.locator(`#seconds-${before_it}`).waitFor();
  await first.getByText('草稿已存在本机').waitFor();
  await first.reload();
  await first.getByText('已恢复').waitFor();
  assert.equal(await first.locator('fieldset.item').count(), before_it + 1, 'a reload loses nothing');
  await first.click('[data-test=save]');
  await toast(first, '播放单已保存');
  const seconds = String(20 + (Number(run) % 30));
  await second.fill('#seconds-0', seconds);
  await second.click('[data-test=save]');
  await second.locator('[data-test=conflict]').getByRole('button', { name: '知道了' }).click();
  await second.click('[data-test=save]');
  await toast(second, '播放单已保存');
  await second.reload();
  await second.locator(`#seconds-${before_it}`).waitFor();
  assert.equal(await second.inputValue('#seconds-0'), seconds);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('ticks of the sheet of codes, and what placements are looked for by, stay in the address', async () => {
  const { context, page, complaints } = await openPage(browser, desk);
  await signIn(page, 'operator', '/placements/sheet');
  await page.getByRole('checkbox').nth(1).check();
  await page.waitForURL(/of=\d+/);
  await page.reload();
  await page.getByRole('button', { name: '打印 1 张' }).waitFor();
  assert.ok(await page.getByRole('checkbox').nth(1).isChecked());
  await page.goto('/desk/placements');
  await page.selectOption('#of-channel', 'PACKAGE');
  await page.waitForURL(/channel=PACKAGE/);
  await page.fill('#q', '没有这样的名字');
  await page.press('#q', 'Enter');
  await page.getByText('没有这样的点位').waitFor();
  await assertAccessible(page, 'no placement is found');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('what orders are asked for and cannot be is said, and cleared', async () => {
  const { context, page, complaints } = await openPage(browser, desk, { expected: [422] });
  await signIn(page, 'operator', '/orders?from=2026-05-02&to=2026-05-01');
  await page.getByText('结束日期早于开始日期').waitFor();
  await page.goto('/desk/orders?order_number=SH2026112700000000000');
  await page.getByText('没有这样的订单号').waitFor();
  await page.getByRole('alert').getByRole('link', { name: '清除条件' }).click();
  await page.waitForURL((url) => url.search === '');
  await page.getByRole('alert').waitFor({ state: 'detached' });
  assert.deepEqual(complaints, []);
  await context.close();
});
