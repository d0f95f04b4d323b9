/**
 * Work at the desk, and what may go wrong with it: a district makes a scheme and opens its batch, a clerk lists a product on
 * a telephone over a lost network and applies, the office returns, reviews and publishes, two change the same. Then what
 * every page of the desk promises: no accessibility faults, no sideways scrolling. What goes well, year.test.mjs plays.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, assertFitsWidth, base_url, desk, launch, openPage, phone, signIn, small_phone } from './browser.mjs';
import { action, chooseBatch, confirm, fillProduct, gtin, run, take, toast } from './steps.mjs';

const scheme = { code: `T${run}_YOUPIN`, name: `试验优品${run}` };
const product = { name: `试验笋干${run}`, sku: '250克袋装', price: '23.80' };

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

test('a district makes a scheme and opens its batch', async () => {
  const { context, page, complaints } = await openPage(browser, desk);
  await signIn(page, 'certifier', '/schemes/new');
  await page.fill('#code', scheme.code);
  await page.fill('#name', scheme.name);
  await page.fill('#notice', '3');
  await page.selectOption('#recommendations', '0');
  await page.getByRole('checkbox', { name: '检测报告' }).check();
  await page.fill('#months', '12');
  await assertAccessible(page, 'a new scheme');
  await page.click('[data-test=save]');
  await toast(page, '办法已建好');
  await page.click('[data-test=open-batch]');
  await toast(page, '年度申报已开');
  await page.locator('[data-test=batch]').waitFor();
  await page.click('[data-test=open-batch]');
  await page.getByText('这个办法这一年的申报已经开过了').waitFor();
  assert.deepEqual(complaints.filter((one) => !one.includes('409')), []);
  await context.close();
});

test('a clerk lists a product on a telephone: a reload and a lost network lose nothing', async () => {
  const { context, page } = await openPage(browser, phone, { expected: [409, 412] });
  await signIn(page, 'merchant', '/products/new');
  await fillProduct(page, product);
  await page.getByText('草稿已存在本机').waitFor();
  await page.reload();
  await page.getByText('已恢复').waitFor();
  assert.equal(await page.inputValue('#name'), product.name);
  await assertFitsWidth(page, 'the form of a product');

  await page.click('[data-test=save]');
  await page.getByText('有 1 处需要修改').waitFor();
  await page.fill('#sku-0-price', product.price);
  await page.fill('#sku-0-gtin', '9525306240017');
  await page.click('[data-test=save]');
  await page.getByText('这个商品条码已经被别的规格用了').waitFor();
  await page.fill('#sku-0-gtin', gtin());

  await context.setOffline(true);
  await page.click('[data-test=save]');
  await page.getByText('网络不通。已填的内容都存在本机').waitFor();
  await context.setOffline(false);
  await page.click('[data-test=save]');
  await toast(page, '已登记');
  await page.waitForURL(/\/desk\/products\/\d+$/);
  await assertAccessible(page, 'a product');

  await page.locator('[data-test=skus]').getByRole('button', { name: '改价' }).click();
  await page.fill('#new-price', '25.00');
  await page.locator('dialog').getByRole('button', { name: '改价' }).click();
  await page.locator('[data-test=skus]').getByText('¥25.00').waitFor();
  await page.locator('.toasts').getByRole('button', { name: '撤销' }).click();
  await page.locator('[data-test=skus]').getByText('¥23.80').waitFor();
  await page.click('[data-test=list]');
  await toast(page, '已上架');
  await context.close();
});

async function toProduct(page) {
  await page.goto('/desk/products');
  await page.fill('#q', product.name);
  await page.press('#q', 'Enter');
  await page.waitForURL(/q=/);
  await page.getByRole('link', { name: new RegExp(product.name) }).click();
  await page.locator('#summary').waitFor();
}

test('two clerks change the same product: the second settles it, and nothing is lost', async () => {
  const first = await openPage(browser, desk);
  const second = await openPage(browser, desk, { expected: [412] });
  for (const { page } of [first, second]) {
    await signIn(page, 'merchant');
    await toProduct(page);
  }
  await first.page.fill('#summary', '第一个人改的一句话。');
  await first.page.fill('#description', '第一个人改的介绍，第二个人没有动。');
  await first.page.click('[data-test=save]');
  await toast(first.page, '已保存为第 2 版');
  await second.page.fill('#summary', '第二个人改的一句话。');
  await second.page.fill('#tags', '一县一品');
  await second.page.click('[data-test=save]');
  const settle = second.page.locator('[data-test=conflict]');
  await settle.getByText('第一个人改的一句话。').waitFor();
  await settle.getByText('第二个人改的一句话。').waitFor();
  await assertAccessible(second.page, 'two versions beside one another');
  await settle.getByRole('radio', { name: /第一个人改的一句话/ }).check();
  await settle.getByRole('button', { name: '用选中的内容继续' }).click();
  assert.equal(await second.page.inputValue('#summary'), '第一个人改的一句话。');
  assert.equal(await second.page.inputValue('#tags'), '一县一品');
  assert.equal(await second.page.inputValue('#description'), '第一个人改的介绍，第二个人没有动。', 'what the second left alone is not undone');
  await second.page.click('[data-test=save]');
  await toast(second.page, '已保存为第 3 版');
  await first.context.close();
  await second.context.close();
});

/** A paper that is photographed: the first piece is lost on its way, and goes again by itself. */
async function handInReport(page) {
  let lost = 0;
  await page.route(/\/v1\/evidence\/\d+$/, (route) => {
    if (route.request().method() === 'PATCH' && lost === 0) {
      lost += 1;
      return route.abort('connectionfailed');
    }
    return route.continue();
  });
  const photograph = await page.screenshot({ type: 'jpeg' });
  await page.setInputFiles('[data-test=file]', { name: '检测报告.jpg', mimeType: 'image/jpeg', buffer: photograph });
  await page.locator('[data-test=papers] li img').waitFor();
  assert.equal(lost, 1);
  await page.setInputFiles('[data-test=file]', { name: '合同.pdf', mimeType: 'application/pdf', buffer: Buffer.from('no PDF at all') });
  await page.getByText('这个文件的内容与它的类型不符').waitFor();
  await page.setInputFiles('[data-test=file]', { name: '清单.xlsx', mimeType: 'application/vnd.ms-excel', buffer: Buffer.from('x') });
  await page.getByText('只收 JPEG、PNG、WebP 图片和 PDF').waitFor();
  assert.equal(await page.inputValue('#kind-0'), 'TEST_REPORT', 'its name says what it is');
  await page.fill('#number-0', 'QC-2026-1102');
  await page.fill('#issued-0', new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10));
}

