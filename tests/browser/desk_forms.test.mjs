/**
 * Forms and lists of the desk: what is wrong is said at its field, the focus stays where somebody works, and what is shown can be read
 * and followed. What the services answer is made up.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, assertFitsWidth, desk, launch, phone, small_phone } from './browser.mjs';
import * as given from './fixtures.mjs';
import { refuse } from './interception.mjs';
import { enterDesk } from './usual.mjs';

const house = { organisation_id: 1, name: '大关县筇竹专业合作社', kind: 'MERCHANT', county_code: '530624' };
const owner = { 'POST /v1/auth/refresh': given.tokens({ sub: '7', name: '店主', roles: ['merchant'], org: 1, organisation_id: 1 }) };
const operator = { 'POST /v1/auth/refresh': given.tokens({ sub: '8', name: '运营', roles: ['operator'], org: 3, organisation_id: 3 }) };
const application = (over = {}) => ({
  application_id: 7, batch_id: 1, scheme: 'MINHANG_YOUPIN', year: 2027, product_id: 1, product_name: '箬竹面', county_code: '530624', state: 'DRAFT', notice_until: null, version: 3,
  statement: '鲜竹笋打浆和面。', linkage: '与 38 户签有收购合同。', evidence: [], checks: [], product_changed: false, returned: false, returned_at: null, certification_id: null, renews: null, steps: [], objections: [], ...over,
});
const scheme = {
  ...given.scheme(), version: 1, offices: ['闵行区政府合作交流办'], district_code: '310112', counties: [], term_unit: 'CALENDAR_YEARS', term: 1, notice_days: 5, recommendations: 0,
  by_application: true, required_evidence: [], report_months_max: 0, price_band_bp: 0, base_required: false,
};
const answers = {
  ...owner, 'GET /v1/organisations': given.page([house]), 'GET /v1/schemes': given.page([scheme]), 'GET /v1/batches': given.page([]), 'GET /v1/messages': given.page([]),
  'GET /v1/applications': given.page([application()]), 'GET /v1/applications/7': application(),
};
const paper = {
  kind: 'TEST_REPORT', file_id: 1, number: 'QC-1', issued_on: '2026-10-18', valid_until: '2027-10-18',
  file: { id: 1, name: '检测报告.pdf', sha256: '0'.repeat(64), size_bytes: 1000, media_type: 'application/pdf', forms: [] },
};
const onboarding = {
  onboarding_id: 5, state: 'VERIFIED_ONCE', version: 2, name: house.name, kind: 'COOPERATIVE', uscc: '93530624MA6K00006Y', county_code: '530624', business_licence: '93530624MA6K00006Y', bank_reference: '****1234',
  login: 'walker.owner', steps: [{ action: 'SUBMIT', at: '2026-11-27T02:00:00Z' }],
};

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());
const enter = (open, over = {}, device = phone) => enterDesk(browser, device, { ...answers, ...over }, open);
const focused = (page) => page.evaluate(() => document.activeElement?.id);

test('a paper is typed with its last day, and one that no calendar can have is refused at its field', async () => {
  const { context, page } = await enter('/desk/applications/7', { 'GET /v1/applications/7': application({ evidence: [paper] }) });
  await page.locator('#until-0').waitFor();
  assert.equal(await page.inputValue('#until-0'), '2027-10-17', 'as the paper prints it');
  const tomorrow = new Date(Date.now() + 36 * 3_600_000).toISOString().slice(0, 10);
  await page.fill('#issued-0', tomorrow);
  await page.fill('#until-0', '2026-01-01');
  await page.getByRole('button', { name: '存为草稿' }).click();
  await page.locator('#issued-0-fault').getByText('不能在今天之后').waitFor();
  await page.locator('#until-0-fault').getByText('不能在出具日期之前').waitFor();
  await page.waitForFunction(() => document.activeElement?.id === 'issued-0');
  assert.equal(await focused(page), 'issued-0');
  const sent = page.waitForRequest((request) => request.method() === 'PUT');
  await page.fill('#issued-0', '2026-10-18');
  await page.fill('#until-0', '2026-12-31');
  await page.getByRole('button', { name: '存为草稿' }).click();
  assert.equal((await sent).postDataJSON().evidence[0].valid_until, '2027-01-01');
  await context.close();
});

test('an operator sees that a renewal is under way, as its merchant does', async () => {
  const one = {
    certification_id: 14, scheme: scheme.scheme, year: 2026, number: 'MH-2026-017', authority: '', valid_from: '2026-01-01', valid_to: '2027-01-01', state: 'CERTIFIED', valid_now: true, product_id: 1,
    product_name: '箬竹面', county_code: '530624', days_left: 34, continued_by: null, warnings: [],
  };
  const ending = { 'GET /v1/certifications/expiring': given.page([one, { ...one, certification_id: 15, product_id: 2, product_name: '筇竹笋干' }]), 'GET /v1/applications': given.page([application({ state: 'PUBLIC_NOTICE' })]) };
  for (const as of [{}, operator]) {
    const { context, page } = await enter('/desk/ending', { ...ending, ...as });
    const rows = page.locator('tr[data-row]');
    assert.equal(await rows.first().getByRole('link', { name: '续报在办，去看' }).getAttribute('href'), '/desk/applications/7');
    assert.equal(await rows.nth(1).getByText('续报在办').count(), 0, 'of another product');
    await context.close();
  }
});

const twice_as_large = (page) => page.addStyleTag({ content: 'html { font-size: 200% !important; }' });

test('letters twice as large: money is in one line, facts are read, and what is ticked grows with them', async () => {
  const figures = { net_fen: 535280, gross_fen: 535280, refund_fen: 0, uncounted_fen: 0, quantity: 228, uncounted_quantity: 0 };
  const day = new Date().toISOString().slice(0, 10);
  const sales = { merchant_id: 1, merchant_name: house.name, from: day, to: day, totals: figures, by_day: [{ ...figures, day }], by_channel: [], by_product: [] };
  const { context, page } = await enter('/desk/sales', { 'GET /v1/sales': sales, 'GET /v1/merchants': given.page([given.merchant_papers]), 'GET /v1/onboardings/5': onboarding }, small_phone);
  await page.locator('[data-test=sold]').waitFor();
  const ticked = (selector) => page.locator(selector).first().evaluate((one) => one.getBoundingClientRect().width);
  const icon = await ticked('header svg.icon');
  await twice_as_large(page);
  const lines = await page.locator('[data-test=sold]').evaluate((one) => one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight));
  assert.ok(lines < 1.5, '¥5,352.80 is not broken');
  assert.equal(await ticked('header svg.icon'), 2 * icon, 'a drawing is as large as its words');
  await assertFitsWidth(page, 'sales in large letters');
  await page.goto('/desk/join/5#k=abc');
  await page.locator('.facts dd').first().waitFor();
  await twice_as_large(page);
  const narrowest = await page.locator('.facts dd').evaluateAll((all) => Math.min(...all.map((one) => one.getBoundingClientRect().width / parseFloat(getComputedStyle(one).fontSize))));
  assert.ok(narrowest >= 8, `what was handed in is ${narrowest} letters wide`);
  await page.goto('/desk/messages');
  const box = page.locator('.choice input').first();
  await box.waitFor();
  await twice_as_large(page);
  const { size, off } = await box.evaluate((input) => {
    const [own, line] = [input.getBoundingClientRect(), document.createRange()];
    line.selectNodeContents(input.nextSibling);
    const words = line.getClientRects()[0];
    return { size: own.width, off: Math.abs(own.top + own.height / 2 - words.top - words.height / 2) };
  });
  assert.equal(size, 36);
  assert.ok(off <= 3, `${off} px beside the middle of its words`);
  await assertFitsWidth(page, 'messages in large letters');
  await context.close();
});

test('what is wrong with a table is one block a line on a telephone', async () => {
  const { context, page } = await enter('/desk/imports', {
    'GET /v1/merchants': given.page([given.merchant_papers]),
    'POST /v1/products/imports': refuse(422, 'import-refused', [{ pointer: '/lines/2/price_yuan', detail: 'must be yuan, with two decimals at most', code: 'validation-failed' }]),
  });
  await page.setInputFiles('[data-test=table]', { name: '商品.csv', mimeType: 'text/csv', buffer: Buffer.from('merchant_id,name,price_yuan\n1,箬竹面,x\n') });
  const row = page.locator('[data-test=bad-lines] ~ .scroll tbody tr, tbody tr').first();
  await row.waitFor();
  const borders = (locator) => locator.evaluateAll((all) => all.map((one) => parseFloat(getComputedStyle(one).borderBottomWidth)));
  assert.deepEqual([...new Set(await borders(row.locator('> *')))], [0], 'no cell is underlined by itself');
  assert.deepEqual(await borders(row), [1]);
  await context.close();
});

test('a house that is found by typing looks as all fields do', async () => {
  const placement = { placement_id: 1, campaign_id: 1, name: '2号线 0201车', channel: 'METRO_QR', playlist: [{ product_id: 1, from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z', seconds: 15 }], code: 'AAAA', url: 'https://shop.example/s/AAAA' };
  const campaign = { campaign_id: 1, name: '山海情深号', organiser: '合作交流办', from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' };
  const { context, page } = await enter('/desk/placements/1', { ...operator, 'GET /v1/placements/1': placement, 'GET /v1/placements/1/scans': given.page([]), 'GET /v1/campaigns/1': campaign }, desk);
  const chosen = page.locator('.el-select__wrapper');
  await chosen.waitFor();
  const look = (locator) => locator.evaluate((one) => {
    const { backgroundColor, borderTopLeftRadius, minHeight, fontSize, paddingLeft } = getComputedStyle(one);
    return { backgroundColor, borderTopLeftRadius, minHeight, fontSize, paddingLeft };
  });
  assert.deepEqual(await look(chosen), await look(page.locator('#seconds-0')));
  await page.locator('html').evaluate((one) => one.setAttribute('data-theme', 'dark'));
  assert.deepEqual(await look(chosen), await look(page.locator('#seconds-0')), 'by night too');
  await context.close();
});

test('a house that was sent back is told what stays where nothing is typed, and only that is sent', async () => {
  const returned = { ...onboarding, state: 'RETURNED' };
  const { context, page } = await enter('/desk/join/5#k=abc', { 'GET /v1/onboardings/5': returned, 'PUT /v1/onboardings/5': returned });
  await page.getByRole('button', { name: '修改材料' }).click();
  for (const id of ['contact-name', 'contact-phone', 'owner-name']) {
    assert.equal(await page.inputValue(`#${id}`), '');
    const name = (await page.locator(`label[for=${id}]`).innerText()).replace(/（.*|\s.*/s, '').trim();
    const told = await page.locator('section', { has: page.locator(`#${id}`) }).locator('[data-test=stays]').innerText();
    assert.ok(told.includes(name), `${name} is named in: ${told}`);
  }
  await page.fill('#contact-phone', '13900139000');
  const [sent] = await Promise.all([page.waitForRequest((request) => request.method() === 'PUT'), page.locator('[data-test=send]').click()]);
  const { contact, owner } = sent.postDataJSON();
  assert.deepEqual(contact, { name: null, phone: '13900139000' });
  assert.equal(owner.name, null);
  assert.ok(!('password' in owner), 'the password stays, too');
  await context.close();
});

