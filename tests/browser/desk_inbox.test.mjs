/** What somebody is told at the desk: an office sends an application back, and the house's bell leads to it. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { assertAccessible, assertFitsWidth, desk, launch, openPage, signIn, small_phone } from './browser.mjs';
import { daysFrom, now } from './clock.mjs';
import { staff } from './staff.mjs';
import { gtin, run } from './steps.mjs';

const name = `消息笋干${run}`;
const scheme = `N${run}_YOUPIN`;
const year = Number(daysFrom(now(), 0).slice(0, 4)) + 1;

/** Asks again until there is an answer: facts travel between services. */
async function eventually(what, ask) {
  for (let tries = 0; tries < 200; tries += 1) {
    const found = await ask();
    if (found) return found;
    await pause(100);
  }
  return assert.fail(`${what} did not come`);
}

async function newProduct(merchant) {
  const like = await merchant('GET', '/v1/products/1');
  const body = {
    merchant_id: like.merchant.merchant_id, county_code: like.county.county_code, name, category: 'food_processed', summary: '笋干', description: '春笋晒成',
    storage: '阴凉干燥处', shelf_life_days: 365, origin_statement: '产自大关县', return_policy: 'SEVEN_DAY', purchase_mode: 'DIRECT_PURCHASE', listed: false,
    skus: [{ gtin: gtin(), name: '250克袋装', net_content_g: 250, price_fen: 2380 }],
  };
  return (await merchant('POST', '/v1/products', body)).product_id;
}

async function newBatch(certifier) {
  const rules = {
    scheme, name: `消息优品${run}`, counties: [], term_unit: 'CALENDAR_YEARS', term: 1, notice_days: 3, recommendations: 0, by_application: true,
    required_evidence: [], report_months_max: 0, price_band_bp: 0, base_required: false,
  };
  await certifier('POST', '/v1/schemes', rules);
  const days = { applications_from: daysFrom(now(), -1), applications_until: daysFrom(now(), 45), valid_from: `${year}-01-01`, valid_to: `${year + 1}-01-01` };
  return (await certifier('POST', '/v1/batches', { scheme, year, ...days })).batch_id;
}

let browser;
let merchant;
let certifier;
let application;
before(async () => {
  browser = await launch();
  merchant = await staff('merchant');
  certifier = await staff('certifier');
  const product_id = await newProduct(merchant);
  const batch_id = await newBatch(certifier);
  const draft = { batch_id, product_id, statement: '好吃', linkage: '带动十户' };
  application = await eventually('the product', async () => {
    const made = await merchant('POST', '/v1/applications', draft, { allowed: ['validation-failed'] });
    return made.application_id && made;
  });
});
after(() => browser?.close());

const step = (who, tag, body) => who('POST', `/v1/applications/${application.application_id}/steps`, body, { headers: { 'If-Match': tag } });
const about = (items, kind) => items.find((one) => one.kind === kind && one.application_id === application.application_id);
const told = (who, kind) => eventually(kind, async () => about((await who('GET', '/v1/messages?limit=100')).items, kind));
const unreadAt = (page) => page.locator('[data-test=bell]').filter({ visible: true }).locator('[data-test=unread]');

test('what an office sends back rings at the house, and the bell leads to it', async () => {
  // Whatever was told before is read.
  const [newest] = (await merchant('GET', '/v1/messages?limit=1')).items;
  if (newest) await merchant('POST', '/v1/messages/read', { through: newest.message_id });
  const submitted = await step(merchant, application.tag, { action: 'SUBMIT' });
  await told(certifier, 'APPLICATION_TO_REVIEW');
  await step(certifier, submitted.tag, { action: 'RETURN', reason: '缺检测报告。' });
  await told(merchant, 'APPLICATION_RETURNED');

  const { context, page, complaints } = await openPage(browser, small_phone);
  await signIn(page, 'merchant');
  await unreadAt(page).getByText('1', { exact: true }).waitFor();
  await page.locator('[data-test=latest]').getByText(`“${name}”的申请退回补正`).waitFor();
  await page.getByRole('link', { name: '消息，1 条未读' }).filter({ visible: true }).click();
  await page.waitForURL('**/desk/messages');
  const message = page.locator('[data-test=message]').filter({ hasText: name });
  await message.getByText('说明：缺检测报告。').waitFor();
  await assertAccessible(page, 'the messages of a house');
  await assertFitsWidth(page, 'the messages of a house');

  await page.getByRole('button', { name: '全部已读' }).click();
  await unreadAt(page).waitFor({ state: 'detached' });
  assert.ok(await page.getByRole('button', { name: '全部已读' }).isDisabled(), 'there is nothing left to mark');
  await page.getByRole('checkbox', { name: '只看未读' }).check();
  await page.getByText('没有符合条件的消息').waitFor();
  assert.ok(page.url().endsWith('?unread=true'), 'the filter stands in the address');
  await page.reload();
  await page.getByRole('button', { name: '清除条件' }).click();
  await message.click();
  await page.waitForURL(`**/desk/applications/${application.application_id}`);
  await page.locator('[data-test=missing]').getByText('缺检测报告。').waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});