test('the clerk applies on the telephone, with a photographed report', async () => {
  const { context, page } = await openPage(browser, phone, { expected: [409] });
  await signIn(page, 'merchant', '/applications/new');
  await chooseBatch(page, scheme.name);
  await page.selectOption('#product', { label: product.name });
  await page.fill('#statement', '高山春笋柴火慢烘，一斤鲜笋出一两干。');
  await page.getByRole('button', { name: '存为草稿' }).click();
  await page.getByText('有 1 处需要修改').waitFor();
  await page.fill('#linkage', '与天星镇 38 户签有收购合同。');
  await page.getByRole('button', { name: '存为草稿' }).click();
  await page.waitForURL(/\/desk\/applications\/\d+$/);
  await page.locator('[data-test=lacking]').getByText('还缺：检测报告').waitFor();
  await page.locator('[data-test=checks]').getByText('缺检测报告，请补上').waitFor();
  await action(page, 'SUBMIT').click();
  await confirm(page);
  await page.getByText('材料还有问题').waitFor();
  await page.keyboard.press('Escape');
  await handInReport(page);
  await page.getByText('草稿已存在本机').waitFor();
  await page.reload();
  await page.locator('[data-test=papers] li img').waitFor();
  await page.getByRole('button', { name: '存为草稿' }).click();
  await toast(page, '已保存');
  await assertAccessible(page, 'a draft with a paper');
  await assertFitsWidth(page, 'a draft with a paper');
  await take(page, 'SUBMIT', '已提交');
  await page.getByText('下一步由认定部门处理').waitFor();
  await assertAccessible(page, 'an application, to its merchant');
  await assertFitsWidth(page, 'an application');
  await context.close();
});

async function toApplication(page) {
  await page.goto('/desk/applications?state=');
  await chooseBatch(page, scheme.name);
  await page.waitForURL(/batch_id=/);
  await page.getByRole('link', { name: new RegExp(product.name) }).first().click();
  await page.locator('[data-test=actions]').waitFor();
}

