/** Goods are found: what is suggested while one types, what a list can be narrowed by, and what to do where nothing is. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, assertFitsWidth, base_url, desk, launch, openPage, phone, small_phone } from './browser.mjs';
import * as given from './fixtures.mjs';
import { cut, hang, surround, World } from './interception.mjs';
import { usualAnswers } from './usual.mjs';

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const wide = { ...desk, viewport: { width: 1440, height: 900 } };
/** On the platform itself, with its sample data. */
async function visit(device, address, options) {
  const opened = await openPage(browser, { ...device, serviceWorkers: 'block' }, options);
  await opened.page.goto(address);
  await opened.page.locator('.product, [data-test=empty]').first().waitFor();
  return opened;
}
/** With answers that are made up. */
async function among(answers, device = phone) {
  const opened = await openPage(browser, { ...device, serviceWorkers: 'block' });
  const surroundings = await surround(opened.context, opened.page);
  surroundings.world = new World(base_url, { ...usualAnswers(), ...answers });
  await opened.page.goto('/');
  await opened.page.locator('.product').first().waitFor();
  return { ...opened, world: surroundings.world };
}

const options = (page) => page.locator('[data-test=suggestions] [role=option]');
const activeText = (page) => page.evaluate(() => document.getElementById(document.querySelector('#search').getAttribute('aria-activedescendant') ?? '')?.innerText ?? null);
const facetsOf = (path) => fetch(`${base_url}/v1/products/facets${path}`).then((answer) => answer.json());
const choice = (page, text) => page.locator('[data-test=facets] .choice', { hasText: text }).first();
const countOf = async (page, text) => Number(await choice(page, text).locator('.n').innerText());
const settled = (page) => page.waitForLoadState('networkidle');

test('what is suggested is chosen by the keyboard alone, and nothing moves when it opens', async () => {
  const { context, page, complaints } = await visit(desk, '/');
  await settled(page);
  const before = await page.locator('h1').boundingBox();
  await page.focus('#search');
  await page.keyboard.type('daguan');
  await options(page).first().waitFor();
  assert.deepEqual(await page.locator('h1').boundingBox(), before, 'the page stays where it is');
  assert.equal(await page.getAttribute('#search', 'aria-expanded'), 'true');
  assert.equal(await activeText(page), null);
  await page.keyboard.press('ArrowDown');
  assert.match(await activeText(page), /大关县/);
  await assertAccessible(page, 'the open suggestions');
  await page.keyboard.press('ArrowUp');
  assert.equal(await activeText(page), null, 'back at what was typed');
  await page.keyboard.press('Escape');
  await options(page).first().waitFor({ state: 'hidden' });
  assert.equal(await page.inputValue('#search'), 'daguan', 'what was typed stays');
  await page.keyboard.press('ArrowDown');
  await options(page).first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.search === '?county=530624');
  await page.getByRole('heading', { level: 1, name: /大关县/ }).waitFor();
  assert.match(await page.title(), /^大关县 · /);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('on a telephone a product that is suggested is opened by a touch; targets are large enough', async () => {
  const { context, page } = await visit(small_phone, '/');
  await page.locator('#search').pressSequentially('箬竹');
  await options(page).first().waitFor();
  await assertFitsWidth(page, 'the open suggestions');
  for (const { height } of await options(page).evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON()))) assert.ok(height >= 44, `${height} px`);
  await options(page).filter({ hasText: '箬竹笋干' }).tap();
  await page.waitForURL(/\/p\/\d+$/);
  await page.getByRole('heading', { level: 1, name: '箬竹笋干' }).waitFor();
  await page.goBack();
  await page.locator('.product').first().waitFor();
  assert.ok(!(await options(page).first().isVisible()), 'nothing hangs over the list');
  await context.close();
});

