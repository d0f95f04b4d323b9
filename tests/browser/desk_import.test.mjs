/**
 * Many goods from a spreadsheet: the template filled in as an Excel file, a bad line told with its words, the file that
 * Excel in China saves, the same file twice, and what is exported imported again.
 */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { assertAccessible, assertFitsWidth, desk, launch, openPage, phone, signIn } from './browser.mjs';
import { staff } from './staff.mjs';

/** Another for each run, so that the platform of a developer can be used again. */
const run = String(Date.now()).slice(-7);
let browser;
let merchant_id;
before(async () => {
  browser = await launch();
  const merchant = await staff('merchant');
  const { organisation_id } = await merchant('GET', '/v1/auth/me');
  const { items } = await merchant('GET', `/v1/merchants?organisation_id=${organisation_id}`);
  merchant_id = items[0].merchant_id;
});
after(() => browser?.close());

/** A code that GS1 gives to no goods, with its check digit. */
function gtin(number) {
  const digits = `952${run}${String(number).padStart(2, '0')}`;
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 1 : 3), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
const headings = ['商户编号', '产地区划代码', '商品名称', '品类', '一句话介绍', '详细介绍', '贮存条件', '保质期（天）', '产地说明', '退货规则', '采购方式', '商品条码', '规格名称', '净含量（克）', '价格（元）'];
function productLine(number, price) {
  return [String(merchant_id), '530624', `批量笋干${run}-${number}`, '笋制品', '高山春笋', '柴火慢烘', '阴凉干燥处', '365', '云南省昭通市大关县', '七天无理由退货', '帮助销售', gtin(number), '250克袋装', '250', price];
}
const csv = (rows) => `${rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n')}\r\n`;
const file = (name, content) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.isBuffer(content) ? content : Buffer.from(content) });
const handIn = (page, name, content) => page.setInputFiles('[data-test=table]', file(name, content));
async function saved(page, button) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(button)]);
  return { name: download.suggestedFilename(), content: await readFile(await download.path()) };
}

test('a bad line is told with its row, its heading and words; nothing is imported', async () => {
  const { context, page } = await openPage(browser, desk, { expected: [422] });
  await signIn(page, 'merchant', '/products');
  await page.getByRole('link', { name: '批量导入' }).click();
  await page.getByText('一行一个规格').waitFor();
  await assertAccessible(page, 'the page of imports');
  await handIn(page, 'goods.csv', csv([headings, productLine(1, '23.80'), productLine(2, '0'), productLine(3, '9.999')]));
  await page.locator('[data-test=bad-lines]').getByText('2 行不对（共 3 行）').waitFor();
  const told = await page.locator('tbody tr').allInnerTexts();
  assert.equal(told.length, 2);
  assert.match(told[0], /^3\s+价格（元）\s+0\s/);
  assert.match(told[1], /^4\s+价格（元）\s+9\.999\s+写成 19\.80 这样的元/);
  assert.equal(await page.locator('[data-test=import]').count(), 0);
  await assertAccessible(page, 'a refused import');
  await page.goto(`/desk/products?q=${encodeURIComponent(`批量笋干${run}`)}`);
  await page.locator('[data-test=empty]').waitFor();
  await context.close();
});

test('a table is checked, imported once, and found again', async () => {
  const { context, page, complaints } = await openPage(browser, desk);
  await signIn(page, 'merchant', '/imports?kind=products');
  const table = csv([headings, productLine(1, '23.80'), productLine(2, '18')]);
  await handIn(page, 'goods.csv', table);
  await page.locator('[data-test=checked]').getByText('新的 2 行').waitFor();
  await page.click('[data-test=import]');
  await page.locator('[data-test=imported]').getByText('新的 2 行').waitFor();
  await page.getByRole('button', { name: '再导入一个' }).click();
  await handIn(page, 'goods.csv', table);
  await page.getByText('2 行都已经有了').waitFor();
  await page.goto(`/desk/products?q=${encodeURIComponent(`批量笋干${run}-1`)}`);
  await page.getByText('¥23.80').first().waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});

test('what Excel in China saves is read, on a telephone too', async () => {
  const { context, page, complaints } = await openPage(browser, phone);
  await signIn(page, 'merchant', '/imports?kind=products');
  // 商户编号,商品名称 in GB 18030: the words of the refusal show that the headings were understood.
  const gb18030 = Buffer.concat([Buffer.from([0xc9, 0xcc, 0xbb, 0xa7, 0xb1, 0xe0, 0xba, 0xc5, 0x2c, 0xc9, 0xcc, 0xc6, 0xb7, 0xc3, 0xfb, 0xb3, 0xc6]), Buffer.from('\r\n1,x\r\n')]);
  await handIn(page, 'gb.csv', gb18030);
  await page.getByText('第一行的列名和模板对不上').waitFor();
  const told = await page.locator('tbody tr').allInnerTexts();
  assert.ok(told.some((row) => row.includes('品类')), 'a column that is missing is named');
  assert.ok(!told.some((row) => row.includes('商品名称')), 'one that is there is not');
  await assertFitsWidth(page, 'a refused import');
  await handIn(page, 'old.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]));
  await page.getByText('旧的 .xls 格式').waitFor();
  assert.deepEqual(complaints.filter((one) => !one.includes('422')), []);
  await context.close();
});

test('what is exported to Excel is imported again as it is', async () => {
  const { context, page, complaints } = await openPage(browser, desk);
  await signIn(page, 'merchant', '/products');
  await page.locator('tbody tr').first().waitFor();
  for (const form of ['xlsx', 'csv']) {
    await page.goto('/desk/products');
    await page.locator('tbody tr').first().waitFor();
    const exported = await saved(page, `[data-test=export-${form}]`);
    assert.equal(exported.name, `商品.${form}`);
    await page.goto('/desk/imports?kind=products');
    await handIn(page, exported.name, exported.content);
    await page.getByText(/行都已经有了/).waitFor();
  }
  await page.goto('/desk/lots');
  await page.locator('tbody tr').first().waitFor();
  const lots = await saved(page, '[data-test=export-xlsx]');
  await page.goto('/desk/imports?kind=lots');
  await handIn(page, lots.name, lots.content);
  await page.getByText(/行都已经有了/).waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});

test('the templates are to be filled in', async () => {
  const { context, page, complaints } = await openPage(browser, desk, { expected: [422] });
  await signIn(page, 'operator', '/imports?kind=receipts');
  for (const form of ['xlsx', 'csv']) {
    const template = await saved(page, `[data-test=template-${form}]`);
    assert.equal(template.name, `入库-模板.${form}`);
    await handIn(page, template.name, template.content);
    await page.getByText('表里没有内容').waitFor();
  }
  await page.getByRole('radio', { name: '批次' }).check();
  await page.getByText('一行一个批次').waitFor();
  await assertAccessible(page, 'the page of imports of an operator');
  assert.deepEqual(complaints, []);
  await context.close();
});
