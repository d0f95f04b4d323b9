/** Where goods come from: a base says where it lies at the desk, on a sketch of all of them, and in the shop on the way to Shanghai. */

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { assertAccessible, assertFitsWidth, desk, findProduct, launch, openPage, phone, signIn, small_phone } from './browser.mjs';
import { run, toast } from './steps.mjs';

const name = `定位基地${run}`;
const here = { latitude: 27.748914, longitude: 103.886996, accuracy: 12 };
const pictures = process.env.SHANHAI_STATES_FOLDER;
if (pictures) mkdirSync(pictures, { recursive: true });
const picture = (page, title) => pictures && page.screenshot({ path: `${pictures}/where-${title}.png`, fullPage: true, animations: 'disabled' });

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** Names on the sketch that lie over one another, or stick out of it. */
const muddled = (page) => page.locator('[data-test=sketch] svg').evaluate((svg) => {
  const frame = svg.getBoundingClientRect();
  const boxes = [...svg.querySelectorAll('text')].map((text) => ({ text: text.textContent, box: text.getBBox() }));
  const over = boxes.flatMap((one, i) => boxes.slice(i + 1).filter(({ box }) => {
    const across = Math.min(one.box.x + one.box.width, box.x + box.width) - Math.max(one.box.x, box.x);
    const down = Math.min(one.box.y + one.box.height, box.y + box.height) - Math.max(one.box.y, box.y);
    return across > 1 && down > 3; // The air above and below letters is nobody's.
  }).map((other) => `${one.text} × ${other.text}`));
  return [...over, ...boxes.filter(({ box }) => box.x < -1 || box.x + box.width > frame.width + 1).map(({ text }) => `${text} sticks out`)];
});

test('a clerk says where a base lies: refused, by pasting, by where the telephone is', async () => {
  const { context, page, complaints } = await openPage(browser, { ...phone, geolocation: here }, { expected: [422] });
  await signIn(page, 'merchant', '/bases/new');
  for (const [field, text] of Object.entries({ name, village: '天星镇', words: '筇竹笋', mu: '12', yield: '300' })) await page.fill(`#${field}`, text);
  await page.locator('#county option[value="530624"]').waitFor({ state: 'attached' });
  await page.selectOption('#county', '530624');

  await page.fill('#position', '27.75, 203.89');
  await page.locator('[data-test=save]').tap();
  await page.locator('#position-fault').getByText('没有读懂这个位置').waitFor();
  await page.fill('#position', '北纬27°45′0″ 东经103°53′24″');
  await page.locator('[data-test=position-said]').getByText('北纬 27.75°，东经 103.89°').waitFor();
  await page.locator('[data-test=here]').tap();
  await page.locator('[data-test=position-said]').getByText('浏览器没有允许定位').waitFor();
  assert.equal(await page.inputValue('#position'), '北纬27°45′0″ 东经103°53′24″', 'what was typed stays');
  await context.grantPermissions(['geolocation']);
  await page.locator('[data-test=here]').tap();
  await page.locator('[data-test=position-said]').getByText('误差约 12 米').waitFor();
  assert.equal(await page.inputValue('#position'), '27.74891, 103.887');
  await page.locator('[data-test=sketch] svg').waitFor();
  assert.deepEqual(await muddled(page), []);
  await assertAccessible(page, 'the form of a base');
  await assertFitsWidth(page, 'the form of a base');
  await picture(page, 'form');
  await page.locator('[data-test=save]').tap();
  await toast(page, '等平台运营确认');
  await page.reload();
  await page.waitForFunction(() => document.querySelector('#position')?.value === '27.74891, 103.887');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('all bases stand on one sketch, each opened by the keyboard', async () => {
  for (const [device, colorScheme] of [[desk, 'light'], [small_phone, 'dark']]) {
    const { context, page, complaints } = await openPage(browser, { ...device, colorScheme });
    await signIn(page, 'merchant', '/bases');
    const spot = page.locator('[data-test=sketch]').getByRole('link', { name, exact: true });
    await spot.waitFor();
    assert.deepEqual(await muddled(page), []);
    await assertAccessible(page, 'the sketch of bases');
    await assertFitsWidth(page, 'the sketch of bases');
    await picture(page, `bases-${colorScheme}`);
    await spot.focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction((wanted) => document.querySelector('#name')?.value === wanted, name);
    assert.match(page.url(), /\/desk\/bases\/\d+$/);
    assert.deepEqual(complaints, []);
    await context.close();
  }
});

test('an operator sees the bases of all houses on one sketch', async () => {
  const { context, page } = await openPage(browser, desk);
  await signIn(page, 'operator', '/bases');
  await page.locator('[data-test=sketch] a').nth(20).waitFor();
  assert.deepEqual(await muddled(page), []);
  await picture(page, 'all');
  await context.close();
});

test('a shopper sees how far it is to Shanghai, to a kilometre and no nearer', async () => {
  const noodles = await findProduct('箬竹面');
  for (const [device, options] of [[small_phone, { colorScheme: 'dark' }], [desk, {}]]) {
    const { context, page, complaints } = await openPage(browser, { ...device, ...options });
    const card = page.waitForResponse((answer) => answer.url().includes('/v1/origin-cards/') && answer.ok());
    await page.goto(`/p/${noodles.product_id}`);
    const { base } = await (await card).json();
    for (const degrees of [base.latitude, base.longitude]) assert.equal(Number(degrees.toFixed(2)), degrees, 'rounded to 0.01');
    const origin = page.locator('.origin');
    await origin.scrollIntoViewIfNeeded();
    await origin.getByText(/^在上海西面，直线约 1\d{2}0 公里$/).waitFor();
    await origin.getByRole('img', { name: /^示意图：.+在上海西面，直线约 1\d{2}0 公里。$/ }).waitFor();
    assert.equal(await origin.locator('.spot text').count(), 2, 'both places have their names');
    assert.deepEqual(await muddled(page), []);
    await assertAccessible(page, 'the origin card');
    await assertFitsWidth(page, 'the origin card');
    if (pictures) await origin.screenshot({ path: `${pictures}/where-card-${device.viewport.width}.png` });
    assert.deepEqual(complaints, []);
    await context.close();
  }
});
