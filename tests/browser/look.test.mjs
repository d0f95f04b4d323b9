/** How the shop looks: by night, on a telephone and a desk, with large letters, and that nothing moves while it comes. */

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { assertSoundBoxes } from './boxes.mjs';
import { assertAccessible, assertFitsWidth, base_url, desk, launch, openPage, phone, small_phone } from './browser.mjs';
import * as given from './fixtures.mjs';
import { surround, World } from './interception.mjs';
import { openForm } from './sheet.mjs';
import { usualAnswers } from './usual.mjs';

/** Where to put pictures to look at; nowhere without. */
const pictures = process.env.SHANHAI_STATES_FOLDER;
if (pictures) mkdirSync(pictures, { recursive: true });

const wide = { ...desk, viewport: { width: 1440, height: 900 } };
const goods = { 'GET /v1/products': given.page(given.many(1, 12), 'cursor') };
const shop = [
  ['list', '/', '[data-test=banner] .go'],
  ['county', '/?county=530624', '.conditions'],
  ['product', '/p/1', '.origin'],
  ['bundle', '/b/1', '.part .certified'],
  ['order', `/o/${given.order_number}#k=${given.order_key}`, '.line .muted'],
  ['orders', '/orders', 'h1'],
  ['notice', '/notices/1', '#objection'],
  ['edition', '/editions/1', '[data-test=verdict]'],
];

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

async function open(device, options = {}) {
  const opened = await openPage(browser, { ...device, ...options, serviceWorkers: 'block' });
  const surroundings = await surround(opened.context, opened.page);
  surroundings.world = new World(base_url, { ...usualAnswers(), ...goods });
  return opened;
}
const picture = (page, name) => pictures && page.screenshot({ path: `${pictures}/look-${name}.png`, animations: 'disabled' });

for (const [device_name, device] of [['a telephone', phone], ['a desk', wide]]) {
  test(`by night, on ${device_name}, every page of the shop is dark and legible`, async () => {
    const { context, page } = await open(device, { colorScheme: 'dark' });
    for (const [name, address, there] of shop) {
      await page.goto('about:blank');
      await page.goto(address);
      await page.locator(there).first().waitFor();
      const [red, green, blue] = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor.match(/\d+/g).map(Number));
      assert.ok(red + green + blue < 150, `${name} is not dark`);
      await assertAccessible(page, `${name} by night`);
      await picture(page, `night-${device.viewport.width}-${name}`);
    }
    await context.close();
  });
}

for (const [width, font, locale] of [[360, 100, 'zh-CN'], [360, 200, 'zh-CN'], [390, 200, 'en'], [1440, 100, 'en'], [1440, 200, 'zh-CN']]) {
  test(`on ${width} px with letters of ${font} % (${locale}) nothing overlaps and nothing is cut`, async () => {
    const { context, page } = await open({ ...(width < 900 ? phone : wide), viewport: { width, height: 900 } });
    await page.addInitScript((language) => localStorage.setItem('shanhai.locale', language), locale);
    for (const [name, address, there] of shop) {
      await page.goto('about:blank');
      await page.goto(address);
      await page.locator(there).first().waitFor();
      await page.addStyleTag({ content: `html { font-size: ${font}% !important; }` });
      await assertSoundBoxes(page, name);
      await picture(page, `${width}-${font}-${locale}-${name}`);
    }
    await context.close();
  });
}

test('columns of cards: two on a telephone, five on a desk', async () => {
  for (const [device, columns] of [[small_phone, 2], [phone, 2], [wide, 5]]) {
    const { context, page } = await open(device);
    await page.goto('/');
    await page.locator('.product').first().waitFor();
    const tops = await page.locator('.product').evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().top)));
    assert.equal(tops.filter((one) => one === tops[0]).length, columns, `${device.viewport.width} px`);
    await context.close();
  }
});

