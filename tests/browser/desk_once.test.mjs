/**
 * What was done already, by somebody else or by oneself in another tab, is told as news with who did it; what came back reads so; a form
 * that shows a draft says so; and nobody who works with the keyboard is lost. What the services answer is made up.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, desk, launch, phone } from './browser.mjs';
import * as given from './fixtures.mjs';
import { refuse, sequence } from './interception.mjs';
import { action, confirm } from './steps.mjs';
import { enterDesk } from './usual.mjs';

const office = { organisation_id: 2, name: '闵行区政府合作交流办', kind: 'DISTRICT_OFFICE', county_code: '310112' };
const house = { organisation_id: 1, name: '大关县筇竹专业合作社', kind: 'MERCHANT', county_code: '530624' };
const scheme = {
  ...given.scheme(), version: 1, offices: [office.name], district_code: '310112', counties: [], term_unit: 'CALENDAR_YEARS', term: 1, notice_days: 5, recommendations: 0,
  by_application: true, required_evidence: [], report_months_max: 0, price_band_bp: 0, base_required: false,
};
const application = (over = {}) => ({
  application_id: 7, batch_id: 1, scheme: scheme.scheme, year: 2027, product_id: 1, product_name: '箬竹面', county_code: '530624', state: 'UNDER_REVIEW', notice_until: null, version: 3,
  statement: '鲜竹笋打浆和面。', linkage: '与 38 户签有收购合同。', evidence: [], checks: [], product_changed: false, returned: false, returned_at: null, certification_id: null, renews: null, steps: [], objections: [], ...over,
});
const step = (action, state, by_account, over = {}) => ({ action, state, reason: '', at: '2026-11-28T02:00:00Z', by_account, organisation_id: 2, statement: null, linkage: null, evidence: null, ...over });
const returned = application({
  state: 'DRAFT', version: 4, returned: true, returned_at: '2026-11-28T02:00:00Z', steps: [step('SUBMIT', 'SUBMITTED', 9), step('RETURN', 'DRAFT', 6, { reason: '缺检测报告' })],
});
const shared = { 'GET /v1/organisations': given.page([office, house]), 'GET /v1/schemes': given.page([scheme]), 'GET /v1/batches': given.page([]), 'GET /v1/messages': given.page([]) };
const certifier = {
  ...shared, 'POST /v1/auth/refresh': given.tokens({ sub: '6', name: '二号认定', roles: ['certifier'], org: 2, organisation_id: 2 }), 'GET /v1/team': given.page([]),
  'GET /v1/account-names': { items: [{ account_id: 5, name: '一号认定' }, { account_id: 6, name: '二号认定' }] }, 'GET /v1/applications/7': application({ steps: [step('SUBMIT', 'SUBMITTED', 9)] }),
};
const merchant = { merchant_id: 8, name: house.name, kind: 'COOPERATIVE', county_code: '530624', active: true, self_operated: false, sample: true, area_note: '', version: 1, organisation_id: 1 };
const clerk = { ...shared, 'POST /v1/auth/refresh': given.tokens({ sub: '9', name: '店员', roles: ['merchant'], org: 1, organisation_id: 1 }) };

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());
const enter = (open, answers, device = phone) => enterDesk(browser, device, answers, open);
const window_of = (page) => page.locator('dialog[open]');
const focused = (page) => page.evaluate(() => `${document.activeElement?.tagName} ${document.activeElement?.textContent?.trim() ?? ''}`);

test('what another tab has done is told as one’s own, and the new state is shown', async () => {
  const { context, page } = await enter('/desk/applications/7', {
    ...certifier, 'POST /v1/applications/7/steps': refuse(409, 'step-not-now'), 'GET /v1/applications/7': sequence(application({ steps: [step('SUBMIT', 'SUBMITTED', 9)] }), returned),
  });
  await action(page, 'RETURN').click();
  await page.fill('[data-test=reason]', '缺检测报告');
  await confirm(page);
  await page.locator('[data-test=overtaken]').getByText('您在别处刚刚已经办过：已退回补正').waitFor();
  assert.equal(await page.locator('h1 [data-test=state]').textContent(), '已退回补正');
  await page.waitForFunction(() => document.activeElement?.tagName === 'H2');
  assert.match(await focused(page), /^H2 您现在可以/, 'the focus stands where the button was');
  await assertAccessible(page, 'what another tab has done');
  await context.close();
});

test('who takes back what a colleague has agreed to meanwhile is told who did, and what came of it', async () => {
  const proposal = {
    proposal_id: 3, certification_id: 14, state: 'REVOKED', reason: '弄虚作假，查证属实。', at: '2026-11-28T11:30:00Z', by_account: 6, organisation_id: 2, outcome: 'WAITING', answer: null, answered_at: null, answered_by: null,
    product_id: 1, product_name: '箬竹面', county_code: '530624', scheme: scheme.scheme, year: 2026, certificate_number: 'MH-2026-017',
  };
  const agreed = { ...proposal, outcome: 'AGREED', answer: '属实', answered_at: '2026-11-28T11:40:00Z', answered_by: 5 };
  const { context, page } = await enter('/desk/proposals', {
    ...certifier, 'GET /v1/proposals': sequence(given.page([proposal]), given.page([]), given.page([agreed])), 'POST /v1/proposals/3/answer': refuse(409, 'answered-already'),
  });
  await page.locator('[data-action=refuse]').click();
  await page.fill('[data-test=reason]', '提错了');
  await confirm(page);
  await page.locator('.toasts').getByText('撤销：箬竹面：一号认定刚刚已经办过').waitFor();
  await page.getByText('没有等答复的提议').waitFor();
  await page.waitForFunction(() => document.activeElement !== document.body);
  await context.close();
});

test('a double click neither closes the window that it opened nor drops the focus once it is done', async () => {
  const { context, page } = await enter('/desk/applications/7', { ...certifier, 'POST /v1/applications/7/steps': returned }, desk);
  await action(page, 'RETURN').dblclick();
  await window_of(page).waitFor();
  await page.locator('[data-test=reason]').fill('缺检测报告');
  await page.locator('dialog [data-test=confirm]').dblclick();
  await window_of(page).waitFor({ state: 'detached' });
  await page.locator('h1 [data-test=state]').getByText('已退回补正').waitFor();
  await page.waitForFunction(() => document.activeElement !== document.body);
  assert.match(await focused(page), /^H2 您现在可以/);
  await context.close();
});

test('a house sees what came back apart from its drafts, in its list, by its address, and on its first page', async () => {
  const unseen = application({ application_id: 8, product_name: '筇竹笋干', state: 'DRAFT', version: 1 });
  const { context, page, world } = await enter('/desk/applications', {
    ...clerk, 'GET /v1/applications': given.page([{ ...returned, steps: [] }, unseen]), 'GET /v1/merchants': given.page([merchant]),
    'GET /v1/products': given.page([]), 'GET /v1/bases': given.page([]), 'GET /v1/lots': given.page([]),
  }, desk);
  const states = page.locator('tr[data-row] [data-test=state]');
  await states.first().waitFor();
  assert.deepEqual(await states.allTextContents(), ['已退回补正', '草稿']);
  await page.locator('[data-tab=RETURNED]').click();
  await page.waitForURL('**/desk/applications?returned=true');
  await page.locator('[data-tab=RETURNED][aria-pressed=true]').waitFor();
  await page.locator('[data-tab=DRAFT]').click();
  await page.waitForURL((url) => url.searchParams.get('state') === 'DRAFT' && url.searchParams.get('returned') === 'false');
  await assertAccessible(page, 'a house’s applications');
  await page.goto('/desk/');
  await page.locator('[data-test=due]').getByText('退回补正：箬竹面').waitFor();
  assert.equal(world.asked.filter((name) => name === 'GET /v1/applications/7').length, 0, 'the list knows it');
  await context.close();
});