test('while an input method composes nothing is asked for, and its keys are its own', async () => {
  const { context, page, world } = await among({ 'GET /v1/products/suggestions': { items: [given.suggestion('PRODUCT', '箬竹面', { product_id: 1 })] } });
  const session = await context.newCDPSession(page);
  await page.focus('#search');
  await session.send('Input.imeSetComposition', { text: 'ruo', selectionStart: 3, selectionEnd: 3 });
  // That nothing comes has no condition to wait for: longer than the pause after which it would.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 400)));
  assert.ok(!world.asked.includes('GET /v1/products/suggestions'), 'half a word is nobody’s question');
  await page.evaluate(() => document.querySelector('#search').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, isComposing: true, bubbles: true, cancelable: true })));
  assert.equal(new URL(page.url()).search, '');
  await session.send('Input.insertText', { text: '箬' });
  await options(page).filter({ hasText: '箬竹面' }).waitFor();
  assert.equal(await page.inputValue('#search'), '箬');
  await context.close();
});

for (const [how, answer] of [['slow', hang], ['broken', cut]]) {
  test(`where suggestions are ${how}, one types and finds all the same`, async () => {
    const { context, page } = await among({ 'GET /v1/products/suggestions': answer });
    await page.locator('#search').pressSequentially('笋干');
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=/);
    assert.equal(new URL(page.url()).searchParams.get('q'), '笋干');
    assert.ok(!(await options(page).first().isVisible()));
    await page.getByRole('heading', { level: 1, name: /笋干/ }).waitFor();
    await context.close();
  });
}

test('what was searched is offered again on this device, and forgotten when asked', async () => {
  const { context, page } = await visit(phone, '/');
  await page.fill('#search', '核桃');
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=/);
  await page.goto('/');
  await page.locator('.product').first().waitFor();
  await page.locator('#search').tap();
  await options(page).filter({ hasText: '核桃' }).waitFor();
  await assertAccessible(page, 'the last searches');
  await options(page).filter({ hasText: '核桃' }).tap();
  await page.waitForURL(/q=/);
  await page.getByRole('link', { name: /核桃/ }).first().waitFor();
  await page.fill('#search', '');
  await page.getByRole('button', { name: '清除搜索记录' }).tap();
  await options(page).first().waitFor({ state: 'hidden' });
  assert.equal(await page.evaluate(() => localStorage.getItem('shanhai.searches')), null);
  await context.close();
});

test('on a desk filters stand beside what was found: several at once, each count what it leads to, Back undoes one', async () => {
  const { context, page, complaints } = await visit(wide, '/?scheme=BAIXIAN_BAIPIN');
  await settled(page);
  const tea = await countOf(page, '茶叶');
  assert.equal(tea, (await facetsOf('?scheme=BAIXIAN_BAIPIN&category=tea')).products);
  await choice(page, '茶叶').click();
  await page.waitForURL(/category=tea/);
  await page.locator('.total', { hasText: `共 ${tea} 件` }).waitFor();
  assert.equal(await page.locator('.product').count(), Math.min(tea, 12), 'as many as were promised');
  await assertAccessible(page, 'the filters of a desk');

  const narrower = await facetsOf('?scheme=BAIXIAN_BAIPIN&category=tea');
  const [county] = narrower.counties;
  await settled(page);
  assert.equal(await countOf(page, county.name), county.products, 'counts follow the other choices');
  assert.equal(await page.locator('[data-test=facets] .choice', { hasText: '大关县' }).count(), 0, 'a county without such tea is not offered');
  await choice(page, county.name).click();
  await page.waitForURL(/county=/);
  await page.locator('.total', { hasText: `共 ${county.products} 件` }).waitFor();
  assert.equal(await page.locator('.conditions li').count(), 4, 'three, and all at once');

  await page.goBack();
  await page.waitForURL((url) => !url.searchParams.has('county'));
  await page.locator('.total', { hasText: `共 ${tea} 件` }).waitFor();
  await page.getByRole('button', { name: '去掉条件：百县百品' }).click();
  await page.waitForURL((url) => url.search === '?category=tea');
  await choice(page, '茶叶').click();
  await page.waitForURL((url) => url.search === '');
  await page.locator('[data-test=banner]').waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});