let address = '';
test('the office works its queue: what lacks something goes back, and comes again', async () => {
  const office = await openPage(browser, desk);
  await signIn(office.page, 'certifier');
  await office.page.locator('[data-test=due]').waitFor();
  await assertAccessible(office.page, 'what is due');
  await office.page.locator('.due').getByRole('link', { name: new RegExp(product.name) }).click();
  await office.page.locator('[data-test=product]').getByText('还没有可售的批次').waitFor();
  address = new URL(office.page.url()).pathname;
  await assertAccessible(office.page, 'an application, to the office');
  await office.page.locator('[data-test=evidence] button').click();
  await office.page.locator('dialog .frame img').waitFor();
  await assertAccessible(office.page, 'a paper beside the application');
  await office.page.keyboard.press('Escape');
  await action(office.page, 'RETURN').click();
  await confirm(office.page);
  await office.page.getByText('请填写这一项').waitFor();
  await office.page.getByRole('button', { name: '缺一年内的检测报告。' }).click();
  await assertAccessible(office.page, 'a reason is asked for');
  await confirm(office.page);
  await toast(office.page, '已退回补正');

  const clerk = await openPage(browser, phone);
  await signIn(clerk.page, 'merchant');
  await clerk.page.locator('[data-test=due]').getByRole('link', { name: `退回补正：${product.name}` }).click();
  await clerk.page.locator('[data-test=missing]').getByText('缺一年内的检测报告。').waitFor();
  await clerk.page.fill('#linkage', '与天星镇 38 户签有收购合同，检测报告 QC-2026-1102。');
  await clerk.page.getByRole('button', { name: '存为草稿' }).click();
  await toast(clerk.page, '已保存');
  await take(clerk.page, 'SUBMIT', '已提交');

  // What the office still has open is older than that: it is told, and nothing is decided on it.
  await office.page.reload();
  await take(office.page, 'BEGIN_REVIEW', '已开始审核');
  await take(office.page, 'PUBLISH_NOTICE', '已公示');
  assert.ok(await action(office.page, 'CERTIFY').isDisabled(), 'nothing is certified before the notice is over');
  await office.page.getByText('公示最后一天是').waitFor();
  await office.context.close();
  await clerk.context.close();
});

test('what was decided meanwhile is told in words, and shown as it is', async () => {
  const [one, other] = [await openPage(browser, desk, { expected: [412, 409] }), await openPage(browser, desk)];
  for (const [{ page }, login] of [[one, 'certifier'], [other, 'certifier.second']]) {
    await signIn(page, login);
    await page.goto(address);
    await action(page, 'RETURN').waitFor();
  }
  await take(other.page, 'RETURN', '已退回补正', { reason: '请补一张标签照片的说明。' });
  await action(one.page, 'REJECT').click();
  await one.page.fill('[data-test=reason]', '不符合。');
  await confirm(one.page);
  await one.page.getByText(/刚刚已经办过|内容已经改过/).first().waitFor();
  await one.page.keyboard.press('Escape');
  await one.page.getByText('退回补正：请补一张标签照片的说明。').waitFor();
  await one.context.close();
  await other.context.close();
});

test('several are decided at once from the list', async () => {
  const clerk = await openPage(browser, phone);
  await signIn(clerk.page, 'merchant');
  await clerk.page.goto(address);
  await take(clerk.page, 'SUBMIT', '已提交');
  await clerk.context.close();
  const { context, page } = await openPage(browser, desk);
  await signIn(page, 'certifier');
  await toApplication(page);
  await page.goBack();
  // All of nothing is nothing: the list is read again first.
  await page.locator('tr[data-row]').filter({ hasText: product.name }).waitFor();
  await page.getByRole('checkbox', { name: '全选' }).check();
  await page.getByRole('button', { name: '退回补正', exact: true }).click();
  await page.fill('[data-test=reason]', '请统一补充户数。');
  await confirm(page);
  await toast(page, '已退回补正 × 1');
  await page.locator('tr[data-row]').getByText('已退回补正').first().waitFor();
  assert.match(page.url(), /batch_id=/, 'the filter stays in the address');
  await context.close();
});

