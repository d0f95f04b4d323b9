/** An organisation is corrected at the desk, the shop shows it, and an administrator invites people into an office. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { assertAccessible, assertFitsWidth, base_url, desk, launch, openPage, phone, signIn } from './browser.mjs';
import { staff } from './staff.mjs';
import { run, toast } from './steps.mjs';

const former = `更名前合作社${run}`;
const renamed = `更名后合作社${run}`;
let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const settled = (page) => page.waitForFunction(() => document.querySelector('main h1') && !document.querySelector('main .skeleton'));

/** What `ask` answers once it answers something; at the latest in twenty seconds. */
async function eventually(what, ask) {
  for (const latest = Date.now() + 20_000; Date.now() < latest; await pause(100)) {
    const answer = await ask();
    if (answer) return answer;
  }
  assert.fail(`${what}: not within twenty seconds`);
}

/** A house, and the merchant of its name, which the catalogue takes once it has heard of the house. */
async function houseThatSells() {
  const operator = await staff('operator');
  const { organisation_id } = await operator('POST', '/v1/organisations', { name: former, kind: 'MERCHANT', county_code: '530624' });
  const merchant = { name: former, kind: 'COOPERATIVE', county_code: '530624', organisation_id, sample: true };
  const merchant_id = await eventually('the catalogue knows the house', async () => (await operator('POST', '/v1/merchants', merchant, { allowed: ['validation-failed'] })).merchant_id);
  return { organisation_id, merchant_id };
}
async function nameInShop(merchant_id) {
  return (await (await fetch(`${base_url}/v1/merchants/${merchant_id}`)).json()).name;
}

test('an operator corrects a house on a telephone; two at once are told, and the shop shows the new name', async () => {
  const { organisation_id, merchant_id } = await houseThatSells();
  const { context, page, complaints } = await openPage(browser, phone);
  await signIn(page, 'operator', `/organisations/${organisation_id}`);
  await page.locator('[data-test=history]').getByText('登记以来没有更正过').waitFor();
  await assertAccessible(page, 'an organisation');
  await assertFitsWidth(page, 'an organisation');
  const { context: of_colleague, page: second, complaints: more } = await openPage(browser, phone, { expected: [412] });
  await signIn(second, 'reviewer', `/organisations/${organisation_id}`);
  await second.locator('#reason').waitFor();

  await page.fill('#name', renamed);
  await page.getByText('草稿已存在本机').waitFor();
  await page.reload();
  await page.getByText('已恢复').waitFor();
  assert.equal(await page.inputValue('#name'), renamed, 'a reload loses nothing');
  await page.click('[data-test=save]');
  await page.locator('#reason-fault').waitFor();
  await page.fill('#reason', '营业执照换新，名称变更，已核对原件');
  await page.locator('#reason-fault').waitFor({ state: 'detached' });
  assert.equal(await page.inputValue('#reason'), '营业执照换新，名称变更，已核对原件', 'what is typed into a field that was refused stays');
  await page.click('[data-test=save]');
  await toast(page, '已更正');
  const history = page.locator('[data-test=history] li');
  await history.getByText(former).waitFor();
  await history.getByText('营业执照换新，名称变更，已核对原件').waitFor();
  await page.getByRole('heading', { level: 1, name: renamed }).waitFor();

  await second.fill('#name', `${former}（又改）`);
  await second.fill('#reason', '另一个人也在改');
  await second.click('[data-test=save]');
  const conflict = second.locator('[data-test=conflict]');
  await conflict.getByText(renamed).waitFor();
  await assertAccessible(second, 'two who correct one organisation');
  await conflict.getByText(renamed).click();
  await conflict.getByRole('button').last().click();
  await of_colleague.close();

  await eventually('the shop shows the new name', async () => (await nameInShop(merchant_id)) === renamed);
  await page.reload();
  await page.locator('[data-test=merchants]').getByRole('link', { name: renamed }).waitFor();
  assert.deepEqual([...complaints, ...more], []);
  await context.close();
});

test('an office is an administrator’s to correct, who also invites into it; read in English on a desk', async () => {
  const admin = await staff('admin');
  const { organisation_id } = await admin('POST', '/v1/organisations', { name: `试办公室${run}`, kind: 'DISTRICT_OFFICE', county_code: '310112' });
  const { context, page, complaints } = await openPage(browser, desk);
  await signIn(page, 'operator', `/organisations/${organisation_id}`);
  await page.locator('[data-test=facts]').getByText('由平台管理员更正').waitFor();
  assert.equal(await page.locator('[data-test=save]').count() + (await page.locator('[data-test=invitations]').count()), 0);
  await assertAccessible(page, 'an office, to an operator');
  await context.close();

  const { context: of_admin, page: at_desk, complaints: more } = await openPage(browser, desk);
  await signIn(at_desk, 'admin', '/organisations');
  await at_desk.getByRole('button', { name: 'English' }).click();
  await at_desk.getByRole('heading', { name: 'Organisations' }).waitFor();
  await at_desk.goto(`/desk/organisations/${organisation_id}`);
  await at_desk.locator('#name').waitFor();
  await settled(at_desk);
  await assertAccessible(at_desk, 'an office, to an administrator');
  await assertFitsWidth(at_desk, 'an office, to an administrator');
  await at_desk.locator('[data-test=invite]').click();
  await at_desk.locator('dialog').getByRole('radio').nth(1).check();
  await assertAccessible(at_desk, 'inviting somebody into an office');
  await at_desk.locator('dialog button[type=submit]').click();
  const link = await at_desk.locator('[data-test=link]').inputValue();
  await at_desk.keyboard.press('Escape');
  await at_desk.locator('[data-test=invitations] [data-row]').waitFor();
  const { items } = await admin('GET', `/v1/invitations?organisation_id=${organisation_id}`);
  assert.deepEqual(items.map(({ role, state }) => [role, state]), [['auditor', 'OPEN']]);
  await of_admin.close();

  const { context: of_invited, page: invited } = await openPage(browser, phone);
  await invited.goto(link);
  await invited.getByText(`试办公室${run}`).first().waitFor();
  await of_invited.close();
  assert.deepEqual([...complaints, ...more], []);
});
