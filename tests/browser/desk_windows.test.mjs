/**
 * Windows over a page of the desk: the browser's Back closes the one that is open and leaves the page, and a reason that was
 * typed is there again. What the services answer is made up, so that nothing else decides.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, desk, launch, phone } from './browser.mjs';
import * as given from './fixtures.mjs';
import { refuse, sequence } from './interception.mjs';
import { action, confirm } from './steps.mjs';
import { enterDesk } from './usual.mjs';

const office = { organisation_id: 2, name: '闵行区政府合作交流办', kind: 'DISTRICT_OFFICE', county_code: '310112' };
const scheme = {
  ...given.scheme(), version: 1, offices: [office.name], district_code: '310112', counties: [], term_unit: 'CALENDAR_YEARS', term: 1, notice_days: 5, recommendations: 0,
  by_application: true, required_evidence: [], report_months_max: 0, price_band_bp: 0, base_required: false,
};
const application = (over = {}) => ({
  application_id: 7, batch_id: 1, scheme: scheme.scheme, year: 2027, product_id: 1, product_name: '箬竹面', county_code: '530624', state: 'UNDER_REVIEW', notice_until: null, version: 3,
  statement: '鲜竹笋打浆和面。', linkage: '与 38 户签有收购合同。', evidence: [], checks: [], product_changed: false, returned: false, returned_at: null, certification_id: null, renews: null, steps: [], objections: [], ...over,
});
const certificate = {
  certification_id: 14, scheme: scheme.scheme, year: 2026, authority: office.name, number: 'MH-2026-017', valid_from: '2026-01-01', valid_to: '2027-01-01', state: 'CERTIFIED', valid_now: true,
  product_id: 1, product_name: '箬竹面', county_code: '530624', state_since: '2026-01-01T00:00:00Z', reason: '',
  history: [{ state: 'CERTIFIED', reason: '', at: '2026-01-01T00:00:00Z' }],
};
const proposal = {
  proposal_id: 3, certification_id: 14, state: 'REVOKED', reason: '弄虚作假，查证属实。', at: '2026-11-28T11:30:00Z', by_account: 5, organisation_id: 2,
  outcome: 'WAITING', answer: null, answered_at: null, answered_by: null,
  product_id: 1, product_name: '箬竹面', county_code: '530624', scheme: scheme.scheme, year: 2026, certificate_number: 'MH-2026-017',
};
const member = (account_id, name, over = {}) => ({ account_id, login: `certifier.${account_id}`, name, roles: ['certifier'], organisation_id: 2, disabled: false, second_factor: true, ...over });
const answers = {
  'POST /v1/auth/refresh': given.tokens({ sub: '6', name: '二号认定', roles: ['certifier'], org: 2, organisation_id: 2 }),
  'GET /v1/organisations': given.page([office]),
  'GET /v1/schemes': given.page([scheme]),
  'GET /v1/batches': given.page([]),
  'GET /v1/applications': given.page([application(), application({ application_id: 8, product_name: '筇竹笋干', state: 'DRAFT' })]),
  'GET /v1/applications/7': application(),
  'GET /v1/certifications/14': certificate,
  'GET /v1/proposals': given.page([proposal]),
  'GET /v1/team': given.page([member(5, '一号认定'), member(6, '二号认定')]),
  'GET /v1/invitations': given.page([]),
  'GET /v1/account-names': { items: [{ account_id: 5, name: '一号认定' }] },
  'GET /v1/messages': given.page([]),
};

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** A telephone, signed in as a certifier, on that page. */
const enter = (open, over = {}) => enterDesk(browser, phone, { ...answers, ...over }, open);
const window_of = (page) => page.locator('dialog[open]');

test('Back closes the window and leaves the page; what was typed is there again, also after a reload', async () => {
  const { context, page } = await enter('/desk/applications/7');
  await action(page, 'RETURN').click();
  await confirm(page);
  await page.getByText('请填写这一项').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.dataset.test), 'reason', 'the focus is where something is missing');
  await page.fill('[data-test=reason]', '请补一份今年的检测报告。');
  await page.getByText('草稿已存在本机').waitFor();
  await page.goBack();
  await window_of(page).waitFor({ state: 'detached' });
  assert.equal(new URL(page.url()).pathname, '/desk/applications/7');
  await action(page, 'RETURN').click();
  assert.equal(await page.inputValue('[data-test=reason]'), '请补一份今年的检测报告。');
  await page.reload();
  await action(page, 'RETURN').click();
  await page.getByText('已恢复').waitFor();
  assert.equal(await page.inputValue('[data-test=reason]'), '请补一份今年的检测报告。');
  await assertAccessible(page, 'a reason that was kept');
  await page.keyboard.press('Escape');
  await window_of(page).waitFor({ state: 'detached' });
  await page.waitForFunction(() => !history.state?.dialog);
  await action(page, 'REJECT').click();
  assert.equal(await page.inputValue('[data-test=reason]'), '', 'of another step');
  await context.close();
});