test('how the services stand is said in Chinese to who reads Chinese', async () => {
  const checks = [{ name: 'identity relay', good: true, detail: 'oldest unpublished fact: 0 ms' }, { name: 'database', good: false, detail: 'it is read-only' }];
  const { context, page } = await enter('/desk/messages', operator, desk);
  await context.route(/\/readyz$/, (route) => route.fulfill({ json: { status: 'degraded', checks } }));
  await page.goto('/desk/status');
  await page.getByText('账号：发出变动').waitFor();
  await page.getByText('最早一条还没发出的变动：0 毫秒前').waitFor();
  assert.equal(await page.getByText('只能读，不能写').count(), 2, 'among what fails, and among all');
  await context.close();
});

test('the versions of a product say what each changed, and the focus goes on there', async () => {
  const version = (n, summary) => ({ version: n, created_at: `2026-11-2${n}T00:00:00Z`, snapshot_hash: '0'.repeat(64), text: `shanhai-product-text/1\nname=箬竹面\nsummary=${summary}\n`, by_account: 6 + n });
  const product = { ...given.product(), alias: [], version: 2 };
  const { context, page } = await enter('/desk/products/1', {
    'GET /v1/products/1': product, 'GET /v1/merchants': given.page([given.merchant_papers]), 'GET /v1/products/1/versions': given.page([version(1, '高山箬竹面'), version(2, '慢晒七小时')]),
    'GET /v1/team': given.page([{ account_id: 8, login: 'wang.fang', name: '王芳', roles: ['merchant'] }]), 'GET /v1/account-names': { items: [{ account_id: 8, name: '王芳' }] },
  }, desk);
  await page.locator('[data-test=versions]').focus();
  await page.keyboard.press('Enter');
  const newest = page.locator('[data-test=version]').first();
  await newest.getByText('改了一句话介绍').waitFor();
  assert.equal(await newest.locator('[data-test=author]').innerText(), '王芳');
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), '历次版本');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.equal(await newest.locator('del').innerText(), '高山箬竹面');
  assert.equal(await newest.locator('ins').innerText(), '慢晒七小时');
  await assertAccessible(page, 'versions');
  await context.close();
});