test('on a telephone the filters are a sheet that stays open for several, and says how many are left', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const { context, page } = await visit({ ...phone, colorScheme }, '/');
    await page.locator('[data-test=filter]').tap();
    await choice(page, '茶叶').waitFor();
    await assertAccessible(page, `the sheet, ${colorScheme}`);
    await assertFitsWidth(page, 'the sheet');
    const small = await page.locator('[data-test=filters] :is(a, button, summary)').evaluateAll((all) => all.filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44).map((one) => one.outerHTML.slice(0, 80)));
    assert.deepEqual(small, []);
    const tea = await countOf(page, '茶叶');
    await choice(page, '茶叶').tap();
    await page.getByRole('button', { name: `看 ${tea} 件` }).waitFor();
    const [scheme] = (await facetsOf('?category=tea')).schemes;
    await choice(page, scheme.name).tap();
    await page.getByRole('button', { name: `看 ${scheme.products} 件` }).tap();
    await page.locator('[data-test=filters]').waitFor({ state: 'hidden' });
    const url = new URL(page.url());
    assert.deepEqual([url.searchParams.get('category'), url.searchParams.get('scheme')], ['tea', scheme.scheme]);
    await page.getByRole('button', { name: '全部清除' }).tap();
    await page.waitForURL((now) => now.search === '');
    await context.close();
  }
});

test('an address that is shared opens what it names: a county, a province, what is in season, a seller', async () => {
  const { counties, in_season } = await facetsOf('');
  const of_yunnan = counties.filter((one) => one.province === '云南省').reduce((sum, one) => sum + one.products, 0);
  for (const [address, heading, n] of [
    ['/?county=530624', '大关县', counties.find((one) => one.county_code === '530624').products],
    ['/?area=云南省', '云南省', of_yunnan],
    ['/?season=now', '当季好物', in_season],
  ]) {
    const { context, page } = await visit(wide, encodeURI(address));
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    await page.locator('.total', { hasText: `共 ${n} 件` }).waitFor();
    assert.ok((await page.title()).startsWith(`${heading} · `), await page.title());
    await context.close();
  }
  // A seller is chosen among the others, and told by the name also where nothing of it is left.
  const opened = await visit(wide, encodeURI('/?area=云南省'));
  const [seller] = (await facetsOf(encodeURI('?area=云南省'))).merchants;
  await choice(opened.page, seller.name).click();
  await opened.page.locator('.total', { hasText: `共 ${seller.products} 件` }).waitFor();
  await opened.page.goto(encodeURI(`/?area=云南省&q=手机&merchant=${seller.merchant_id}`));
  await opened.page.locator('[data-test=empty]').waitFor();
  assert.equal(await opened.page.locator('.conditions li').count(), 4);
  await opened.context.close();
  const { context, page } = await visit(phone, '/');
  await page.locator('.product').first().tap();
  await page.getByRole('link', { name: '看这家的全部商品' }).tap();
  await page.waitForURL(/\?merchant=\d+$/);
  const answer = await (await fetch(`${base_url}/v1/products?merchant_id=${new URL(page.url()).searchParams.get('merchant')}`)).json();
  await page.getByRole('heading', { level: 1, name: answer.items[0].merchant.name }).waitFor();
  await context.close();
});