test('each figure of a batch opens the applications that it counts', async () => {
  const { context, page, complaints } = await openPage(browser, desk);
  await signIn(page, 'certifier');
  await toApplication(page);
  await page.goBack();
  await page.getByRole('link', { name: '看数字' }).click();
  await page.locator('.chart svg').waitFor();
  await page.getByText('补正后重新提交').waitFor();
  await assertAccessible(page, 'the figures of a batch');
  await page.setViewportSize({ width: 390, height: 844 });
  await assertFitsWidth(page, 'the figures of a batch');
  await page.getByRole('link', { name: '退回过: 1', exact: true }).click();
  await page.waitForURL(/step=RETURN/);
  await page.getByText(product.name).first().waitFor();
  await page.getByRole('button', { name: '去掉条件：走过：退回补正' }).click();
  await page.waitForURL((url) => !url.search.includes('step='));
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a year in figures adds up its batches, beside the year before', async () => {
  const { context, page, complaints } = await openPage(browser, desk);
  const asked = [];
  page.on('response', (response) => asked.push(response));
  await signIn(page, 'certifier');
  await page.locator('[data-test=due]').waitFor();
  await page.waitForLoadState('networkidle');
  const data = asked.filter((response) => new URL(response.url()).pathname.startsWith('/v1/'));
  const bytes = (await Promise.all(data.map((response) => response.body().then((body) => body.length, () => 0)))).reduce((sum, part) => sum + part, 0);
  assert.ok(data.some((response) => response.url().endsWith('/v1/applications/due')));
  assert.ok(bytes < 30 * 1024, `${bytes} bytes of data for the first page`);
  await page.getByRole('link', { name: '年度数字' }).first().click();
  await page.locator('.chart svg').waitFor();
  await page.getByRole('heading', { name: '按办法' }).waitFor();
  await page.getByText(/^上一年 \d/).first().waitFor();
  await assertAccessible(page, 'the figures of a year');
  await page.setViewportSize({ width: 390, height: 844 });
  await assertFitsWidth(page, 'the figures of a year');
  await page.getByRole('link', { name: /^退回过: 1$/ }).first().click();
  await page.waitForURL(/year=\d{4}&step=RETURN/);
  await page.getByText(product.name).first().waitFor();
  await page.getByRole('button', { name: /^去掉条件：\d{4} 年申报/ }).click();
  await page.waitForURL((url) => !url.search.includes('year='));
  assert.deepEqual(complaints, []);
  await context.close();
});

test('an operator registers an organisation, and a merchant of it at once', async () => {
  const { context, page, complaints } = await openPage(browser, desk);
  await signIn(page, 'operator', '/organisations');
  await page.getByRole('button', { name: '登记机构' }).click();
  await page.fill('#o-name', `试验合作社${run}`);
  await page.locator('#o-county option[value="530624"]').waitFor({ state: 'attached' });
  await page.selectOption('#o-county', '530624');
  await page.locator('dialog').getByRole('button', { name: '登记机构' }).click();
  await toast(page, '机构已登记');
  await page.getByRole('link', { name: '商户', exact: true }).click();
  await page.getByRole('link', { name: '登记商户' }).click();
  await page.fill('#name', `试验合作社${run}`);
  await page.selectOption('#county', '530624');
  await page.locator('#organisation option', { hasText: `试验合作社${run}` }).waitFor({ state: 'attached' });
  await page.selectOption('#organisation', { label: `试验合作社${run}` });
  await page.getByRole('checkbox', { name: '示例' }).check();
  await page.click('[data-test=save]');
  await toast(page, '商户已登记');
  await page.getByRole('button', { name: '停止销售' }).click();
  await confirm(page);
  await toast(page, '已停止销售');
  await page.locator('.toasts').getByRole('button', { name: '撤销' }).click();
  await toast(page, '已恢复销售');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('what arrives is entered once, and stands in the journal', async () => {
  const { context, page, complaints } = await openPage(browser, desk);
  await signIn(page, 'operator', '/stock?q=%E7%AE%AC%E7%AB%B9%E9%9D%A2');
  const row = page.locator('li[data-sku="1"]');
  await row.getByText(/可售 \d+/).waitFor();
  await row.locator('[data-test=receive]').click();
  await page.locator('#receipt-lot option').nth(1).waitFor({ state: 'attached' });
  await confirm(page);
  await page.getByText('请填写整数').waitFor();
  await page.selectOption('#receipt-lot', { index: 1 });
  await page.fill('#receipt-quantity', '999999');
  await confirm(page);
  await page.getByText('入库数量超过了批次里还没入库的数量').waitFor();
  await assertAccessible(page, 'a receipt');
  await page.keyboard.press('Escape');
  await row.getByRole('button', { name: '流水' }).click();
  await page.locator('dialog').getByText('入库').first().waitFor();
  assert.deepEqual(complaints.filter((one) => !one.includes('422')), []);
  await context.close();
});

test('codes are printed, and only codes', async () => {
  const { context, page, complaints } = await openPage(browser, desk);
  await signIn(page, 'operator', '/placements/sheet');
  await page.getByRole('checkbox').nth(0).check();
  await page.getByRole('checkbox').nth(1).check();
  await page.getByRole('button', { name: '打印 2 张' }).waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll('.sheet img')].length === 2);
  await assertAccessible(page, 'the sheet of codes');
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('.bar, .top, .choose, h1').filter({ visible: true }).count(), 0, 'the desk is not printed');
  assert.equal(await page.locator('.sheet img').filter({ visible: true }).count(), 2);
  assert.deepEqual(complaints, []);
  await context.close();
});