test('what was pressed by key keeps the focus when it is done', async () => {
  const told = { message_id: 1, kind: 'APPLICATION_SUBMITTED', application_id: 7, product_id: 1, product_name: '箬竹面', scheme: scheme.scheme, reason: '', at: '2026-11-28T02:00:00Z', due_on: null, unread: true };
  const saved = application({ statement: '改过的一段。', version: 4 });
  const { context, page } = await enter('/desk/products/1', {
    'GET /v1/products/1': { ...given.product(), alias: [] }, 'GET /v1/merchants': given.page([given.merchant_papers]), 'POST /v1/products/1/listing': {},
    'GET /v1/messages': given.page([told]), 'POST /v1/messages/read': { unread: 0 }, 'PUT /v1/applications/7': saved,
  }, desk);
  const stays = async (button, done) => {
    await button.focus();
    await page.keyboard.press('Enter');
    await done();
    assert.ok(await button.evaluate((one) => one === document.activeElement && one.isConnected), 'the focus is where it was');
  };
  await stays(page.locator('[data-test=list]'), () => page.locator('.toasts').getByText('下架').waitFor());
  await page.goto('/desk/messages');
  await page.locator('[data-test=message]').waitFor();
  await stays(page.getByRole('button', { name: '全部已读' }), () => page.locator('[aria-disabled=true]', { hasText: '全部已读' }).waitFor());
  await page.goto('/desk/applications/7');
  await page.fill('#statement', '改过的一段。');
  await stays(page.getByRole('button', { name: '存为草稿' }), () => page.locator('.toasts').getByText('已保存').waitFor());
  await page.locator('[aria-disabled=true]', { hasText: '存为草稿' }).waitFor();
  await context.close();
});