test('a list is sorted by price, says so, and is shared and left in that order', async () => {
  const prices = (page) => page.locator('.product .price').evaluateAll((all) => all.map((one) => Number(one.textContent.replace(/[^\d.]/g, ''))));
  const rising = (all, by) => all.every((one, i) => i === 0 || by * (one - all[i - 1]) >= 0);
  for (const device of [small_phone, wide]) {
    const { context, page, complaints } = await visit(device, '/');
    await page.locator('[data-test=sort]').selectOption('price_ascending');
    await page.waitForURL((url) => url.search === '?sort=price_ascending');
    await page.getByText('按最低规格价从低到高').waitFor();
    await page.getByRole('button', { name: '加载更多' }).click();
    await page.locator('.product').nth(12).waitFor();
    const cheap = await prices(page);
    assert.ok(cheap.length > 12 && cheap[0] < cheap.at(-1) && rising(cheap, 1), String(cheap));
    await assertAccessible(page, 'the sorted list');
    await assertFitsWidth(page, 'the sorted list');
    await page.fill('#search', '茶');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.searchParams.get('sort') === 'price_ascending' && url.searchParams.get('q') === '茶');
    await page.locator('[data-test=sort]').selectOption('price_descending');
    await page.getByText('按最低规格价从高到低').waitFor();
    const dear = await prices(page);
    assert.ok(dear.length > 2 && rising(dear, -1), String(dear));
    await page.locator('[data-test=sort]').selectOption('');
    await page.waitForURL((url) => !url.searchParams.has('sort'));
    await page.goBack();
    await page.getByText('按最低规格价从高到低').waitFor();
    assert.equal(await page.locator('[data-test=sort]').inputValue(), 'price_descending');
    assert.deepEqual(complaints, []);
    await context.close();
  }
});

test('what was put right says so, and is looked for as it was typed when that is meant', async () => {
  for (const [device, options, ask, anyway] of [[small_phone, {}, '没有找到输入的词，显示的是「香菇」的结果，', '仍然搜索「香茹」'], [desk, { locale: 'en' }, 'Shown is what “香菇” finds;', 'search for “香茹” all the same']]) {
    const { context, page, complaints } = await visit({ ...device, ...options }, `/?q=${encodeURIComponent('香茹')}`);
    await page.locator('[data-test=corrected]', { hasText: ask }).waitFor();
    await assertAccessible(page, 'what was put right');
    await assertFitsWidth(page, 'what was put right');
    await page.getByRole('link', { name: anyway }).click();
    await page.waitForURL((url) => url.searchParams.get('exact') === 'true' && url.searchParams.get('q') === '香茹');
    await page.locator('[data-test=empty]').waitFor();
    assert.equal(await page.locator('[data-test=corrected]').count(), 0);
    await page.fill('#search', '火退');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => !url.searchParams.has('exact'));
    await page.locator('[data-test=corrected]', { hasText: '火腿' }).waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  }
});

test('a shared address says before any program what it shows, and the program says the same', async () => {
  const { context, page } = await openPage(browser, { ...phone, serviceWorkers: 'block' });
  const sent = async (address) => (await fetch(base_url + encodeURI(address), { headers: { accept: 'text/html' } })).text();
  for (const [address, name] of [['/?county=530624', '大关县'], ['/?category=tea', '茶叶'], ['/?area=云南省', '云南省'], ['/?county=530624&category=tea&sort=newest', '大关县 · 茶叶']]) {
    const html = await sent(address);
    const title = /<title>([^<]*)</.exec(html)[1];
    assert.ok(title.startsWith(`${name} · `), title);
    assert.ok(html.includes(`property="og:title" content="${title}"`) && html.includes('property="og:description" content="'), address);
    await page.goto(encodeURI(address));
    await page.locator('.product, [data-test=empty]').first().waitFor();
    await page.waitForFunction((told) => document.title === told, title);
  }
  // Of a county without goods, and of one that nobody assists, too.
  for (const [county, name] of [['520326', '务川仡佬族苗族自治县'], ['310112', '闵行区']]) {
    const title = /<title>([^<]*)</.exec(await sent(`/?county=${county}`))[1];
    assert.ok(title.startsWith(`${name} · `), title);
    await page.goto('/?category=tea');
    await page.locator('.product').first().waitFor();
    await page.goto(`/?county=${county}`);
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await page.waitForFunction((told) => document.title === told, title);
    await page.locator('[data-test=empty]').getByText('附近有商品的产地').waitFor();
    await page.locator('[data-test=empty]').getByRole('link').first().waitFor();
  }
  const [plain, of_nothing] = [await sent('/'), await sent('/?area=恭喜中奖&category=nonsense')].map((html) => /<title>([^<]*)</.exec(html)[1]);
  assert.equal(of_nothing, plain, 'nobody’s words stand under our name');
  await context.close();
});