const base = (over = {}) => ({
  base_id: 3, merchant_id: 8, county_code: '530624', name: '玉碗筇竹基地', village: '玉碗镇', product_words: ['筇竹'], mu_x100: 12000, yield_kg_per_mu: 700, harvest_months: [4], latitude: null, longitude: null, confirmed: false, version: 1, ...over,
});

test('a correction that was not saved is announced above its form after a reload, and a newer version of one’s own is no stranger’s', async () => {
  const answers = { ...clerk, 'GET /v1/merchants': given.page([merchant]), 'GET /v1/bases/3': base(), 'GET /v1/bases/3/changes': given.page([{ what: 'CORRECTED', was: '', at: '2026-11-28T02:00:00Z', by_account: 9 }]) };
  const { context, page, world } = await enter('/desk/bases/3', answers, desk);
  await page.fill('#village', '玉碗镇新村');
  await page.getByText('草稿已存在本机').waitFor();
  await page.reload();
  const found = page.locator('[data-test=draft-found]');
  await found.waitFor();
  assert.equal(await page.inputValue('#village'), '玉碗镇新村');
  assert.ok((await found.boundingBox()).y < (await page.locator('#name').boundingBox()).y, 'above what it is about');
  await assertAccessible(page, 'a draft that was found');
  world.answer('GET /v1/bases/3', base({ village: '别的村', version: 2 }));
  await page.reload();
  await window_of(page).getByRole('heading', { name: '您在别处改过' }).waitFor();
  await window_of(page).getByText('您打开之后，您在别处保存了新的一版').waitFor();
  await context.close();
});
