/** Promises of the box that reads a receiver: at once, on the device, said aloud, asked about, and to be undone. */

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { assertAccessible, assertFitsWidth, base_url, desk, launch, openPage, phone, small_phone } from './browser.mjs';
import { surround, World } from './interception.mjs';
import { openForm } from './sheet.mjs';
import { usualAnswers } from './usual.mjs';

/** Where to put pictures to look at; nowhere without. */
const pictures = process.env.SHANHAI_STATES_FOLDER;
if (pictures) mkdirSync(pictures, { recursive: true });

const sent = { name: '李小山', phone: '13800138000', address: '上海市闵行区莘庄镇名都路8弄3号402' };
const whole = `${sent.name} ${sent.phone}\n${sent.address}`;
const doubtful = `李园 13800138000 021-64160000 ${sent.address}，201100`;

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

async function open(device, locale = 'zh-CN') {
  const opened = await openPage(browser, { ...device, serviceWorkers: 'block', permissions: ['clipboard-read', 'clipboard-write'] });
  const surroundings = await surround(opened.context, opened.page);
  surroundings.world = new World(base_url, usualAnswers());
  await opened.page.addInitScript((language) => localStorage.setItem('shanhai.locale', language), locale);
  await opened.page.goto('/p/1');
  await openForm(opened.page);
  return { ...opened, world: surroundings.world };
}

/** As a finger or a keyboard does it: the browser's own paste, with its events. */
async function paste(page, selector, text) {
  await page.locator(selector).focus();
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.keyboard.press('ControlOrMeta+V');
}

const typed = (page) => page.locator('#name, #phone, #address').evaluateAll((fields) => fields.map((field) => field.value));
const status = (page) => page.locator('[data-test=understood]');