test('sets are found by their names and by what is in them, in a line above the goods', async () => {
  const { context, page, complaints } = await visit(small_phone, encodeURI('/?q=咖啡'));
  const sets = page.locator('[data-test=bundles]');
  await sets.getByRole('link', { name: '保山咖啡尝鲜组合' }).waitFor();
  await assertAccessible(page, 'sets that were found');
  await assertFitsWidth(page, 'sets that were found');
  await page.fill('#search', '尝鲜组合');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.searchParams.get('q') === '尝鲜组合');
  await sets.getByRole('link', { name: '保山咖啡尝鲜组合' }).click();
  await page.waitForURL(/\/b\/\d+$/);
  await page.goto(encodeURI('/?q=昭通'));
  await page.locator('.product').first().waitFor();
  await settled(page);
  assert.equal(await sets.count(), 0, 'a place is no wish for a set');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('categories and seasons that lead nowhere are not offered on the first page either', async () => {
  const { context, page } = await among({ 'GET /v1/products/facets': given.facets({ categories: [{ category: 'noodles', name: '面条', products: 2 }], in_season: 0 }) });
  await page.locator('[data-test=categories]').getByText('面条').waitFor();
  assert.deepEqual(await page.locator('[data-test=categories] a').allInnerTexts(), ['全部', '面条']);
  await context.close();
});

test('where nothing is found, what leads to something is told with its count', async () => {
  const { context, page, complaints } = await visit(phone, '/?county=530624&category=tea');
  const empty = page.locator('[data-test=empty]');
  const without_tea = (await facetsOf('?county=530624')).products;
  await empty.getByRole('link', { name: `不限“茶叶” ${without_tea}` }).waitFor();
  const [nearest] = (await facetsOf('?category=tea')).counties;
  await empty.getByText('附近有商品的产地').waitFor();
  await empty.getByRole('link', { name: new RegExp(nearest.name) }).waitFor();
  await assertAccessible(page, 'nothing found');
  await empty.getByRole('link', { name: /不限“茶叶”/ }).tap();
  await page.waitForURL((url) => url.search === '?county=530624');
  await page.locator('.product').first().waitFor();
  assert.equal(await empty.count(), 0);

  await page.fill('#search', 'qqqzzz');
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=qqqzzz/);
  await page.getByRole('button', { name: '去掉条件：大关县' }).tap();
  await empty.getByText('有商品的类别').waitFor();
  await empty.getByRole('link', { name: /茶叶/ }).tap();
  await page.waitForURL((url) => url.search === '?category=tea');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('an address that names what there is not says so, and leads back', async () => {
  for (const device of [phone, wide]) {
    const { context, page } = await openPage(browser, { ...device, serviceWorkers: 'block' });
    await page.goto('/?category=nonsense');
    await page.getByText('没有这样的条件').waitFor();
    await assertAccessible(page, 'no such category');
    await page.getByRole('button', { name: '清除条件' }).click();
    await page.waitForURL((url) => url.search === '');
    await page.locator('.product').first().waitFor();
    // What has not even the shape of a condition is none.
    await page.goto('/?county=nowhere&scheme=%3Cb%3E');
    await page.locator('[data-test=banner]').waitFor();
    assert.equal(await page.locator('.conditions').count(), 0);
    await context.close();
  }
});