test('the number of a certificate is kept as the reason is', async () => {
  const { context, page } = await enter('/desk/applications/7', { 'GET /v1/applications/7': application({ state: 'PUBLIC_NOTICE', notice_until: '2026-01-01T16:00:00Z' }) });
  await action(page, 'CERTIFY').click();
  await page.fill('[data-test=number]', 'MY-2027-0001');
  await page.goBack();
  await window_of(page).waitFor({ state: 'detached' });
  await page.reload();
  await action(page, 'CERTIFY').click();
  assert.equal(await page.inputValue('[data-test=number]'), 'MY-2027-0001');
  await context.close();
});

test('the bar at the side is closed by Back, and leads on without leaving a place behind', async () => {
  const { context, page } = await enter('/desk/applications');
  await page.locator('tr[data-row]').first().waitFor();
  const more = page.getByRole('button', { name: '更多' }).first();
  await more.click();
  await window_of(page).waitFor();
  await page.goBack();
  await window_of(page).waitFor({ state: 'detached' });
  assert.equal(new URL(page.url()).pathname, '/desk/applications');
  await more.click();
  await window_of(page).getByRole('link', { name: '双人复核' }).click();
  await page.waitForURL('**/desk/proposals');
  await page.goBack();
  await page.waitForURL('**/desk/applications');
  await window_of(page).waitFor({ state: 'detached' });
  await context.close();
});

test('a step that somebody else took meanwhile closes its window, says so, and keeps what was typed', async () => {
  const { context, page } = await enter('/desk/applications/7', {
    'POST /v1/applications/7/steps': refuse(412, 'version-stale'), 'GET /v1/applications/7': sequence(application(), application({ state: 'DRAFT', version: 4 })),
  });
  await action(page, 'REJECT').click();
  await page.fill('[data-test=reason]', '不符合办法。');
  await confirm(page);
  await page.locator('[data-test=overtaken]').waitFor();
  await window_of(page).waitFor({ state: 'detached' });
  await action(page, 'REJECT').waitFor({ state: 'detached' });
  assert.ok(await page.evaluate(() => Object.entries(localStorage).some(([name, text]) => name.includes('reason.application.7.REJECT') && text.includes('不符合办法。'))));
  await context.close();
});

test('a second person sees what is decided: product, number, county, and who proposed it', async () => {
  const { context, page } = await enter('/desk/proposals', { 'GET /v1/proposals': sequence(given.page([proposal]), given.page([])), 'POST /v1/proposals/3/answer': refuse(409, 'answered-already') });
  const row = page.locator('tr[data-row]');
  await row.getByText('撤销：箬竹面').waitFor();
  assert.equal(await page.locator('[data-test=alone]').count(), 0, 'a colleague is there');
  await row.getByText(/MH-2026-017 · 大关县/).waitFor();
  await row.getByText('一号认定').waitFor();
  await row.locator('[data-action=agree]').click();
  await window_of(page).getByRole('heading', { name: '同意撤销：箬竹面' }).waitFor();
  await window_of(page).getByText(/MH-2026-017 · 大关县/).waitFor();
  await window_of(page).getByText(/提议人：一号认定/).waitFor();
  await page.fill('[data-test=reason]', '复核属实。');
  await confirm(page);
  await page.locator('.toasts').getByText(/已经办过/).waitFor();
  await window_of(page).waitFor({ state: 'detached' });
  await page.getByText('没有等答复的提议').waitFor();
  await context.close();
});