const pages = {
  certifier: ['/', '/messages', '/applications', '/certifications', '/certifications/1', '/proposals', '/schemes', '/schemes/MINHANG_YOUPIN'],
  merchant: ['/', '/messages', '/products', '/products/new', '/products/1', '/bases', '/bases/new', '/bases/1', '/lots', '/lots/new', '/lots/1', '/stock', '/imports', '/orders', '/sales', '/applications'],
  operator: ['/', '/messages', '/products', '/orders', '/sales', '/merchants', '/merchants/hindered', '/merchants/new', '/merchants/8', '/bases', '/lots', '/stock', '/imports?kind=receipts', '/placements', '/placements/1', '/placements/sheet', '/organisations', '/organisations/1', '/organisations/2', '/status', '/applications'],
  admin: ['/', '/accounts', '/organisations', '/organisations/2', '/status'],
  auditor: ['/audit', '/orders', '/sales', '/applications', '/certifications', '/proposals', '/schemes', '/nowhere'],
};
const settled = (page) => page.waitForFunction(() => document.querySelector('main h1') && !document.querySelector('main .skeleton'));

for (const [login, addresses] of Object.entries(pages)) {
  for (const [name, device, theme] of [['a desk by day', desk, 'light'], ['a telephone by night', small_phone, 'dark']]) {
    test(`no page of ${login} has an accessibility fault or sticks out on ${name}`, async () => {
      const { context, page, complaints } = await openPage(browser, { ...device, colorScheme: theme });
      await signIn(page, login);
      for (const to of addresses) {
        await page.goto(`/desk${to}`);
        await settled(page);
        assert.equal(await page.getAttribute('html', 'data-theme'), theme);
        await assertAccessible(page, `${to} of ${login} on ${name}`);
        await assertFitsWidth(page, `${to} of ${login} on ${name}`);
      }
      assert.deepEqual(complaints.filter((one) => !one.includes('/nowhere')), []);
      await context.close();
    });
  }
}

test('the desk is read in English too, and by the keyboard alone', async () => {
  const { context, page } = await openPage(browser, desk);
  await signIn(page, 'certifier', '/certifications');
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'Certifications' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Certifications' }).waitFor();
  await page.goto('/desk/schemes');
  await page.getByRole('heading', { name: 'Schemes and batches' }).waitFor();
  await page.goto('/desk/certifications');
  await page.locator('tbody th a').first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/certifications\/\d+$/);
  await page.keyboard.press('?');
  await page.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('h');
  await page.waitForURL((url) => url.pathname === '/desk/');
  await context.close();
});

test('addresses of before the desk lead to where their pages are', async () => {
  const { context, page } = await openPage(browser, desk);
  const led = await fetch(`${base_url}/audit/`, { redirect: 'manual' });
  assert.deepEqual([led.status, led.headers.get('location')], [308, '/desk/audit']);
  await signIn(page, 'auditor');
  await page.goto('/audit/#/2026-10');
  await page.locator('#month').waitFor();
  assert.equal(new URL(page.url()).pathname, '/desk/audit/2026-10');
  await context.close();
});
