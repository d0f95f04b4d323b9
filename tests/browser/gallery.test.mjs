/** Pictures of a product: put in order at the desk, looked through in the shop. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, assertFitsWidth, desk, launch, openPage, phone, signIn } from './browser.mjs';
import { fillProduct, gtin, run, toast } from './steps.mjs';

const product = { name: `试验笋衣${run}`, sku: '250克袋装', price: '23.80' };
let browser;
let address;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** Three that differ. */
async function photographs(page) {
  const colours = ['rgb(160, 60, 40)', 'rgb(40, 120, 60)', 'rgb(40, 60, 160)'];
  const buffers = [];
  for (const colour of colours) {
    await page.evaluate((background) => {
      const sheet = document.createElement('div');
      Object.assign(sheet.style, { position: 'fixed', inset: '0', zIndex: '9', background });
      document.body.replaceChildren(...[...document.body.children].filter((one) => !one.hasAttribute('data-sheet')), sheet);
      sheet.setAttribute('data-sheet', '');
    }, colour);
    buffers.push(await page.screenshot({ type: 'jpeg' }));
  }
  await page.evaluate(() => document.querySelector('[data-sheet]').remove());
  return buffers.map((buffer, i) => ({ name: `笋衣${i + 1}.jpg`, mimeType: 'image/jpeg', buffer }));
}
const shown = (page) => page.locator('[data-test=pictures] img').evaluateAll((all) => all.map((one) => one.getAttribute('src')));

test('a clerk puts the pictures of a product in order by keyboard, by dragging, and takes one out', async () => {
  // Three at once may find the decoder busy; they go again by themselves.
  const { context, page, complaints } = await openPage(browser, desk, { expected: [503] });
  await signIn(page, 'merchant', '/products/new');
  await fillProduct(page, product);
  await page.fill('#sku-0-price', product.price);
  await page.fill('#sku-0-gtin', gtin());
  await page.setInputFiles('[data-test=picture] [data-test=file]', await photographs(page));
  await page.locator('[data-test=pictures] li').nth(2).waitFor();
  const [first, second, third] = await shown(page);

  await page.locator('[data-test=pictures] li').nth(2).locator('[data-test=earlier]').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.getByText('第 2 张现在是封面。').waitFor();
  assert.deepEqual(await shown(page), [third, first, second]);
  await page.locator('[data-test=pictures] li').nth(2).dragTo(page.locator('[data-test=pictures] li').nth(0));
  assert.deepEqual(await shown(page), [second, third, first]);
  await page.locator('[data-test=pictures] li').nth(1).locator('[data-test=remove]').click();
  assert.deepEqual(await shown(page), [second, first]);
  await assertAccessible(page, 'the pictures of a product');

  await page.click('[data-test=save]');
  await toast(page, '已登记');
  await page.waitForURL(/\/desk\/products\/\d+$/);
  await page.locator('[data-test=pictures] li').nth(1).waitFor();
  assert.deepEqual(await shown(page), [second, first], 'as it was saved');
  await page.click('[data-test=list]');
  await toast(page, '已上架');
  address = page.url().replace('/desk/products/', '/p/');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a telephone fetches the cover, and the next picture when somebody begins to look', async () => {
  const { context, page, complaints } = await openPage(browser, phone);
  const fetched = [];
  page.on('request', (request) => {
    if (request.url().includes('/pictures/')) fetched.push(request.url());
  });
  await page.goto(address);
  const gallery = page.locator('[data-test=gallery]');
  await gallery.getByRole('img').first().waitFor();
  await page.waitForLoadState('networkidle');
  assert.equal(new Set(fetched).size, 1, 'the cover alone');
  await gallery.evaluate((track) => track.scrollTo({ left: track.clientWidth, behavior: 'instant' }));
  await page.getByText('2 / 2').waitFor();
  await gallery.getByRole('img', { name: /第 2 张，共 2 张/ }).waitFor();
  assert.equal(new Set(fetched).size, 2);
  await assertFitsWidth(page, 'a gallery');
  await assertAccessible(page, 'a gallery');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('on a desk the pictures are chosen below, or gone through by keys', async () => {
  const { context, page } = await openPage(browser, desk);
  await page.goto(address);
  await page.locator('[data-test=gallery]').focus();
  await page.keyboard.press('ArrowRight');
  await page.getByText('2 / 2').waitFor();
  await page.getByRole('button', { name: '看第 1 张图片' }).click();
  await page.getByText('1 / 2').waitFor();
  assert.equal(await page.locator('.choices [aria-current]').getAttribute('aria-label'), '看第 1 张图片');
  await assertAccessible(page, 'a gallery on a desk');
  await context.close();
});

test('a picture is seen whole, gone through and closed, and the focus comes back', async () => {
  for (const device of [phone, desk]) {
    const { context, page, complaints } = await openPage(browser, device);
    await page.goto(address);
    const opener = page.getByRole('button', { name: '看整张图片' });
    const viewer = page.getByRole('dialog');
    await opener.focus();
    await page.keyboard.press('Enter');
    await viewer.getByText('1 / 2').waitFor();
    const picture = viewer.getByRole('img', { name: /第 1 张，共 2 张/ });
    assert.equal(await picture.evaluate((one) => getComputedStyle(one).objectFit), 'contain', 'nothing of it is cut off');
    await assertAccessible(page, 'a picture seen whole');
    await assertFitsWidth(page, 'a picture seen whole');
    await page.keyboard.press('ArrowRight');
    await viewer.getByText('2 / 2').waitFor();
    await viewer.getByRole('button', { name: '上一张图片' }).click();
    await viewer.getByText('1 / 2').waitFor();
    await viewer.getByRole('button', { name: '下一张图片' }).click();
    await viewer.getByText('2 / 2').waitFor();
    const reached = new Set();
    for (let i = 0; i < 8; i += 1) {
      await page.keyboard.press('Tab');
      reached.add(await page.evaluate(() => (document.activeElement === document.body ? 'body' : document.activeElement.closest('dialog') ? document.activeElement.dataset.test ?? 'track' : 'behind')));
    }
    reached.delete('body'); // The browser's own buttons come between.
    assert.deepEqual([...reached].sort(), ['close', 'next', 'previous', 'track'], 'the focus goes through all of it and stays in it');
    const box = await viewer.boundingBox();
    assert.deepEqual([box.x, box.y, box.width, box.height], [0, 0, ...(({ width, height }) => [width, height])(page.viewportSize())], 'it covers the window');
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).overflow), 'hidden', 'the page behind stays where it is');
    await page.keyboard.press('Escape');
    await viewer.waitFor({ state: 'detached' });
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('data-test')), 'whole', 'the focus is where it was');
    await page.locator('.gallery').getByText('2 / 2').waitFor();
    await page.locator('[data-test=gallery]').click();
    await viewer.getByText('2 / 2').waitFor();
    await viewer.getByRole('button', { name: '关上图片' }).click();
    await viewer.waitFor({ state: 'detached' });
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('data-test')), 'gallery');
    await page.waitForURL(address); // No hand is quicker than the way back; a test is.
    await page.keyboard.press('Enter');
    await viewer.getByText('2 / 2').waitFor();
    await page.goBack();
    await viewer.waitFor({ state: 'detached' });
    assert.equal(page.url(), address, 'back closes the picture and leaves the page');
    await page.getByRole('heading', { level: 1 }).waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  }
});