test('an office of one is told who is missing, and led to where a colleague is invited', async () => {
  const alone = { 'GET /v1/team': given.page([member(5, '一号认定', { disabled: true, let_in_by: 6 }), member(6, '二号认定')]) };
  const { context, page } = await enter('/desk/proposals', { ...alone, 'POST /v1/invitations': { invitation_id: 1, role: 'certifier', state: 'OPEN', made_at: '2026-11-28T11:30:00Z', expires_at: '2026-12-05T11:30:00Z', token: 'x'.repeat(43) } });
  await page.locator('[data-test=alone]').getByText('本单位只有您一位，请先邀请一位同事').waitFor();
  await page.locator('[data-test=alone] a').click();
  await page.waitForURL('**/desk/team');
  await page.getByText('（二号认定 邀请）').waitFor();
  await assertAccessible(page, 'the team of an office');
  await page.click('[data-test=invite]');
  await window_of(page).getByRole('button', { name: '生成链接' }).click();
  assert.match(await page.inputValue('[data-test=link]'), /\/desk\/invitation#t=x{43}$/);
  await context.close();
});

test('who lets colleagues in sets up a second factor first', async () => {
  const { context, page } = await enter('/desk/team', { 'GET /v1/team': given.page([member(6, '二号认定', { second_factor: false })]) });
  await page.locator('[data-test=factor-first] a[href$="/account"]').waitFor();
  assert.ok(await page.locator('[data-test=invite]').isDisabled());
  await context.close();
});

test('every step of a certification names who took it, also what one person did alone, or the system', async () => {
  const history = [
    { state: 'CERTIFIED', reason: '', at: '2026-01-01T00:00:00Z', by_account: 6 }, { state: 'SUSPENDED', reason: '材料已过有效期', at: '2026-05-01T00:00:00Z', by_account: null },
    { state: 'CERTIFIED', reason: '新证已核', at: '2026-05-02T00:00:00Z', by_account: 5 },
  ];
  const { context, page } = await enter('/desk/certifications/14', { 'GET /v1/certifications/14': { ...certificate, history }, 'GET /v1/proposals': given.page([]), 'GET /v1/account-names': { items: [{ account_id: 5, name: '一号认定' }, { account_id: 6, name: '二号认定' }] } });
  await page.getByText('一号认定 恢复').waitFor();
  assert.deepEqual(await page.locator('[data-test=hands]').allTextContents(), ['一号认定 恢复', '系统自动处理', '二号认定 决定']);
  await context.close();
});

test('several in different states are told apart, and all are chosen with a thumb', async () => {
  const { context, page } = await enter('/desk/applications');
  await page.locator('label', { hasText: '全选' }).tap();
  await page.locator('[data-test=apart]').getByText('状态不同').waitFor();
  await context.close();
});

test('letters twice as large leave words whole on the smallest telephone', async () => {
  const batch = { batch_id: 1, scheme: scheme.scheme, scheme_version: 1, year: 2027, applications_from: '2026-11-28', applications_until: '2027-01-01', valid_from: '2027-01-01', valid_to: '2028-01-01' };
  const message = { message_id: 1, kind: 'APPLICATION_SUBMITTED', application_id: 7, product_id: 1, product_name: '箬竹面', scheme: scheme.scheme, reason: '', at: '2026-11-28T02:00:00Z', due_on: null, unread: true };
  const { context, page } = await enter('/desk/applications/7', { 'GET /v1/batches': given.page([batch]), 'GET /v1/messages': given.page([message]) });
  await page.setViewportSize({ width: 360, height: 640 });
  const narrowest = (selector) => page.locator(selector).evaluateAll((all) => Math.min(...all.map((one) => one.getBoundingClientRect().width / parseFloat(getComputedStyle(one).fontSize))));
  await page.locator('.facts dd').first().waitFor();
  await page.addStyleTag({ content: 'html { font-size: 200% !important; }' });
  assert.ok(await narrowest('.facts dd') >= 4, 'a fact is no column of single letters');
  await page.goto('/desk/messages');
  await page.locator('[data-test=message] .words').first().waitFor();
  await page.addStyleTag({ content: 'html { font-size: 200% !important; }' });
  assert.ok(await narrowest('[data-test=message] .words') >= 7, 'nor is a message');
  await context.close();
});

test('a paper is seen whole at first, and each button says what it does', async () => {
  const forms = [{ form: '240', href: '/v1/evidence/1/240', width: 240, height: 600 }, { form: 'original', href: '/v1/evidence/1/original', width: 500, height: 2000 }];
  const file = { id: 1, name: '检测报告.png', sha256: '0'.repeat(64), size_bytes: 1000, media_type: 'image/png', forms };
  const paper = { kind: 'TEST_REPORT', file_id: 1, number: 'QC-1', issued_on: '2026-10-18', valid_until: '2027-10-18', file };
  const narrow = '<svg xmlns="http://www.w3.org/2000/svg" width="500" height="2000"><rect width="500" height="2000" fill="#dde8c9"/></svg>';
  const { context, page } = await enter('/desk/applications/7', { 'GET /v1/applications/7': application({ evidence: [paper] }) });
  await context.route(/\/v1\/evidence\//, (route) => route.fulfill({ contentType: 'image/svg+xml', body: narrow }));
  await page.locator('[data-test=evidence] button').click();
  await window_of(page).locator('.frame img').waitFor();
  await window_of(page).getByText('到 2027-10-17').waitFor();
  const hidden = () => window_of(page).locator('.frame').evaluate((frame) => frame.scrollHeight - frame.clientHeight);
  assert.ok(await hidden() <= 1, 'the whole of a narrow scan');
  await page.getByRole('button', { name: '旋转' }).waitFor();
  await page.getByRole('button', { name: '放大' }).click();
  await page.waitForFunction(() => document.querySelector('dialog[open] .frame').scrollHeight > document.querySelector('dialog[open] .frame').clientHeight + 1);
  await page.getByRole('button', { name: '缩小' }).click();
  await page.goBack();
  await window_of(page).waitFor({ state: 'detached' });
  assert.equal(new URL(page.url()).pathname, '/desk/applications/7');
  await context.close();
});

const scan = '<svg xmlns="http://www.w3.org/2000/svg" width="500" height="700"><rect width="500" height="700" fill="#dde8c9"/></svg>';
const paperOf = (id) => {
  const forms = [{ form: '240', href: `/v1/evidence/${id}/240`, width: 240, height: 336 }, { form: 'original', href: `/v1/evidence/${id}/original`, width: 500, height: 700 }];
  return { kind: 'TEST_REPORT', file_id: id, number: `QC-${id}`, issued_on: '2026-10-18', valid_until: null, file: { id, name: `检测报告${id}.png`, sha256: '0'.repeat(64), size_bytes: 1000, media_type: 'image/png', forms } };
};
async function withPapers(device) {
  const { context, page } = await enterDesk(browser, device, { ...answers, 'GET /v1/applications/7': application({ evidence: [paperOf(1), paperOf(2)], statement: '鲜竹笋打浆和面。\n'.repeat(80) }) }, '/desk/applications/7');
  await context.route(/\/v1\/evidence\//, (route) => route.fulfill({ contentType: 'image/svg+xml', body: scan }));
  await page.locator('[data-test=evidence] button').first().click();
  await window_of(page).locator('.frame img').waitFor();
  return { context, page };
}

for (const width of [1200, 1680]) {
  test(`on a desk ${width} px wide a paper stands beside its application, which is read and worked in meanwhile`, async () => {
    const { context, page } = await withPapers({ ...desk, viewport: { width, height: 900 } });
    const beside = window_of(page);
    const edge = (await beside.boundingBox()).x;
    for (const part of await page.locator('main h1, main .card').all()) {
      const box = await part.boundingBox();
      assert.ok(box.x + box.width <= edge + 1 && box.width > 300, `what is read ends at ${box.x + box.width}, the paper begins at ${edge}`);
    }
    assert.ok((await beside.locator('.frame').boundingBox()).height > 500, 'the paper is large enough to be read');
    await page.locator('main .prose').first().hover();
    await page.mouse.wheel(0, 600);
    await page.waitForFunction(() => window.scrollY > 300);
    await page.mouse.wheel(0, -5000);
    await page.waitForFunction(() => window.scrollY === 0);
    for (const theme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme: theme });
      await assertAccessible(page, `a paper beside its application, ${theme}`);
    }

    await action(page, 'RETURN').click();
    await page.locator('[data-test=reason]').fill('检测报告');
    await page.keyboard.press('ArrowRight');
    assert.ok(await beside.getByText('QC-1').isVisible(), 'whoever types elsewhere turns no page');
    await page.keyboard.press('Escape');
    await page.locator('dialog[open]:not([data-test=beside])').waitFor({ state: 'detached' });
    assert.ok(await beside.isVisible(), 'the window on top is closed, no other');

    await beside.getByRole('button', { name: '下一件' }).click();
    await beside.getByText('QC-2').waitFor();
    await page.keyboard.press('ArrowLeft');
    await beside.getByText('QC-1').waitFor();
    await page.keyboard.press('Escape');
    await beside.waitFor({ state: 'detached' });
    assert.ok(await page.locator('[data-test=evidence] button').first().evaluate((one) => one === document.activeElement), 'the focus is where it was opened');
    await context.close();
  });
}

test('on a telephone a paper is a window over its application, also when a window becomes narrower', async () => {
  const { context, page } = await withPapers(phone);
  assert.equal(await page.locator('dialog:modal').count(), 1);
  await context.close();
  const wide = await withPapers({ ...desk, viewport: { width: 1280, height: 900 } });
  assert.equal(await wide.page.locator('dialog:modal').count(), 0);
  await wide.page.setViewportSize({ width: 800, height: 900 });
  await wide.page.locator('dialog:modal .frame img').waitFor();
  assert.ok(!await wide.page.evaluate(() => document.documentElement.classList.contains('with-beside')), 'the page takes its room back');
  await wide.context.close();
});