test('an office is told what waits for it, and no other sees that', async () => {
  const { context, page, complaints } = await openPage(browser, desk);
  await signIn(page, 'certifier', '/messages?kind=APPLICATION_TO_REVIEW');
  const message = page.locator('[data-test=message]').filter({ hasText: name });
  await message.getByText('等您单位审核').waitFor();
  await assertAccessible(page, 'the messages of an office');
  await message.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/desk/applications/${application.application_id}`);
  assert.deepEqual(complaints, []);
  await context.close();
  const city = await staff('certifier.city');
  assert.equal(about((await city('GET', '/v1/messages?limit=100')).items, 'APPLICATION_TO_REVIEW'), undefined);
});

test('whoever sees the application by another way has read of it, and what is done waits for nobody', async () => {
  const at = `/v1/applications/${application.application_id}`;
  const [newest] = (await certifier('GET', '/v1/messages?limit=1')).items;
  await certifier('POST', '/v1/messages/read', { through: newest.message_id });
  await step(merchant, (await merchant('GET', at)).tag, { action: 'SUBMIT' });
  await told(certifier, 'APPLICATION_TO_REVIEW');
  const returned = await eventually('what was corrected', async () => {
    const found = await told(merchant, 'APPLICATION_RETURNED');
    return found.settled && found;
  });
  assert.equal(returned.unread, false, 'it is asked of the house no more');

  const { context, page, complaints } = await openPage(browser, desk);
  await signIn(page, 'certifier');
  await unreadAt(page).getByText('1', { exact: true }).waitFor();
  const opened = page.waitForResponse('**/v1/messages/opened');
  await page.goto(`/desk/applications/${application.application_id}`);
  await opened;
  await unreadAt(page).waitFor({ state: 'detached' });
  await page.goto('/desk/messages?unread=true');
  await page.getByText('没有符合条件的消息').waitFor();

  await step(certifier, (await certifier('GET', at)).tag, { action: 'RETURN', reason: '再补一份。' });
  await eventually('what was done', async () => about((await certifier('GET', '/v1/messages?limit=100')).items, 'APPLICATION_TO_REVIEW').settled);
  await page.goto('/desk/messages?kind=APPLICATION_TO_REVIEW');
  const done = page.locator('[data-test=message]').filter({ hasText: name }).first();
  await done.locator('[data-test=settled]').getByText('已经办了').waitFor();
  await assertAccessible(page, 'the messages of an office, one of them settled');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('what comes while its page stands open is not on it, and rings', async () => {
  const [newest] = (await merchant('GET', '/v1/messages?limit=1')).items;
  await merchant('POST', '/v1/messages/read', { through: newest.message_id });
  const { context, page, complaints } = await openPage(browser, desk);
  await page.clock.install();
  await signIn(page, 'merchant', `/applications/${application.application_id}`);
  await page.locator('[data-test=missing]').getByText('再补一份。').waitFor();
  await unreadAt(page).waitFor({ state: 'detached' });

  const { tag } = await merchant('GET', `/v1/applications/${application.application_id}`);
  const submitted = await step(merchant, tag, { action: 'SUBMIT' });
  await step(certifier, submitted.tag, { action: 'RETURN', reason: '第三份也要。' });
  const unread = async () => (await merchant('GET', '/v1/messages/count')).unread;
  await eventually('what came', unread);
  const told = page.waitForResponse('**/v1/messages/opened');
  await page.clock.fastForward(61_000);
  await told;
  await unreadAt(page).getByText('1', { exact: true }).waitFor();
  assert.equal(await unread(), 1);
  assert.deepEqual(complaints, []);
  await context.close();
});