test('what the browser finds wrong is said at the field in our words, and the first field that is wrong has the focus', async () => {
  const certifier = { 'POST /v1/auth/refresh': given.tokens({ sub: '6', name: '认定', roles: ['certifier'], org: 2, organisation_id: 2 }) };
  const office = { organisation_id: 2, name: '闵行区政府合作交流办', kind: 'DISTRICT_OFFICE', county_code: '310112' };
  const { context, page } = await enter('/desk/schemes/MINHANG_YOUPIN', { ...certifier, 'GET /v1/organisations': given.page([office]), 'GET /v1/schemes/MINHANG_YOUPIN': scheme });
  const told = (id) => page.locator(`#${id}-fault`);
  await page.fill('#year', '1999');
  await page.fill('#applications_until', '');
  await page.locator('[data-test=open-batch]').click();
  await told('year').getByText('不能小于 2016。').waitFor();
  await told('applications_until').getByText('请填写这一项。').waitFor();
  assert.equal(await focused(page), 'year');
  assert.equal(await page.locator('#year').getAttribute('aria-invalid'), 'true');
  assert.ok((await page.locator('#year').getAttribute('aria-describedby')).includes('year-fault'), 'it is heard with the field');
  await assertAccessible(page, 'a form that the browser refused');
  await page.fill('#year', '2028');
  await told('year').waitFor({ state: 'detached' });
  await told('applications_until').waitFor();
  await context.close();
});

test('whoever submits is told who reads what he writes, and that is not himself', async () => {
  const { context, page } = await enter('/desk/applications/7');
  await page.locator('[data-action=SUBMIT]').click();
  const asked = page.locator('dialog[open]');
  await asked.getByText('推荐、认定的单位看得到').waitFor();
  assert.ok(!(await asked.innerText()).includes('商户看得到'));
  await context.close();
});