/** What Web Vitals call good is 0.1. */
const shift_max = 0.05;
test('nothing that is read moves while a page comes', async () => {
  for (const device of [phone, wide]) {
    for (const [name, address, there] of shop.slice(0, 4)) {
      const { context, page } = await open(device);
      await page.addInitScript(() => {
        window.shifted = 0;
        new PerformanceObserver((list) => list.getEntries().forEach((one) => (window.shifted += one.hadRecentInput ? 0 : one.value))).observe({ type: 'layout-shift', buffered: true });
      });
      await page.goto(address);
      await page.locator(there).first().waitFor();
      await page.waitForLoadState('networkidle');
      const shifted = await page.evaluate(() => window.shifted);
      assert.ok(shifted < shift_max, `${name} on ${device.viewport.width} px: ${shifted.toFixed(3)}`);
      await context.close();
    }
  }
});

test('on a telephone the bar to buy stays at the lower edge, and the sheet that it opens has no accessibility faults', async () => {
  for (const [device, colorScheme] of [[small_phone, 'light'], [phone, 'dark']]) {
    const { context, page } = await open(device, { colorScheme });
    for (const address of ['/p/1', '/b/1']) {
      await page.goto(address);
      const bar = page.locator('[data-test=buy]');
      await bar.waitFor();
      for (const to of [0, 400]) {
        await page.evaluate((y) => window.scrollTo(0, y), to);
        const box = await bar.boundingBox();
        assert.ok(box.y > 0 && box.y + box.height <= device.viewport.height, `${address} scrolled to ${to}`);
      }
      await openForm(page);
      assert.equal(await page.evaluate(() => document.activeElement.id), 'sheet-title', 'no keyboard of a telephone hides what is to be chosen');
      await assertAccessible(page, 'the sheet');
      await assertFitsWidth(page, 'the sheet');
      await picture(page, `sheet-${device.viewport.width}-${address.slice(1, 2)}`);
    }
    await context.close();
  }
});

test('on a desk the form stands beside the pictures, and its button stays in sight', async () => {
  const { context, page } = await open(wide);
  for (const address of ['/p/1', '/b/1']) {
    await page.goto(address);
    const button = page.getByRole('button', { name: '提交订单并支付' });
    await button.waitFor();
    assert.ok(!(await page.locator('[data-test=buy]').isVisible()), 'no bar');
    for (const to of [0, 500]) {
      await page.evaluate((y) => window.scrollTo(0, y), to);
      const box = await button.boundingBox();
      assert.ok(box.y > 0 && box.y + box.height <= wide.viewport.height, `${address} scrolled to ${to}`);
    }
    await assertAccessible(page, address);
  }
  await context.close();
});

test('in a browser without dialogs the form stands in the page of a telephone', async () => {
  const { context, page } = await open(phone);
  await page.addInitScript(() => delete HTMLDialogElement.prototype.showModal);
  await page.goto('/p/1');
  await page.fill('#name', '李小山');
  assert.ok(!(await page.locator('[data-test=buy]').isVisible()), 'no bar');
  await page.getByRole('button', { name: '提交订单并支付' }).click();
  await page.locator('#phone-fault').waitFor();
  await assertAccessible(page, 'the form in the page');
  await context.close();
});

test('what is typed stays when the window becomes a telephone’s and a desk’s again', async () => {
  const { context, page } = await open(wide);
  await page.goto('/p/1');
  await page.fill('#name', '李小山');
  await page.setViewportSize({ width: 600, height: 900 });
  await page.locator('#name').waitFor({ state: 'hidden' });
  await openForm(page);
  assert.equal(await page.inputValue('#name'), '李小山');
  await page.fill('#phone', '13800138000');
  await page.setViewportSize(wide.viewport);
  await page.locator('[data-test=sheet]').waitFor({ state: 'hidden' });
  await page.locator('#phone').waitFor();
  assert.equal(await page.inputValue('#phone'), '13800138000');
  await context.close();
});
