/** The origin of goods as a story: whom they help and who says so, the way from the county's seat, places in English. */

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { assertAccessible, assertFitsWidth, base_url, desk, findProduct, launch, openPage, phone, signIn, small_phone } from './browser.mjs';
import { openYear } from './staff.mjs';
import { chooseBatch } from './steps.mjs';

const pictures = process.env.SHANHAI_STATES_FOLDER;
if (pictures) mkdirSync(pictures, { recursive: true });
const picture = (page, title) => pictures && page.screenshot({ path: `${pictures}/story-${title}.png`, fullPage: true, animations: 'disabled' });

let browser;
let noodles;
before(async () => {
  browser = await launch();
  noodles = await findProduct('箬竹面');
});
after(() => browser?.close());

test('a product says whom it helps and which certification says so, before any program runs', async () => {
  const first = await (await fetch(`${base_url}/p/${noodles.product_id}`)).text();
  assert.match(first, /class="helped"[^>]*>.*?带动 46 户 158 人.*?据闵行优品 \d{4} 年认定（MHYP-\d{4}-0001）/s);
  for (const [device, colorScheme] of [[small_phone, 'dark'], [desk, 'light']]) {
    const { context, page, complaints } = await openPage(browser, { ...device, colorScheme });
    await page.goto(`/p/${noodles.product_id}`);
    const helped = page.locator('.helped');
    await helped.getByText('带动 46 户 158 人').waitFor();
    await page.getByText('认定依据与历史').click();
    await page.getByText('户数由认定部门认定时登记').waitFor();
    await assertAccessible(page, 'a product that helps households');
    await assertFitsWidth(page, 'a product that helps households');
    await picture(page, `helped-${colorScheme}`);
    assert.deepEqual(complaints, []);
    await context.close();
  }
  const silent = await (await fetch(`${base_url}/p/${(await findProduct('箬竹茶器套装')).product_id}`)).text();
  assert.doesNotMatch(silent, /class="helped"/, 'a real house claims nothing here');
});

/** The card as it is where nobody registered a base. */
async function withoutBase(page) {
  await page.route('**/v1/origin-cards/**', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), base: null } });
  });
}

test('goods without a base go their way from the county seat, and the card says so', async () => {
  for (const [locale, said, name, note] of [
    ['zh-CN', /^大关县县城在上海西面，直线约 1\d{2}0 公里$/, /^示意图：大关县县城在上海西面/, /画的是县城/],
    ['en', /^The seat of Daguan County lies about 1\d{2}0 km west of Shanghai/, /^Sketch: seat of Daguan County/, /this is the county seat/],
  ]) {
    const { context, page, complaints } = await openPage(browser, { ...phone, serviceWorkers: 'block' });
    await page.addInitScript((wanted) => localStorage.setItem('shanhai.locale', wanted), locale);
    await withoutBase(page);
    await page.goto(`/p/${noodles.product_id}`);
    const origin = page.locator('.origin');
    await origin.getByText(said).waitFor();
    await origin.getByRole('img', { name }).waitFor();
    await origin.getByText(note).waitFor();
    await assertAccessible(page, 'the way from a county seat');
    await assertFitsWidth(page, 'the way from a county seat');
    await picture(page, `seat-${locale}`);
    assert.deepEqual(complaints, []);
    await context.close();
  }
});

test('an English page calls places in English, beside their Chinese names, and finds them so', async () => {
  const { context, page, complaints } = await openPage(browser, desk);
  await page.addInitScript(() => localStorage.setItem('shanhai.locale', 'en'));
  await page.goto(`/p/${noodles.product_id}`);
  const place = page.locator('.tags a');
  await place.getByText('Daguan County, Zhaotong, Yunnan').waitFor();
  assert.equal(await place.locator('[lang="zh-CN"]').textContent(), '大关县');
  for (const words of ['daguan', 'Daguan County']) {
    await page.goto(`/?q=${encodeURIComponent(words)}`);
    await page.locator('a.product').getByText('箬竹面').first().waitFor();
    await page.locator('a.product .county').getByText('Daguan County, Yunnan').first().waitFor();
  }
  await page.goto('/');
  await page.locator('#search').fill('daguan');
  await page.locator('[data-test=suggestions]').getByText('Daguan County').waitFor();
  await assertAccessible(page, 'the list in English');
  await picture(page, 'english');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a merchant counts households, and is told what is missing', async () => {
  await openYear();
  const { context, page, complaints } = await openPage(browser, phone, { expected: [409] });
  await signIn(page, 'merchant', '/applications/new');
  await chooseBatch(page, '闵行优品');
  const own = await page.locator('#product option:not([disabled])').last().getAttribute('value');
  await page.selectOption('#product', own);
  await page.fill('#statement', '高山春笋柴火慢烘，一斤鲜笋出一两干。');
  await page.fill('#linkage', '与天星镇 46 户签有收购合同。');
  await page.fill('#households', '46 户');
  await page.fill('#people', '45');
  await page.getByRole('button', { name: '存为草稿' }).click();
  await page.locator('#households-fault').getByText('0 到 100000 的整数').waitFor();
  await page.fill('#households', '46');
  await page.getByRole('button', { name: '存为草稿' }).click();
  await page.locator('#people-fault').getByText('每户至少一人').waitFor();
  await assertAccessible(page, 'the form of an application');
  await assertFitsWidth(page, 'the form of an application');
  await picture(page, 'form');
  await page.fill('#people', '158');
  await page.getByRole('button', { name: '存为草稿' }).click();
  await page.waitForURL(/\/desk\/applications\/\d+$/);
  await page.locator('[data-test=checks]').getByText('没有附联农带农合同').waitFor();
  assert.equal(await page.inputValue('#households'), '46');
  assert.equal(await page.inputValue('#people'), '158');
  assert.deepEqual(complaints, []);
  await context.close();
});