test('on a telephone one button opens the box, and what is pasted is in the three fields at once', async () => {
  const { context, page, world, complaints } = await open(small_phone);
  assert.equal(await page.locator('#paste').count(), 0, 'folded');
  await assertFitsWidth(page, 'the folded box');
  await page.getByRole('button', { name: '粘贴收货信息，自动识别' }).click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'paste');
  const asked = world.asked.length;
  await paste(page, '#paste', whole);
  await page.getByText('已填到下面，提交前请看一眼').waitFor();
  assert.deepEqual(await typed(page), Object.values(sent));
  assert.match(await status(page).innerText(), /姓名: 李小山; 电话: 13800138000; 地址: 上海市/, 'a screen reader says what was understood');
  assert.deepEqual(world.asked.slice(asked).filter((one) => one.startsWith('POST')), [], 'nothing leaves the device');
  await assertAccessible(page, 'the box after a reading');
  await assertFitsWidth(page, 'the box after a reading');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('what has two readings is marked at its field until it is corrected, and what fits nowhere is shown', async () => {
  const { context, page, complaints } = await open(phone);
  await page.getByRole('button', { name: '粘贴收货信息，自动识别' }).click();
  await paste(page, '#paste', doubtful);
  await page.getByText('请核对：姓名、电话、地址').waitFor();
  assert.deepEqual(await status(page).locator('[data-test=left]').allInnerTexts(), ['201100', '021-64160000']);
  assert.equal(await page.getAttribute('#name', 'aria-describedby'), 'name-note');
  assert.equal(await page.locator('#name-note').innerText(), '请核对姓名');
  await assertAccessible(page, 'fields to be checked');
  await paste(page, '#paste', `王芳 13912345678 ${sent.address}`);
  await page.getByText('已填到下面，提交前请看一眼').waitFor();
  assert.deepEqual(await typed(page), ['王芳', '13912345678', sent.address], 'whoever was pasted last');
  await paste(page, '#paste', doubtful);
  await page.locator('#name-note').waitFor();
  await page.fill('#name', '李园园');
  await page.locator('#name-note').waitFor({ state: 'detached' });
  assert.equal(await page.locator('#phone-note').innerText(), '请核对电话');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('on a desk the box is open, the keyboard reads it, and undoing gives back what was typed', async () => {
  const { context, page, complaints } = await open(desk);
  await page.fill('#name', '王芳');
  await page.locator('#paste').focus();
  await page.keyboard.type(`${sent.phone} ${sent.address}`);
  assert.deepEqual(await typed(page), ['王芳', '', ''], 'nothing is read while it is typed');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('请核对：姓名').waitFor();
  assert.deepEqual(await typed(page), ['王芳', sent.phone, sent.address]);
  assert.match(await page.locator('#name-note').innerText(), /还是原来的/);
  await page.locator('[data-test=undo]').press('Enter');
  await page.getByText('已恢复为识别前的内容').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'paste');
  assert.deepEqual(await typed(page), ['王芳', '', '']);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('the whole in the field of the name is taken apart only when asked to be', async () => {
  const { context, page, complaints } = await open(phone);
  await paste(page, '#name', whole);
  await page.locator('[data-test=name-more]').waitFor();
  assert.match((await typed(page))[0], /13800138000/, 'it stands as it was pasted');
  await assertAccessible(page, 'the offer');
  await page.getByRole('button', { name: '拆开填写' }).click();
  await page.getByText('已填到下面').waitFor();
  assert.deepEqual(await typed(page), Object.values(sent));
  await page.fill('#address', `${sent.address} ${sent.phone}`);
  await page.locator('[data-test=address-more]').getByRole('button', { name: '保持原样' }).click();
  await page.locator('[data-test=address-more]').waitFor({ state: 'detached' });
  assert.deepEqual((await typed(page))[2], `${sent.address} ${sent.phone}`);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('the pasted text is kept nowhere, the form as ever', async () => {
  const { context, page } = await open(phone);
  await page.getByRole('button', { name: '粘贴收货信息，自动识别' }).click();
  await paste(page, '#paste', `${whole}\n备注：周末送`);
  await page.getByText('没有填入任何一栏').waitFor();
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  assert.ok(kept.includes(sent.phone), 'the form is');
  assert.ok(!kept.includes('周末送'));
  await page.reload();
  await openForm(page);
  assert.deepEqual(await typed(page), Object.values(sent));
  await context.close();
});

test('without a network what reads it does not come, and the fields can be filled all the same', async () => {
  const { context, page } = await open(phone);
  await page.route(/receiver_text/, (route) => route.abort('connectionfailed'));
  await page.evaluate(() => Object.defineProperty(navigator, 'onLine', { value: false }));
  await page.getByRole('button', { name: '粘贴收货信息，自动识别' }).click();
  await paste(page, '#paste', whole);
  await page.getByText('识别功能没有加载出来').waitFor();
  assert.deepEqual(await typed(page), ['', '', '']);
  await page.fill('#name', '王芳');
  assert.deepEqual(await typed(page), ['王芳', '', '']);
  await context.close();
});

for (const [name, device, font, locale] of [['360', small_phone, 100, 'zh-CN'], ['320', { ...phone, viewport: { width: 320, height: 640 } }, 200, 'zh-CN'], ['320', { ...phone, viewport: { width: 320, height: 640 } }, 200, 'en'], ['1280', desk, 100, 'zh-CN'], ['1280', desk, 200, 'en']]) {
  test(`the box fits ${name} px with letters of ${font} % (${locale})`, async () => {
    const { context, page, complaints } = await open(device, locale);
    await page.addStyleTag({ content: `html { font-size: ${font}% !important; }` });
    const fold = page.getByRole('button', { name: /粘贴收货信息|Paste name/ });
    if (await fold.count()) await fold.click();
    await paste(page, '#paste', doubtful);
    await page.locator('#name-note').waitFor();
    await assertFitsWidth(page, 'the box');
    await assertAccessible(page, 'the box');
    const mislabelled = await page.locator('[data-test=understood] q, [data-test=understood] span').evaluateAll((all) => all.filter((one) => /\p{Script=Han}/u.test(one.textContent) && !one.closest('[lang]').lang.startsWith('zh')).length);
    assert.equal(mislabelled, 0);
    if (pictures) await page.locator('form.card').screenshot({ path: `${pictures}/pasting-${name}-${font}-${locale}.png`, animations: 'disabled' });
    assert.deepEqual(complaints, []);
    await context.close();
  });
}
