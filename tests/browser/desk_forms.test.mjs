/**
 * Forms and lists of the desk: what is wrong is said at its field, the focus stays where somebody works, and what is shown can be read
 * and followed. What the services answer is made up.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, phone } from './browser.mjs';
import * as given from './fixtures.mjs';
import { enterDesk } from './usual.mjs';

const house = { organisation_id: 1, name: '大关县筇竹专业合作社', kind: 'MERCHANT', county_code: '530624' };
const owner = { 'POST /v1/auth/refresh': given.tokens({ sub: '7', name: '店主', roles: ['merchant'], org: 1, organisation_id: 1 }) };
const operator = { 'POST /v1/auth/refresh': given.tokens({ sub: '8', name: '运营', roles: ['operator'], org: 3, organisation_id: 3 }) };
const application = (over = {}) => ({
  application_id: 7, batch_id: 1, scheme: 'MINHANG_YOUPIN', year: 2027, product_id: 1, product_name: '箬竹面', county_code: '530624', state: 'DRAFT', notice_until: null, version: 3,
  statement: '鲜竹笋打浆和面。', linkage: '与 38 户签有收购合同。', evidence: [], checks: [], product_changed: false, certification_id: null, renews: null, steps: [], objections: [], ...over,
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
