/** The way to every part of the desk: the bar at the side of a wide window, and what is behind ☰ and 「更多」 on a narrow one. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, assertFitsWidth, base_url, desk, launch, openPage, phone, signIn, small_phone } from './browser.mjs';

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const sections = '工作台各部分';
const tablet = { ...phone, viewport: { width: 768, height: 1024 } };
const narrow = [['360 px', small_phone], ['390 px', phone], ['768 px', tablet]];

/** It is not enough that a window is open: what stands in it is seen, within the window, and takes a tap. */
async function assertMenuIsSeen(page, what) {
  const menu = page.locator('dialog[open]');
  await menu.getByRole('navigation', { name: sections }).waitFor({ state: 'visible' });
  const box = await menu.boundingBox();
  const { width, height } = page.viewportSize();
  assert.ok(box.x >= 0 && box.y >= 0 && box.x + box.width <= width + 1 && box.y + box.height <= height + 1, `${what}: the menu is within the window`);
  return menu;
}

for (const [what, device] of narrow) {
  for (const login of ['operator', 'owner', 'finance']) {
    test(`${login} goes on a window of ${what} to what is behind 「更多」`, async () => {
      const { context, page, complaints } = await openPage(browser, device);
      await signIn(page, login);
      const [top, bottom] = [page.locator('header').getByRole('button', { name: '更多' }), page.locator('.foot').getByRole('button', { name: '更多' })];
      for (const button of (await bottom.count()) > 0 ? [top, bottom] : [top]) {
        await button.tap();
        const menu = await assertMenuIsSeen(page, what);
        await assertAccessible(page, `the menu on ${what}`);
        const last = menu.getByRole('navigation', { name: sections }).getByRole('link').last();
        const address = new URL(await last.getAttribute('href'), base_url).pathname;
        await last.tap();
        await page.waitForURL((url) => url.pathname === address);
        assert.equal(await page.locator('dialog[open]').count(), 0, 'the menu closes by itself');
        await page.locator('main h1').waitFor();
        await page.goto('/desk/');
      }
      await assertFitsWidth(page, `home on ${what}`);
      assert.deepEqual(complaints, []);
      await context.close();
    });
  }
}

test('a wide window has every part at its side, and the way out within its height', async () => {
  const { context, page, complaints } = await openPage(browser, { ...desk, viewport: { width: 1440, height: 900 } });
  await signIn(page, 'operator');
  const bar = page.locator('aside.bar');
  await bar.getByRole('link', { name: '点位' }).click();
  await page.waitForURL(/\/desk\/placements/);
  const out = await bar.getByRole('button', { name: '退出' }).boundingBox();
  assert.ok(out.y + out.height <= 900, 'the way out is seen without scrolling');
  assert.equal(await page.locator('.foot').isVisible(), false);
  assert.deepEqual(complaints, []);
  await context.close();
});
