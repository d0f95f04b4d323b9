/**
 * Every page × every state it can be in: how the state is brought about, what must then be visible and possible.
 * `states.test.mjs` renders each cell in a Chromium. A page without a row fails there, and so does a row without a
 * page; a cell that does not apply says why.
 *
 *   open      the address
 *   answers   what the services answer ("GET /v1/products/1"), over the page's usual answers; see `interception.mjs`
 *   act       what the shopper does, and what changes meanwhile
 *   see/never texts that must and must not be visible
 *   can       buttons and links that must be there and work, by their names
 *   words     what a refusal is told as where a page says it in words of its own, by its code
 *   each      one cell for every refusal that these operations can answer at `at`; `again` brings the next one about
 */

import assert from 'node:assert/strict';
import { cut, hang, refuse, sequence } from './interception.mjs';
import * as given from './fixtures.mjs';
import { openForm } from './sheet.mjs';

export const states = ['loading', 'empty', 'refused', 'gone', 'changed', 'offline', 'no_rights', 'old_version', 'font_200', 'back'];

const submit = '提交订单并支付';
const buy = '立即购买';

const closeSheet = async (page) => {
  await page.locator('[data-test=sheet] [data-test=close]').click();
  await page.waitForFunction(() => location.hash === ''); // The sheet's place in the history is left.
};
async function fill(page) {
  await openForm(page);
  await page.fill('#name', '李小山');
  await page.fill('#phone', '13800138000');
  await page.fill('#address', '上海市闵行区莘庄镇\n沪闵路 6258 号 3 号楼');
}
async function fillAndSubmit(page) {
  await fill(page);
  await page.getByRole('button', { name: submit }).click();
}
async function stillFilled(page) {
  assert.equal(await page.inputValue('#name'), '李小山', 'what was typed stays');
  assert.equal(await page.inputValue('#address'), '上海市闵行区莘庄镇\n沪闵路 6258 号 3 号楼');
}

const to_shop = ['看看全部产品'];
const again = ['重新加载'];
const pay = (page) => page.getByRole('button', { name: /去支付/ }).click();

/** The same for every page of a program: its file is gone after a deployment, the page loads again and is there. */
function afterDeployment(page, open, leave, see) {
  return {
    page, state: 'old_version', open, how: 'the files of the next page answer 404 until the page is loaded again',
    act: async (tab, world) => {
      await tab.locator('[data-test=buy], [data-test=ranking] li').first().waitFor();
      world.breakLazyFiles();
      const reloaded = tab.waitForEvent('load');
      await leave(tab);
      await reloaded;
    },
    see,
  };
}

const push = (page, to) =>
  page.evaluate((path) => void document.querySelector('#app').__vue_app__.config.globalProperties.$router.push(path).catch(() => undefined), to);
/** Its banner would ask for products as well, and take an answer that is meant for the list. */
const no_banner = { 'GET /v1/pairings': given.page([]) };
const two_pages = {
  ...no_banner,
  'GET /v1/products': sequence(given.page(given.many(1, 12), 'cursor'), given.page(given.many(13, 12))),
  'GET /v1/products/20': given.product({ product_id: 20, name: '产品20号' }),
};

const list = [
  { page: 'list', state: 'loading', open: '/', answers: { 'GET /v1/products': hang }, see: ['正在加载…'] },
  { page: 'list', state: 'empty', open: '/?q=xyz', answers: { 'GET /v1/products': given.page([]) }, see: ['没有找到符合条件的产品'], can: ['清除条件'] },
  {
    page: 'list', state: 'empty', open: '/?category=tea', how: 'a category with nothing in it: each condition can be dropped', answers: { 'GET /v1/products': given.page([]) },
    see: ['没有找到符合条件的产品'], never: ['今日产地'], can: ['去掉条件：茶叶', '清除条件'],
    then: async (page) => { await page.getByRole('button', { name: '去掉条件：茶叶' }).click(); await page.waitForURL((url) => url.search === ''); await page.getByText('今日产地').waitFor(); },
  },
  {
    page: 'list', state: 'empty', open: '/?category=tea&county=530624', how: 'of several conditions each tells what there is without it',
    answers: { 'GET /v1/products': given.page([]), 'GET /v1/products/facets': sequence(given.facets({ products: 0, counties: [{ county_code: '530524', name: '昌宁县', province: '云南省', products: 4 }] }), given.facets()) },
    see: ['没有找到符合条件的产品', '去掉一个条件', '不限“茶叶”', '附近有商品的产地', '昌宁县'], can: ['清除条件', '全部清除'],
  },
  { page: 'list', state: 'refused', open: '/?category=nonsense', how: 'the address names a category that there is not', answers: { 'GET /v1/products': refuse(422, 'validation-failed'), 'GET /v1/products/facets': refuse(422, 'validation-failed') }, see: ['没有这样的条件'], never: ['筛选条件暂时没有加载出来'], can: ['清除条件'] },
  { page: 'list', state: 'refused', open: '/', how: 'nobody counts: goods and all categories are there, and the filters can be asked for once more', answers: { 'GET /v1/products/facets': refuse(404, 'not-found') }, see: ['箬竹面', '茶叶'], act: (page) => page.locator('[data-test=filter]').click(), can: again },
  { page: 'list', state: 'empty', open: '/', how: 'with the county of the day', see: ['今日产地', '云南省昭通市', '闵行区', '箬竹面', '¥12.80/500g'], can: [/大关.* 3 件好物/, '全部', '茶叶'] },
  {
    page: 'list', state: 'empty', open: '/', how: 'no county has a pairing that is stated: the banner says what the shop is', answers: { 'GET /v1/pairings': given.page([given.pairing({ certainty: 'INFERRED' })]) },
    see: ['每一件都标明认证、产地和批次', '箬竹面'], never: ['今日产地', '结对帮扶县'],
  },
  { page: 'list', state: 'refused', open: '/', each: ['listProducts'], at: 'GET /v1/products' },
  { page: 'list', state: 'refused', open: '/', how: 'pairings, counties and categories cannot be read: the goods are there', answers: { 'GET /v1/pairings': refuse(503, 'overloaded'), 'GET /v1/counties': refuse(503, 'overloaded'), 'GET /v1/categories': refuse(503, 'overloaded') }, see: ['箬竹面', '山里的好物'], never: ['今日产地'], can: ['搜索'] },
  {
    page: 'list', state: 'gone', open: '/?county=999999', how: 'a county that there is not',
    answers: { 'GET /v1/products': given.page([]), 'GET /v1/counties/999999': refuse(404, 'county-unknown') }, see: ['没有编号为 999999 的产地'], never: ['共 0 件'], can: ['清除条件'],
  },
  {
    page: 'list', state: 'gone', open: '/?merchant=999999', how: 'a merchant that there is not',
    answers: { 'GET /v1/products': given.page([]), 'GET /v1/merchants/999999': refuse(404, 'merchant-unknown') }, see: ['没有编号为 999999 的商户'], never: ['共 0 件'], can: ['清除条件'],
  },
  {
    page: 'list', state: 'changed', open: '/', how: 'the second page of the list moved while the first was read (cursor refused)',
    answers: { ...no_banner, 'GET /v1/products': sequence(given.page(given.many(1, 12), 'cursor'), refuse(422, 'invalid-cursor'), given.page(given.many(2, 12), 'cursor')) },
    act: (page) => page.getByRole('button', { name: '加载更多' }).click(),
    see: ['已从头列出', '产品13号'], never: ['产品1号'], can: ['加载更多'],
  },
  {
    page: 'list', state: 'changed', open: '/', how: 'a category is chosen: it stands in the address and can be dropped',
    answers: { ...no_banner, 'GET /v1/products': sequence(given.page([given.product()]), given.page([given.product({ product_id: 3, name: '昌宁红茶' })])) },
    act: async (page) => { await page.getByRole('link', { name: '茶叶' }).click(); await page.waitForURL(/category=tea/); },
    see: ['昌宁红茶'], never: ['箬竹面'], can: ['去掉条件：茶叶'],
  },
  {
    page: 'list', state: 'changed', open: '/', how: 'a picture that is gone, or never was',
    answers: { 'GET /v1/products': given.page([given.product({ image: '/media/none.png' })]), 'GET /media/none.png': refuse(404, 'not-found') },
    see: ['箬竹面'], then: async (page) => { await page.locator('span.picture').waitFor(); assert.equal(await page.locator('.product img').count(), 0); },
  },
  {
    page: 'list', state: 'changed', open: '/?first=MINHANG_YOUPIN', how: "into the order of a district's own channels",
    answers: { 'GET /v1/products': { ...given.page([given.product()]), ranking: { rule: 'SCHEME_FIRST', scheme: 'MINHANG_YOUPIN', scheme_name: '闵行优品' } } },
    see: ['排序规则：闵行优品认证产品在前', '箬竹面'],
  },
  {
    page: 'list', state: 'changed', open: '/?a=AAAAAAAAAAFqJ2b8abc_DEF-1ghijk&district=310112', how: 'into the order of everybody, where the schemes of a scanned district cannot be read',
    answers: { 'GET /v1/schemes': refuse(404, 'not-found'), 'GET /v1/products': { ...given.page([given.product()]), ranking: { rule: 'CERTIFIED_FIRST', scheme: null, scheme_name: null } } },
    see: ['箬竹面'], never: ['闵行优品认证产品在前'],
  },
  {
    page: 'list', state: 'empty', open: '/?q=%E9%A6%99%E8%8C%B9', how: 'what was typed is nowhere, and something like it is shown',
    answers: { 'GET /v1/products': { ...given.page([given.product()]), ranking: { rule: 'BEST_MATCH_FIRST', scheme: null, scheme_name: null }, corrected_to: '香菇' } },
    see: ['显示的是「香菇」的结果', '香菇', '名称最符合的在前'], never: ['认证有效的产品在前'],
  },
  { page: 'list', state: 'offline', open: '/', answers: { 'GET /v1/products': cut, 'GET /v1/counties': cut }, see: ['网络不通', '自动重新加载'], never: ['已填的'], can: again },
  {
    page: 'list', state: 'offline', open: '/p/1', how: 'the list is opened from a product while its program cannot be fetched',
    act: async (page, world) => { world.breakLazyFiles(); await page.evaluate(() => sessionStorage.setItem('shanhai.reloaded-at', String(Date.now()))); await page.getByRole('link', { name: '看看其他产品' }).click(); },
    see: ['这一页没有打开'], can: again,
  },
  { page: 'list', state: 'no_rights', not: 'the list is public' },
  afterDeployment('list', '/p/1', (page) => page.getByRole('link', { name: '看看其他产品' }).click(), ['共 3 件']),
  { page: 'list', state: 'font_200', open: '/', see: ['箬竹面'], can: ['搜索'] },
  {
    page: 'list', state: 'back', open: '/', how: 'list, second page loaded, scrolled → product → Back',
    answers: two_pages,
    act: async (page) => {
      await page.getByRole('button', { name: '加载更多' }).click();
      const link = page.getByRole('link', { name: '产品20号' });
      await link.scrollIntoViewIfNeeded();
      const before = await page.evaluate(() => window.scrollY);
      assert.ok(before > 500);
      await link.click();
      await page.getByRole('button', { name: buy }).waitFor();
      await page.goBack();
      await page.getByRole('link', { name: '产品20号' }).waitFor();
      await page.waitForFunction((wanted) => Math.abs(window.scrollY - wanted) < 50, before);
    },
    see: ['已显示 24 件产品'],
  },
  {
    page: 'list', state: 'back', open: '/', how: 'the same, the product having been loaded anew (a payment lay between)',
    answers: two_pages,
    act: async (page) => {
      await page.getByRole('button', { name: '加载更多' }).click();
      await page.getByRole('link', { name: '产品20号' }).click();
      await page.getByRole('button', { name: buy }).waitFor();
      await page.reload();
      await page.getByRole('button', { name: buy }).waitFor();
      await page.goBack();
      await page.getByRole('link', { name: '产品20号' }).waitFor();
      await page.waitForFunction(() => window.scrollY > 500);
    },
    see: ['已显示 24 件产品'],
  },
];

const suspend = (world) => world.answer('GET /v1/products/1', given.suspended);

const product = [
  { page: 'product', state: 'loading', open: '/p/1', answers: { 'GET /v1/products/1': hang }, then: (page) => page.locator('.skeleton').first().waitFor() },
  {
    page: 'product', state: 'loading', open: '/p/1', how: 'stock and origin still on their way: the form is usable',
    answers: { 'GET /v1/stock/11': hang, 'GET /v1/origin-cards/products/1': hang }, act: openForm, see: ['填写收货信息'], can: [buy, submit],
  },
  {
    page: 'product', state: 'empty', open: '/p/1', how: 'what it was certified on: by application, and on a day of which somebody asks',
    answers: { 'GET /v1/certifications/1': given.decided(), 'GET /v1/certifications': given.page([given.certification()]) },
    act: async (page) => { await page.getByText('认定依据与历史').click(); await page.getByLabel('查某一天是否有效').fill('2026-05-01'); },
    see: ['与 38 户签有鲜笋收购合同', 'QC-2026-1018', '2026-05-01 12:00：闵行优品 2026 年度认证有效（MH-2026-017）'],
  },
  {
    page: 'product', state: 'empty', open: '/p/1', how: 'what it was certified on: entered by the office, and not certified on that day',
    answers: { 'GET /v1/certifications/1': given.decided({ basis: null }), 'GET /v1/certifications': given.page([given.certification({ valid_now: false })]) },
    act: async (page) => { await page.getByText('认定依据与历史').click(); await page.getByLabel('查某一天是否有效').fill('2025-05-01'); },
    see: ['由认定部门直接登记', '2025-05-01 12:00：没有有效的认证'],
  },
  {
    page: 'product', state: 'offline', open: '/p/1', how: 'what it was certified on: it comes when asked again',
    answers: { 'GET /v1/certifications/1': cut },
    act: async (page, world) => {
      await page.getByText('认定依据与历史').click();
      const again_button = page.locator('details').getByRole('button', { name: '重新加载' });
      await again_button.waitFor();
      world.answer('GET /v1/certifications/1', given.decided());
      await again_button.click();
    },
    see: ['与 38 户签有鲜笋收购合同'], can: [buy],
  },
  {
    page: 'product', state: 'empty', open: '/p/1', how: 'sold out',
    answers: {
      'GET /v1/stock/11': given.stock(0), 'GET /v1/stock/21': given.stock(9, 21), 'GET /v1/stock/31': given.stock(0, 31),
      'GET /v1/products': given.page([given.product({ product_id: 3, name: '卖完的笋片' }), given.product({ product_id: 2, name: '筇竹笋干' })]),
    },
    see: ['暂时无货', '现在可以买到的', '筇竹笋干'], never: [buy, submit, '有货', '卖完的笋片'], can: to_shop,
  },
  {
    page: 'product', state: 'empty', open: '/p/1', how: 'the first size is sold out, another is there',
    answers: { 'GET /v1/products/1': given.two_sizes, 'GET /v1/stock/11': given.stock(0), 'GET /v1/stock/12': given.stock(5, 12) },
    act: openForm, see: ['仅剩 5 件', '¥23.80'], can: [buy, submit],
  },
  { page: 'product', state: 'empty', open: '/p/1', how: 'without origin and picture', answers: { 'GET /v1/products/1': given.product({ image: null }), 'GET /v1/origin-cards/products/1': refuse(404, 'origin-unknown'), 'GET /v1/origin-cards/lots/10': refuse(404, 'lot-unknown') }, see: ['产地信息暂时没有加载出来', '箬竹'], can: [buy] },
  { page: 'product', state: 'refused', open: '/p/1', each: ['getProduct'], at: 'GET /v1/products/1' },
  { page: 'product', state: 'refused', open: '/p/1', each: ['placeOrder'], at: 'POST /v1/orders', answers: { 'GET /v1/stock/11': refuse(404, 'sku-unknown') }, act: fillAndSubmit, again: (page) => page.click('form.card button[type=submit]'), field: '/receiver/name', then: stillFilled },
  {
    page: 'product', state: 'refused', open: '/p/1', how: 'most of the goods are held by unpaid orders',
    answers: { 'POST /v1/orders': refuse(429, 'hold-limit', [{ pointer: '/lines/0/quantity', detail: 'most of these goods are held' }], { 'Retry-After': '60' }) },
    act: fillAndSubmit, see: ['大部分正被未付款的订单占着'], can: ['重试'], then: stillFilled,
  },
  {
    page: 'product', state: 'refused', open: '/p/1', how: 'orders of the same network hold their share',
    answers: { 'POST /v1/orders': refuse(429, 'hold-limit', [{ pointer: '/lines/0/sku_id', detail: 'their share' }], { 'Retry-After': '60' }) },
    act: fillAndSubmit, see: ['您所在的网络', '能占的份额'], never: ['大部分正被', '处需要修改'], can: ['重试'], then: stillFilled,
  },
  {
    page: 'product', state: 'refused', open: '/p/1', how: 'asked too often', answers: { 'POST /v1/orders': refuse(429, 'rate-limited', [], { 'Retry-After': '60' }) },
    act: fillAndSubmit, see: ['操作太频繁了'], then: stillFilled,
  },
  {
    page: 'product', state: 'refused', open: '/p/1', how: 'the services refuse the address for a reason of their own; the red goes when it is corrected',
    answers: { 'POST /v1/orders': refuse(422, 'validation-failed', [{ pointer: '/receiver/address', detail: 'must not hold control characters' }]) },
    act: async (page) => {
      await fillAndSubmit(page);
      await page.getByText('里面有看不见的特殊字符').waitFor();
      await page.getByText('有 1 处需要修改').waitFor();
      await page.fill('#address', '上海市闵行区莘庄镇');
    },
    see: ['填写收货信息'], never: ['里面有看不见的特殊字符', '处需要修改'],
  },
  {
    page: 'product', state: 'gone', open: '/p/1', how: 'not listed any more, and its certification is over',
    answers: { 'GET /v1/products/1': given.product({ listed: false, saleable: false, certified_now: false, certifications: [] }) }, see: ['这件产品已下架'], never: [buy, submit],
  },
  { page: 'product', state: 'refused', open: '/p/1', how: 'the licences of the house cannot be read: what stands with the goods is there', answers: { 'GET /v1/merchants/1': refuse(404, 'merchant-unknown') }, see: ['谁在卖', '大关县高桥竹业农民专业合作社', '七天无理由退货'], never: ['食品生产许可证', '商户就在'], can: [buy] },
  { page: 'product', state: 'empty', open: '/p/1', how: 'with what is promised, the price of 500 g and the licences of the house', see: ['七天无理由退货', '有检测报告', '商户就在大关', '¥12.80/500g', '食品生产许可证', 'SC10353062400017', '客服电话', '0300-2000001'], can: [buy] },
  { page: 'product', state: 'empty', open: '/p/1', how: 'its cover does not come: nobody is led to look closer', answers: { 'GET /v1/products/1': given.product({ image: '/media/none.svg' }) }, act: (page) => page.getByRole('button', { name: '看整张图片' }).waitFor({ state: 'detached' }), see: ['箬竹面'], never: ['看整张图片'], can: [buy] },
  { page: 'product', state: 'gone', open: '/p/1', answers: { 'GET /v1/products/1': refuse(404, 'product-unknown') }, see: ['没有找到这个页面或产品'], can: to_shop },
  { page: 'product', state: 'changed', open: '/p/1', how: 'suspended before it is opened', answers: { 'GET /v1/products/1': given.suspended, 'GET /v1/stock/11': given.stock(59990) }, see: ['认证已暂停', '暂停下单'], never: ['有货', '59990', buy, submit], can: to_shop },
  { page: 'product', state: 'changed', open: '/p/1', how: 'taken off the list', answers: { 'GET /v1/products/1': given.product({ listed: false, saleable: false }) }, see: ['这件产品已下架'], never: [buy, submit, '有货'], can: to_shop },
  {
    page: 'product', state: 'changed', open: '/p/1', how: 'the certification is suspended while the form is filled',
    answers: { 'POST /v1/orders': refuse(409, 'certification-not-valid') },
    act: async (page, world) => { await fill(page); suspend(world); await page.getByRole('button', { name: submit }).click(); },
    see: ['认证已暂停', '现在不能提交', '您填的内容都还在'], can: ['再看看有没有恢复'], then: stillFilled,
  },
  {
    page: 'product', state: 'changed', open: '/p/1', how: 'the suspension ends: the same form goes on',
    answers: { 'POST /v1/orders': refuse(409, 'certification-not-valid') },
    act: async (page, world) => {
      await fill(page);
      suspend(world);
      await page.getByRole('button', { name: submit }).click();
      await page.getByText('现在不能提交').waitFor();
      world.answer('GET /v1/products/1', given.product());
      await page.getByRole('button', { name: '再看看有没有恢复' }).click();
      await page.getByText('现在不能提交').waitFor({ state: 'hidden' });
    },
    can: [submit], then: stillFilled,
  },
  {
    page: 'product', state: 'changed', open: '/p/1', how: 'it cannot be sent back any more since the form was opened',
    answers: { 'POST /v1/orders': refuse(422, 'confirmation-missing') },
    act: async (page, world) => {
      await fill(page);
      world.answer('GET /v1/products/1', given.product({ return_policy: 'CONFIRMED_EXEMPT' }));
      await page.getByRole('button', { name: submit }).click();
    },
    see: ['我已知道：这件商品不支持七天无理由退货'], can: [submit], then: stillFilled,
  },
  {
    page: 'product', state: 'changed', open: '/p/1', how: 'sold out while the form is filled',
    answers: { 'POST /v1/orders': refuse(409, 'sold-out') },
    act: async (page, world) => { await fill(page); world.answer('GET /v1/stock/11', given.stock(0)); await page.getByRole('button', { name: submit }).click(); },
    see: ['暂时无货', '现在不能提交', '现在可以买到的'], never: [buy, '每单最多', '有货'], can: ['再看看有没有恢复'], then: stillFilled,
  },
  {
    page: 'product', state: 'changed', open: '/p/1', how: 'sold out while the form is filled, and the sheet is closed: the bar leads to what was filled in',
    answers: { 'POST /v1/orders': refuse(409, 'sold-out') },
    act: async (page, world) => { await fill(page); world.answer('GET /v1/stock/11', given.stock(0)); await page.getByRole('button', { name: submit }).click(); await page.getByText('现在不能提交').waitFor(); await closeSheet(page); },
    see: ['暂时无货', '现在可以买到的'], never: [buy, '现在不能提交'], can: ['看已填的内容'],
    then: async (page) => { await page.getByRole('button', { name: '看已填的内容' }).click(); await page.getByText('现在不能提交').waitFor(); await stillFilled(page); },
  },
  {
    page: 'product', state: 'empty', open: '/p/1', how: 'the size that was kept is sold out, the other is not: the bar leads to the sizes',
    answers: { 'GET /v1/products/1': given.two_sizes, 'GET /v1/stock/11': given.stock(5), 'GET /v1/stock/12': given.stock(0, 12) },
    act: async (page) => { await openForm(page); await page.getByRole('radio', { name: /1 千克 暂时无货/ }).check(); await page.getByText('这个规格暂时无货').waitFor(); await page.keyboard.press('Escape'); },
    see: ['这个规格暂时无货'], never: [submit, buy], can: [/选择规格|看已填的内容/],
    then: async (page) => { await page.locator('[data-test=buy]').click(); await page.getByRole('radio', { name: /500 克/ }).check(); await page.getByRole('button', { name: submit }).waitFor(); },
  },
  {
    page: 'product', state: 'changed', open: '/p/1', how: 'sold out before anything is typed, while the sheet is open: it closes, and the page says so', clock: 60_000,
    act: async (page, world) => {
      await openForm(page);
      world.answer('GET /v1/stock/11', given.stock(0));
      await page.clock.fastForward(31_000);
      await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
      await page.locator('[data-test=sheet]').waitFor({ state: 'hidden' });
    },
    see: ['暂时无货', '现在可以买到的'], never: [buy, submit],
  },
  {
    page: 'product', state: 'back', open: '/p/1', how: 'Back with the sheet open closes the sheet, and the page and what was typed stay',
    act: async (page) => { await fill(page); await page.goBack(); await page.locator('[data-test=sheet]').waitFor({ state: 'hidden' }); },
    see: ['产地卡'], can: [/立即购买|看已填的内容/],
    then: async (page) => { assert.equal(await page.evaluate(() => location.pathname + location.hash), '/p/1'); await openForm(page); await stillFilled(page); },
  },
  {
    page: 'product', state: 'changed', open: '/p/1', how: 'the sheet is left by Escape: the focus is where it came from',
    act: async (page) => { await page.locator('[data-test=buy]').focus(); await page.keyboard.press('Enter'); await page.locator('#name').waitFor(); await page.keyboard.press('Escape'); },
    see: ['产地卡'], never: ['填写收货信息'], can: [buy],
    then: async (page) => assert.equal(await page.evaluate(() => document.activeElement.getAttribute('data-test')), 'buy'),
  },
  {
    page: 'product', state: 'changed', open: '/p/1', how: 'few are left while the form is filled: page and form say the same',
    answers: { 'POST /v1/orders': refuse(409, 'sold-out') },
    act: async (page, world) => { await openForm(page); await page.fill('#quantity', '5'); await fill(page); world.answer('GET /v1/stock/11', given.stock(3)); await page.getByRole('button', { name: submit }).click(); },
    see: ['仅剩 3 件', '只剩 3 件，请减少数量', '有 1 处需要修改'], never: ['手慢了一步', '有货', '每单最多 10 件'], can: [submit], then: stillFilled,
  },
  {
    page: 'product', state: 'changed', open: '/p/1', how: 'few are left from the beginning: no more can be typed than there are', answers: { 'GET /v1/stock/11': given.stock(3) },
    act: async (page) => { await page.getByText('仅剩 3 件').first().waitFor(); await openForm(page); await page.fill('#quantity', '4'); await fillAndSubmit(page); },
    see: ['只剩 3 件，请减少数量'], never: ['每单最多 10 件'], then: async (page) => { await page.fill('#quantity', '3'); await page.getByText('只剩 3 件').waitFor({ state: 'hidden' }); },
  },
  {
    page: 'product', state: 'changed', open: '/p/1', how: 'sold out for a moment, and there again', answers: { 'POST /v1/orders': refuse(409, 'sold-out') },
    act: fillAndSubmit, see: ['现在又有了'], never: ['手慢了一步'], can: [submit], then: stillFilled,
  },
  {
    page: 'product', state: 'changed', open: '/p/1', how: 'the price changes while the form is filled',
    answers: { 'POST /v1/orders': refuse(409, 'price-changed') },
    act: async (page, world) => {
      await fill(page);
      world.answer('GET /v1/products/1', given.product({ skus: [{ ...given.product().skus[0], price_fen: 1380, price_version: 2 }] }));
      await page.getByRole('button', { name: submit }).click();
    },
    see: ['价格刚刚变动', '¥13.80'], can: [submit], then: stillFilled,
  },
  { page: 'product', state: 'offline', open: '/p/1', answers: { 'GET /v1/products/1': cut }, see: ['网络不通'], can: again },
  { page: 'product', state: 'offline', open: '/p/1', how: 'the network breaks while the order is sent', answers: { 'POST /v1/orders': cut }, act: fillAndSubmit, see: ['网络不通', '已填的内容都还在', '不会重复下单'], can: ['重试'], then: stillFilled },
  {
    page: 'product', state: 'offline', open: '/p/1', how: 'the network breaks while the order is sent; the sheet is closed, and opened again: it is the same form',
    answers: { 'POST /v1/orders': cut },
    act: async (page) => { await fillAndSubmit(page); await page.getByText('不会重复下单').waitFor(); await page.keyboard.press('Escape'); await page.getByText('不会重复下单').waitFor({ state: 'hidden' }); await openForm(page); },
    see: ['网络不通', '不会重复下单'], can: ['重试'], then: stillFilled,
  },
  {
    page: 'product', state: 'offline', open: '/p/1', how: 'the sheet is open while the network is cut and the page read again: what was typed stays, and so does the sheet',
    act: async (page, world) => { await fill(page); world.answer('GET /v1/products/1', cut); await page.evaluate(() => window.dispatchEvent(new Event('online'))); },
    see: ['填写收货信息'], can: [submit], then: stillFilled,
  },
  {
    page: 'product', state: 'offline', open: '/p/1', how: 'loaded again without a network, the form half filled',
    act: async (page, world) => { await fill(page); world.answer('GET /v1/products/1', cut); await page.reload(); },
    see: ['网络不通，这是刚才打开过的内容', '已填的都还在', '箬竹面'], then: stillFilled,
  },
  { page: 'product', state: 'no_rights', not: 'products are public; a guest may order' },
  {
    page: 'product', state: 'old_version', open: '/p/1', how: 'a deployment while the form is filled; the list is opened and the shopper comes back',
    act: async (page, world) => {
      await fill(page);
      await closeSheet(page);
      world.breakLazyFiles();
      const reloaded = page.waitForEvent('load');
      await page.getByRole('link', { name: '看看其他产品' }).click();
      await reloaded;
      await page.getByText('共 3 件').waitFor();
      await page.goBack();
      await openForm(page);
    },
    then: stillFilled,
  },
  {
    page: 'product', state: 'font_200', open: '/p/1', act: openForm, see: ['填写收货信息'], can: [buy, submit],
    then: async (page) => {
      await page.locator('#address').scrollIntoViewIfNeeded();
      const covered = await page.evaluate(() =>
        [...document.querySelectorAll('.pay, .bar, .top')]
          .filter((bar) => getComputedStyle(bar).position === 'sticky')
          .map((bar) => bar.getBoundingClientRect().height / window.innerHeight),
      );
      for (const share of covered) assert.ok(share <= 0.2, `a bar covers ${Math.round(share * 100)} % of the window`);
    },
  },
  {
    page: 'product', state: 'back', open: '/p/1', how: 'away to another site and back (from the back-forward cache or anew)',
    act: async (page, world) => { await fill(page); await page.goto(`${world.base_url}/sandbox/pay/PA7a`); await page.goBack(); await openForm(page); },
    see: ['填写收货信息'], can: [submit], then: stillFilled,
  },
];

const order_page = `/o/${given.order_number}#k=${given.order_key}`;
const order_at = `GET /v1/orders/${given.order_number}`;
const pay_at = `POST /v1/orders/${given.order_number}/payments`;
const cancel_at = `POST /v1/orders/${given.order_number}/cancel`;
const entries_at = `GET /v1/audit/orders/${given.order_number}/entries`;
const check = (page) => page.getByRole('button', { name: '在账本里查证' }).click();
const cancel = async (page) => {
  await page.getByRole('button', { name: '取消订单' }).click();
  await page.getByRole('button', { name: '确定取消' }).click();
};
const showing = (over) => ({ [order_at]: given.order(over) });

const order = [
  { page: 'order', state: 'loading', open: order_page, answers: { [order_at]: hang }, see: ['正在读取订单…'] },
  { page: 'order', state: 'empty', open: order_page, how: 'not yet paid', answers: showing({}), see: ['待支付', '库存已为您保留', '收货信息', '138******00', '上海市闵行区***'], never: ['正在等待支付结果'], can: ['去支付 ¥25.60', '取消订单'] },
  { page: 'order', state: 'refused', open: order_page, each: ['getOrder'], at: order_at },
  { page: 'order', state: 'refused', open: order_page, each: ['openPayment'], at: pay_at, act: pay, again: pay },
  { page: 'order', state: 'refused', open: order_page, each: ['cancelOrder'], at: cancel_at, act: cancel, again: (page) => page.getByRole('button', { name: '确定取消' }).click() },
  {
    page: 'order', state: 'changed', open: order_page, how: 'cancelled by the shopper, who thinks twice',
    answers: { [order_at]: sequence(given.order(), given.order({ state: 'CANCELLED' })), [cancel_at]: given.order({ state: 'CANCELLED' }) },
    act: async (page, world) => {
      await page.getByRole('button', { name: '取消订单' }).click();
      await page.getByRole('button', { name: '先不取消' }).click();
      assert.ok(!world.asked.includes(cancel_at), 'nothing is cancelled before it is confirmed');
      await cancel(page);
    },
    see: ['已取消'], never: ['去支付', '先不取消'],
  },
  {
    page: 'order', state: 'changed', open: order_page, how: 'paid elsewhere while it is being cancelled',
    answers: { [order_at]: sequence(given.order(), given.order({ state: 'PAID' })), [cancel_at]: refuse(409, 'order-not-cancellable') },
    act: cancel, see: ['不能取消了', '已支付'], never: ['取消订单', '没有扣款'],
  },
  { page: 'order', state: 'offline', open: order_page, how: 'the network breaks while it is cancelled', answers: { [cancel_at]: cut }, act: cancel, see: ['网络不通', '订单不会丢'], never: ['已填的'], can: ['确定取消'] },
  { page: 'order', state: 'empty', open: order_page, how: 'the personal data is erased', answers: showing({ state: 'PAID', receiver: { name: '', phone: '', address: '' } }), see: ['收货信息已经删除'], never: ['取消订单'] },
  {
    page: 'order', state: 'refused', open: order_page, how: 'the payment was declined',
    answers: showing({ payments: [given.attempt('FAILED')] }), see: ['付款没有成功', '没有扣款'], never: ['正在等待支付结果'], can: ['去支付 ¥25.60'],
  },
  { page: 'order', state: 'gone', open: order_page, answers: { [order_at]: refuse(404, 'order-unknown') }, see: ['没有找到这张订单'], can: ['去逛逛'] },
  {
    page: 'order', state: 'gone', open: order_page, how: 'expired unpaid', answers: showing({ state: 'EXPIRED' }), see: ['已过期', '没有扣款'], never: ['去支付'], can: ['去逛逛'],
  },
  {
    page: 'order', state: 'changed', open: order_page, how: 'the lot was blocked before it was paid: closed, money on its way back',
    answers: showing({ state: 'EXPIRED', close_reason: 'lot-blocked', refunds: [given.refund('PENDING', 'lot-blocked')] }),
    see: ['这批货被停止销售', '¥25.60 正在退回'], never: ['商户会尽快发货', '没有扣款'],
  },
  {
    page: 'order', state: 'changed', open: order_page, how: 'the money came after the order had expired',
    answers: showing({ state: 'EXPIRED', refunds: [given.refund('SUCCESS', 'paid-after-expiry')] }),
    see: ['付款在订单关闭后才到', '¥25.60 已原路退回'], never: ['没有扣款'],
  },
  { page: 'order', state: 'changed', open: order_page, how: 'its time is over while it is looked at', answers: showing({ expires_at: '2026-11-24T03:00:00Z' }), see: ['订单正在关闭'], never: ['去支付', '库存已为您保留'] },
  {
    page: 'order', state: 'changed', open: order_page, how: 'a payment is open, then there',
    answers: { [order_at]: sequence(given.order({ payments: [given.attempt('PENDING')] }), given.order({ state: 'PAID', payments: [given.attempt('SUCCESS')] })) },
    see: ['已支付', '商户会尽快发货'], never: ['正在等待支付结果'],
  },
  { page: 'order', state: 'changed', open: order_page, how: 'paid: it says when, of whom, and whether it may go back', answers: showing({ state: 'PAID', paid_at: '2026-11-24T03:05:00Z' }), see: ['付款时间', '2026-11-24 11:05', given.merchant_papers.name, '签收后七天内可无理由退货'], never: ['去支付'] },
  {
    page: 'order', state: 'changed', open: order_page, how: 'it is paid, and the ledger has not taken it in yet',
    answers: {
      [order_at]: given.order({ state: 'PAID', payments: [given.attempt('SUCCESS')], brought: [{ county_code: '530624', amount_fen: 1280 }] }),
      'GET /v1/counties/530624': given.county, [entries_at]: refuse(404, 'order-not-in-ledger'), 'GET /log/key': 'shanhai',
    },
    act: (page) => page.getByRole('button', { name: '在账本里查证' }).click(),
    see: ['您为', '大关县', '带来 ¥12.80', '其余商品不计入', '演示付款', '账本还没有收进这张订单'], never: ['已在您的浏览器里核对'], can: ['在账本里查证'],
  },
  {
    page: 'order', state: 'changed', open: order_page, how: 'it is paid, and the county cannot be read',
    answers: {
      [order_at]: given.order({ state: 'PAID', brought: [{ county_code: '530624', amount_fen: 2560 }] }), 'GET /v1/counties/530624': refuse(503, 'overloaded'),
    },
    see: ['已支付'], never: ['530624', '演示付款', '其余商品不计入'],
  },
  { page: 'order', state: 'refused', open: order_page, each: ['getOrderEntries'], at: entries_at, answers: { ...showing({ state: 'PAID', brought: [{ county_code: '530624', amount_fen: 2560 }] }), 'GET /v1/counties/530624': given.county, 'GET /log/key': 'shanhai' }, act: check, again: check },
  {
    page: 'order', state: 'changed', open: order_page, how: 'no result comes: the page does not wait for ever', clock: 30_000,
    answers: showing({ payments: [given.attempt('PENDING')] }), see: ['还没有收到付款结果', '可以再付一次'], never: ['正在等待支付结果'], can: ['去支付 ¥25.60'],
  },
  { page: 'order', state: 'changed', open: order_page, how: 'a state that this page does not know', answers: showing({ state: 'SHIPPED' }), see: ['订单有新的状态'] },
  { page: 'order', state: 'offline', open: order_page, answers: { [order_at]: cut }, see: ['网络不通', '订单不会丢', '自动重新加载'], never: ['已填的'], can: again },
  { page: 'order', state: 'no_rights', open: `/o/${given.order_number}`, how: 'opened without its key, as somebody who paid for another', see: ['只能在下单的手机上', '请让下单的人查看结果'], can: ['去逛逛'], asks: [] },
  {
    page: 'order', state: 'no_rights', open: `/o/${given.order_number}#paid`, how: 'led there by the payment page, having paid for a friend (代付)',
    see: ['已支付，谢谢', '不用再付'], never: ['只能在下单的手机上', '没有找到'], can: ['去逛逛'], asks: [],
    then: async (page) => assert.equal(await page.locator('[role=alert], .bad').count(), 0, 'no alarm'),
  },
  { page: 'order', state: 'no_rights', open: `/o/${given.order_number}#declined`, how: 'led there by the payment page, having declined', see: ['没有付款', '没有扣款'], never: ['已支付，谢谢'], can: ['去逛逛'], asks: [] },
  {
    page: 'order', state: 'no_rights', open: `/o/${given.order_number}#paid`, how: 'led there by the payment page, in the browser that has the key: what counts is the order',
    answers: showing({ payments: [given.attempt('PENDING')] }),
    act: async (page) => { await page.evaluate(([number, key]) => localStorage.setItem('shanhai.orders', JSON.stringify([[number, key]])), [given.order_number, given.order_key]); await page.reload(); },
    see: ['正在等待支付结果'], never: ['已支付，谢谢'],
  },
  {
    page: 'order', state: 'no_rights', open: `/o/${given.order_number}?t=${given.order_key}`, how: 'a link of old, with the key where servers see it',
    answers: showing({ state: 'PAID' }), see: ['已支付'],
    then: (page) => page.waitForFunction((key) => location.search === '' && location.hash === `#k=${key}`, given.order_key),
  },
  afterDeployment('order', '/p/1', (page) => push(page, order_page), ['待支付']),
  { page: 'order', state: 'font_200', open: order_page, answers: showing({}), see: ['待支付'], can: ['去支付 ¥25.60'] },
  {
    page: 'order', state: 'back', open: order_page, how: 'Back from the payment page', answers: { [pay_at]: given.attempt('PENDING') },
    act: async (page) => {
      await page.getByRole('button', { name: /去支付/ }).click();
      await page.waitForURL('**/sandbox/pay/**');
      await page.goBack();
    },
    see: ['待支付'], can: ['去支付 ¥25.60'],
  },
  {
    page: 'order', state: 'back', open: order_page, how: 'the payment page leads to the address without its key; this browser has it',
    answers: showing({ state: 'PAID' }), act: async (page, world) => { await page.getByText('已支付', { exact: true }).waitFor(); await page.goto(`${world.base_url}/o/${given.order_number}`); }, see: ['已支付'],
  },
];

const twin_number = 'SH2026112401234567905';
const twin_at = `GET /v1/orders/${twin_number}`;
/** As if this device had made these orders; the page is opened anew. */
const madeHere = (...numbers) => async (page) => {
  await page.evaluate((keys) => localStorage.setItem('shanhai.orders', JSON.stringify(keys)), numbers.map((one) => [one, given.order_key]));
  await page.reload();
};
const orders = [
  { page: 'orders', state: 'loading', open: '/orders', answers: { [order_at]: hang }, act: madeHere(given.order_number), see: ['我的订单', '正在读取订单…'], can: [given.order_number] },
  { page: 'orders', state: 'empty', open: '/orders', see: ['这台设备上还没有订单'], can: ['去逛逛'], asks: [] },
  {
    page: 'orders', state: 'empty', open: '/p/1', how: 'from the header of any page, with two orders',
    answers: { [twin_at]: given.order({ order_number: twin_number, state: 'PAID' }) },
    act: async (page) => { await madeHere(twin_number, given.order_number)(page); await page.getByRole('link', { name: '我的订单' }).click(); },
    see: [twin_number, '已支付', '待支付', '箬竹面 × 2', '¥25.60'], can: [given.order_number],
    then: async (page) => { await page.getByRole('link', { name: twin_number }).click(); await page.getByText('商户会尽快发货').waitFor(); },
  },
  { page: 'orders', state: 'refused', open: '/orders', each: ['getOrder'], at: order_at, act: madeHere(given.order_number), quiet: 'the list of numbers stays; each row says whether its order is gone or cannot be read now' },
  {
    page: 'orders', state: 'gone', open: '/orders', answers: { [order_at]: refuse(404, 'order-unknown'), [twin_at]: given.order({ order_number: twin_number }) },
    act: async (page) => {
      await madeHere(given.order_number, twin_number)(page);
      await page.getByText('已经找不到这张订单了').waitFor();
      await page.getByRole('button', { name: '从这里移除' }).click();
    },
    see: ['待支付'], never: [given.order_number, '已经找不到'], can: [twin_number],
    then: async (page) => assert.ok(!(await page.evaluate(() => localStorage.getItem('shanhai.orders'))).includes(given.order_number)),
  },
  {
    page: 'orders', state: 'changed', open: '/orders', how: 'paid on the order’s page, then Back',
    act: async (page, world) => {
      await madeHere(given.order_number)(page);
      await page.getByText('待支付').waitFor();
      world.answer(order_at, given.order({ state: 'PAID' }));
      await page.getByRole('link', { name: given.order_number }).click();
      await page.getByText('商户会尽快发货').waitFor();
      await page.goBack();
    },
    see: ['我的订单', '已支付'], never: ['待支付'],
  },
  { page: 'orders', state: 'offline', open: '/orders', answers: { [order_at]: cut }, act: madeHere(given.order_number), see: ['网络不通', '订单不会丢', '暂时读不到'], can: [...again, given.order_number] },
  {
    page: 'orders', state: 'offline', open: '/orders', how: 'the network comes back', answers: { [order_at]: cut },
    act: async (page, world) => {
      await madeHere(given.order_number)(page);
      await page.getByText('暂时读不到').waitFor();
      world.answer(order_at, given.order());
      await page.getByRole('button', { name: again[0] }).click();
    },
    see: ['待支付'], never: ['网络不通'],
  },
  { page: 'orders', state: 'no_rights', open: '/orders', how: 'a key that opens nothing any more', answers: { [order_at]: refuse(401, 'token-invalid') }, act: madeHere(given.order_number), see: ['已经找不到这张订单了'], can: ['从这里移除'] },
  afterDeployment('orders', '/p/1', (page) => page.getByRole('link', { name: '我的订单' }).click(), ['这台设备上还没有订单']),
  { page: 'orders', state: 'font_200', open: '/orders', act: async (page) => { await madeHere(given.order_number)(page); await page.addStyleTag({ content: 'html { font-size: 200% !important; }' }); }, see: ['待支付'], can: [given.order_number] },
  { page: 'orders', state: 'back', not: 'nothing on it is typed; see changed' },
];

const code_unknown = [
  { page: 'code_unknown', state: 'loading', open: '/code-unknown', answers: { 'GET /v1/counties': hang }, see: ['这个码没有对应的展示'], can: ['搜索', ...to_shop] },
  { page: 'code_unknown', state: 'empty', open: '/code-unknown', see: ['这个码没有对应的展示'], can: ['云南省 · 大关县', ...to_shop] },
  { page: 'code_unknown', state: 'refused', open: '/code-unknown', each: ['listCounties'], at: 'GET /v1/counties', quiet: 'the search works without the counties' },
  { page: 'code_unknown', state: 'gone', not: 'it is the page for what is gone' },
  { page: 'code_unknown', state: 'changed', not: 'nothing on it is changed' },
  { page: 'code_unknown', state: 'offline', open: '/code-unknown', answers: { 'GET /v1/counties': cut }, see: ['这个码没有对应的展示'], can: to_shop },
  { page: 'code_unknown', state: 'no_rights', not: 'public' },
  afterDeployment('code_unknown', '/p/1', (page) => push(page, '/code-unknown'), ['这个码没有对应的展示']),
  { page: 'code_unknown', state: 'font_200', open: '/code-unknown', see: ['这个码没有对应的展示'], can: ['搜索'] },
  { page: 'code_unknown', state: 'back', open: '/code-unknown', act: async (page) => { await page.getByRole('link', { name: /大关县/ }).click(); await page.getByText('共 3 件').waitFor(); await page.goBack(); }, see: ['这个码没有对应的展示'] },
];

const notices = [
  { page: 'notices', state: 'loading', open: '/notices', answers: { 'GET /v1/notices': hang }, see: ['正在加载…'] },
  { page: 'notices', state: 'empty', open: '/notices', answers: { 'GET /v1/notices': given.page([]) }, see: ['现在没有在公示的商品'] },
  { page: 'notices', state: 'refused', open: '/notices', each: ['listNotices'], at: 'GET /v1/notices' },
  { page: 'notices', state: 'gone', not: 'a list with nothing in it is empty; its address is always a page' },
  { page: 'notices', state: 'changed', open: '/notices', how: 'a notice that is over, and is not decided yet', answers: { 'GET /v1/notices': given.page([given.notice({ notice_until: '2026-01-01T00:00:00Z' })]) }, see: ['公示已到期'], never: ['还有'] },
  { page: 'notices', state: 'offline', open: '/notices', answers: { 'GET /v1/notices': cut, 'GET /v1/schemes': cut, 'GET /v1/counties': cut }, see: ['网络不通'], can: again },
  { page: 'notices', state: 'no_rights', not: 'notices are public' },
  afterDeployment('notices', '/p/1', (page) => push(page, '/notices'), ['箬竹面', '闵行优品 2027 年']),
  { page: 'notices', state: 'font_200', open: '/notices', see: ['箬竹面', '还有'] },
  { page: 'notices', state: 'back', open: '/notices', how: 'a notice, then Back', act: async (page) => { await page.getByRole('link', { name: /箬竹面/ }).click(); await page.locator('#objection').waitFor(); await page.goBack(); }, see: ['闵行优品 2027 年'] },
];

const objections_at = '/v1/notices/1/objections';
async function object(page) {
  await page.fill('#objection', '原料不是本县的鲜笋。');
  await page.getByRole('button', { name: '提交异议' }).click();
}
const stillObjected = async (page) => assert.equal(await page.inputValue('#objection'), '原料不是本县的鲜笋。', 'what was typed stays');
async function attach(page) {
  for (const drop of await page.getByRole('button', { name: '去掉' }).all()) await drop.click();
  await page.setInputFiles('[data-test=paper]', { name: '收购单.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 %%EOF') });
}
const notice = [
  { page: 'notice', state: 'loading', open: '/notices/1', answers: { 'GET /v1/notices/1': hang }, see: ['正在加载…'] },
  { page: 'notice', state: 'empty', open: '/notices/1', answers: { [`GET ${objections_at}`]: given.page([]) }, see: ['还没有已答复的异议'], can: ['提交异议'] },
  { page: 'notice', state: 'empty', open: '/notices/1', how: 'nothing is written', act: (page) => page.getByRole('button', { name: '提交异议' }).click(), see: ['请写下异议的内容'] },
  { page: 'notice', state: 'refused', open: '/notices/1', each: ['getNotice'], at: 'GET /v1/notices/1' },
  { page: 'notice', state: 'refused', open: '/notices/1', each: ['listAnsweredObjections'], at: `GET ${objections_at}` },
  { page: 'notice', state: 'refused', open: '/notices/1', each: ['objectToNotice'], at: `POST ${objections_at}`, act: object, again: object, then: stillObjected },
  { page: 'notice', state: 'refused', open: '/notices/1', each: ['announceObjectionPaper'], at: 'POST /v1/objection-papers', act: attach, again: attach },
  { page: 'notice', state: 'gone', open: '/notices/7', answers: { 'GET /v1/notices/7': refuse(404, 'notice-unknown'), 'GET /v1/notices/7/objections': given.page([]) }, see: ['公示已经结束'], never: ['提交异议'], can: ['全部公示'] },
  { page: 'notice', state: 'changed', open: '/notices/1', how: 'it names who applies and who decides', answers: { 'GET /v1/schemes': given.page([given.scheme({ offices: ['闵行区农业农村委员会'] })]) }, see: ['申请的商户', given.merchant_papers.name, '认定部门', '闵行区农业农村委员会'] },
  { page: 'notice', state: 'changed', open: '/notices/1', how: 'an objection is made', answers: { [`POST ${objections_at}`]: given.objection({ answer: null, answered_at: null }) }, act: object, see: ['已收到'], can: ['再提一条'] },
  { page: 'notice', state: 'changed', open: '/notices/1', how: 'the days are over', answers: { 'GET /v1/notices/1': given.notice({ notice_until: '2026-01-01T00:00:00Z' }) }, see: ['公示已到期', '已核查收购合同'], never: ['提交异议'] },
  { page: 'notice', state: 'offline', open: '/notices/1', answers: { 'GET /v1/notices/1': cut }, see: ['网络不通'], can: again },
  { page: 'notice', state: 'offline', open: '/notices/1', how: 'the network breaks while the objection is sent; a reload keeps it', answers: { [`POST ${objections_at}`]: cut }, act: async (page) => { await object(page); await page.getByText('网络不通').first().waitFor(); await page.reload(); await page.locator('#objection').waitFor(); }, see: ['提出异议'], then: stillObjected },
  { page: 'notice', state: 'no_rights', not: 'notices are public' },
  afterDeployment('notice', '/p/1', (page) => push(page, '/notices/1'), ['提出异议']),
  { page: 'notice', state: 'font_200', open: '/notices/1', see: ['箬竹面', '已核查收购合同'], can: ['提交异议'] },
  { page: 'notice', state: 'back', open: '/notices/1', how: 'the product, then Back: what was typed is there', act: async (page) => { await page.fill('#objection', '原料不是本县的鲜笋。'); await page.getByRole('link', { name: '看商品' }).click(); await page.getByRole('button', { name: buy }).waitFor(); await page.goBack(); await page.locator('#objection').waitFor(); }, see: ['提出异议'], then: stillObjected },
];

const editions = [
  { page: 'editions', state: 'loading', open: '/editions', answers: { 'GET /v1/editions': hang }, see: ['正在加载…'] },
  { page: 'editions', state: 'empty', open: '/editions', answers: { 'GET /v1/editions': given.page([]) }, see: ['还没有冻结的目录'] },
  { page: 'editions', state: 'empty', open: '/editions?scheme=MINHANG_YOUPIN&year=2027', how: 'of a year that is not frozen yet', answers: { 'GET /v1/editions': given.page([]) }, see: ['这一年的目录还没有冻结'] },
  { page: 'editions', state: 'refused', open: '/editions', each: ['listEditions'], at: 'GET /v1/editions' },
  { page: 'editions', state: 'gone', not: 'a list with nothing in it is empty; its address is always a page' },
  { page: 'editions', state: 'changed', open: '/editions', how: 'a second edition of the year', answers: { 'GET /v1/editions': given.page([given.edition(), given.edition({ edition_id: 2, number: 2, certifications: 2, frozen_at: '2026-12-01T02:55:00Z' })]) }, see: ['第 1 版', '第 2 版', '2 件产品'] },
  { page: 'editions', state: 'offline', open: '/editions', answers: { 'GET /v1/editions': cut, 'GET /v1/schemes': cut, 'GET /v1/counties': cut }, see: ['网络不通'], can: again },
  { page: 'editions', state: 'no_rights', not: 'catalogues are public' },
  afterDeployment('editions', '/p/1', (page) => push(page, '/editions'), ['闵行优品 2026 年目录']),
  { page: 'editions', state: 'font_200', open: '/editions', see: ['第 1 版', '1 件产品'] },
  { page: 'editions', state: 'back', open: '/editions', how: 'an edition, then Back', act: async (page) => { await page.getByRole('link', { name: /第 1 版/ }).click(); await page.locator('[data-test=hash]').waitFor(); await page.goBack(); }, see: ['1 件产品'] },
];

const edition = [
  { page: 'edition', state: 'loading', open: '/editions/1', answers: { 'GET /v1/editions/1': hang }, see: ['正在加载…'] },
  { page: 'edition', state: 'empty', open: '/editions/1', answers: { 'GET /v1/editions/1/catalogue.json': given.catalogue([]) }, see: ['这一版里没有产品'] },
  { page: 'edition', state: 'refused', open: '/editions/1', each: ['getEdition'], at: 'GET /v1/editions/1' },
  { page: 'edition', state: 'refused', open: '/editions/1', each: ['getCatalogueOfEdition'], at: 'GET /v1/editions/1/catalogue.json' },
  { page: 'edition', state: 'gone', open: '/editions/7', answers: { 'GET /v1/editions/7': refuse(404, 'edition-unknown'), 'GET /v1/editions/7/catalogue.json': refuse(404, 'edition-unknown') }, see: ['没有找到'] },
  { page: 'edition', state: 'changed', open: '/editions/1', how: 'other bytes than the hash is of', answers: { 'GET /v1/editions/1/catalogue.json': given.catalogue([given.entry_of_catalogue({ product_name: '别的面' })]) }, see: ['内容与指纹不一致', '别的面'] },
  {
    page: 'edition', state: 'changed', open: '/editions/1', how: 'there is a newer one: an old one says so, and what came and went',
    answers: {
      'GET /v1/editions': given.page([given.edition(), given.edition({ edition_id: 2, number: 2, previous_edition_id: 1 })]), 'GET /v1/editions/2': given.edition({ edition_id: 2, number: 2, previous_edition_id: 1 }),
      'GET /v1/editions/2/catalogue.json': given.catalogue([given.entry_of_catalogue({ product_id: 2, product_name: '筇竹笋干' })]),
    },
    see: ['已有第 2 版', '移出 1 件', '新增 1 件', '筇竹笋干'], can: [],
    then: async (page) => { await page.getByRole('link', { name: '看第 2 版' }).waitFor(); },
  },
  { page: 'edition', state: 'offline', open: '/editions/1', answers: { 'GET /v1/editions/1': cut }, see: ['网络不通'], can: again },
  { page: 'edition', state: 'no_rights', not: 'catalogues are public' },
  afterDeployment('edition', '/p/1', (page) => push(page, '/editions/1'), ['指纹（SHA-256）', '内容与指纹一致']),
  { page: 'edition', state: 'font_200', open: '/editions/1', see: ['箬竹面', '内容与指纹一致', '下载 PDF'] },
  { page: 'edition', state: 'back', open: '/editions/1', how: 'a product, then Back', act: async (page) => { await page.getByRole('link', { name: '箬竹面' }).click(); await page.getByRole('button', { name: buy }).waitFor(); await page.goBack(); await page.locator('[data-test=hash]').waitFor(); }, see: ['内容与指纹一致'] },
];

const nothing_asked = 'it asks the services nothing';
const unknown = [
  { page: 'unknown', state: 'gone', open: '/p/1', how: 'led there within the shop (the server answers 404 to the address itself)', act: (page) => push(page, '/nowhere'), see: ['没有找到这个页面或产品'], can: ['看看其他产品'] },
  ...['loading', 'empty', 'refused', 'changed', 'offline', 'no_rights'].map((state) => ({ page: 'unknown', state, not: nothing_asked })),
  { page: 'unknown', state: 'old_version', not: 'its file is fetched as every page’s: see the others' },
  { page: 'unknown', state: 'font_200', open: '/p/1', act: (page) => push(page, '/nowhere'), see: ['没有找到这个页面或产品'], can: ['看看其他产品'] },
  { page: 'unknown', state: 'back', not: 'nothing on it is lost' },
];

const month = '2026-11';
const report = `/desk/audit/${month}`;
const lot = `/desk/audit/${month}/530624/1/1/10`;
const lot_at = 'GET /v1/audit/counties/530624/merchants/1/products/1/lots/10';
const forbidden = refuse(403, 'role-missing');
const as_clerk = { 'POST /v1/auth/refresh': given.tokens({ name: '王文员', roles: ['operator'] }) };
const who = ['王文员', '运营', '这里需要另外的角色'];

const own_password = 'a lantern over the old ferry';
async function changePassword(page) {
  if ((await page.locator('#new-password').count()) === 0) {
    await signIn(page);
    await page.locator('#new-password').waitFor();
  }
  await page.fill('#new-password', own_password);
  await page.fill('#new-again', own_password);
  await page.click('button[type=submit]');
}
async function signIn(page) {
  await page.fill('#login', 'zhou');
  await page.fill('#password', ''); // Typed anew, also where it is the same.
  await page.fill('#password', 'a password of some length');
  await page.click('button[type=submit]');
}

const login = [
  { page: 'login', state: 'loading', open: '/desk/login', signed_out: true, answers: { 'POST /v1/auth/login': hang }, act: signIn, see: ['正在登录…'] },
  { page: 'login', state: 'empty', open: '/desk/login', signed_out: true, act: (page) => page.click('button[type=submit]'), see: ['请填写账号和密码'] },
  { page: 'login', state: 'refused', open: '/desk/login', signed_out: true, each: ['logIn'], at: 'POST /v1/auth/login', act: signIn, again: signIn },
  { page: 'login', state: 'refused', open: '/desk/login', signed_out: true, how: 'too many attempts', answers: { 'POST /v1/auth/login': refuse(429, 'login-rate-limited', [], { 'Retry-After': '60' }) }, act: signIn, see: ['尝试太多次了'] },
  {
    page: 'login', state: 'refused', open: '/desk/login', signed_out: true, each: ['changePassword'], at: 'POST /v1/auth/password', how: 'a temporary password is changed',
    answers: { 'POST /v1/auth/login': refuse(403, 'password-change-required') }, act: changePassword, again: changePassword,
    words: { 'validation-failed': '这个新密码太容易猜到' },
  },
  {
    page: 'login', state: 'changed', open: '/desk/login', signed_out: true, how: 'a temporary password is changed for one’s own, which signs in',
    answers: { 'POST /v1/auth/login': sequence(refuse(403, 'password-change-required'), given.tokens()), 'POST /v1/auth/password': {} },
    act: async (page) => {
      await signIn(page);
      await page.getByText('只能用一次').waitFor();
      await page.fill('#new-password', 'too short');
      await page.click('button[type=submit]');
      await page.getByText('至少要 12 个字符').waitFor();
      await page.fill('#new-password', own_password);
      await page.fill('#new-again', `${own_password}!`);
      await page.click('button[type=submit]');
      await page.getByText('两次输入的新密码不一样').waitFor();
      const sent = page.waitForRequest((one) => one.url().endsWith('/v1/auth/password'));
      await page.fill('#new-again', own_password);
      await page.click('button[type=submit]');
      assert.deepEqual(JSON.parse((await sent).postData()), { login: 'zhou', password: 'a password of some length', new_password: own_password });
    },
    see: ['消费帮扶月报', '大关县'],
  },
  { page: 'login', state: 'gone', not: 'the sign-in is always there' },
  { page: 'login', state: 'changed', open: report, how: 'the session ends while the desk is open', answers: { 'GET /v1/audit/report': refuse(401, 'token-expired'), 'POST /v1/auth/refresh': sequence(given.tokens(), refuse(401, 'refresh-invalid')) }, see: ['登录工作台'] },
  { page: 'login', state: 'offline', open: '/desk/login', signed_out: true, answers: { 'POST /v1/auth/login': cut }, act: signIn, see: ['网络不通'], can: ['登录'] },
  { page: 'login', state: 'no_rights', open: '/desk/login?to=/audit/2026-11', signed_out: true, how: 'signed in, but no auditor', answers: { 'POST /v1/auth/login': given.tokens({ name: '王文员', roles: ['operator'] }), 'GET /v1/audit/report': forbidden, 'GET /v1/audit/months': forbidden }, act: signIn, see: who, can: ['换账号登录', '退出'] },
  { page: 'login', state: 'old_version', not: 'it is in the desk’s first file' },
  { page: 'login', state: 'font_200', open: '/desk/login', signed_out: true, see: ['登录工作台'], can: ['登录'] },
  { page: 'login', state: 'back', open: report, how: 'signed out, then Back: nothing of the desk is shown', act: async (page) => { await page.getByRole('button', { name: '退出' }).click(); await page.locator('#login').waitFor(); await page.goBack(); }, see: ['登录工作台'], never: ['大关县'] },
];

const level = [
  { page: 'level', state: 'gone', open: '/desk/audit/2026-13', how: 'a month that there is not', see: ['没有“2026-13”这个月'], never: ['请看标红的地方'], can: ['回到月报'] },
  {
    page: 'level', state: 'changed', open: report, how: 'taken away as a table, with the words for what the chart leaves out',
    answers: { 'GET /v1/audit/report': given.level(Array.from({ length: 17 }, (_one, i) => ({ ...given.level().items[0], county_code: String(530624 + i), name: `第 ${i + 1} 县` }))) },
    act: async (page) => {
      await page.locator('[data-test=cut]').waitFor();
      const [file] = await Promise.all([page.waitForEvent('download'), page.locator('[data-test=export]').first().click()]);
      assert.match(file.suggestedFilename(), /^审计-2026-11-.*账本\d+条\.csv$/);
    },
    see: ['图里是前 12 个，表里是全部 17 个', '合计里只算一次'],
  },
  { page: 'level', state: 'loading', open: report, answers: { 'GET /v1/audit/report': hang }, see: ['正在读取…'] },
  { page: 'level', state: 'empty', open: report, answers: { 'GET /v1/audit/report': given.level([]) }, see: ['这个月没有记录'] },
  {
    page: 'level', state: 'empty', open: '/desk/audit/2026-11/999999', how: 'a county that there is not', answers: { 'GET /v1/audit/counties/999999': { ...given.level([]), names: { county: '' } } },
    see: ['没有找到编号为 999999 的产地'], never: ['这个月没有记录'], can: ['回到月报'],
  },
  { page: 'level', state: 'empty', open: '/desk/audit/2026-11/530624', how: 'a county that sold nothing', answers: { 'GET /v1/audit/counties/530624': given.level([]) }, see: ['大关县', '这个月没有记录'], never: ['没有找到'], can: ['返回上一级', '回到月报'] },
  {
    page: 'level', state: 'empty', open: `${report}?channel=RADIO`, how: 'a channel by which nothing was sold', answers: { 'GET /v1/audit/report': given.level([]) },
    see: ['在这个渠道没有记录'], can: ['全部渠道'],
  },
  {
    page: 'level', state: 'changed', open: report, how: 'the language, after a recomputation', answers: { 'GET /v1/audit/recomputation': { state: 'DONE', month, entries: 7, differences_total: 0, differences: [], equal: true } },
    act: async (page) => { await page.getByRole('button', { name: '从账本重算本月' }).click(); await page.getByText('重算 7 条记录').waitFor(); await page.getByRole('button', { name: 'English' }).click(); },
    see: [/7 entries/], never: ['重算 7 条记录'],
    then: async (page) => page.getByRole('button', { name: '中文' }).click(),
  },
  { page: 'level', state: 'refused', open: report, each: ['getMonthReport'], at: 'GET /v1/audit/report' },
  { page: 'level', state: 'gone', open: '/desk/audit/2026-11/999999', answers: { 'GET /v1/audit/counties/999999': refuse(404, 'not-found') }, see: ['没有找到'], can: ['回到月报'] },
  { page: 'level', state: 'offline', open: report, answers: { 'GET /v1/audit/report': cut, 'GET /v1/audit/months': cut }, see: ['网络不通'], can: ['重试'] },
  { page: 'level', state: 'offline', open: report, how: 'the session cannot be renewed for want of a network', answers: { 'POST /v1/auth/refresh': cut }, see: ['网络不通'], can: ['重试'] },
  { page: 'level', state: 'no_rights', open: report, answers: { ...as_clerk, 'GET /v1/audit/report': forbidden, 'GET /v1/audit/months': forbidden }, see: who, can: ['换账号登录'] },
  { page: 'level', state: 'old_version', not: 'it is in the desk’s first file' },
  { page: 'level', state: 'font_200', open: report, see: ['大关县'], can: ['退出'] },
  {
    page: 'level', state: 'back', open: report, how: 'a county in a new tab (Ctrl-click) does not ask for the password',
    act: async (page) => {
      const link = page.locator('table tbody th a').first();
      const [tab] = await Promise.all([page.context().waitForEvent('page'), link.click({ modifiers: ['ControlOrMeta'] })]);
      await tab.locator('#month').waitFor();
      assert.equal(await tab.locator('#password').count(), 0);
      await tab.close();
    },
    see: ['大关县'],
  },
];

const lines = [
  { page: 'lines', state: 'loading', open: lot, answers: { [lot_at]: hang }, see: ['正在读取…'] },
  { page: 'lines', state: 'empty', open: lot, answers: { [lot_at]: { ...given.lines(0), names: { county: '大关县', merchant: '合作社', product: '箬竹面', lot: 'RZ260401' } } }, see: ['这个月没有记录'], can: ['返回上一级'] },
  {
    page: 'lines', state: 'empty', open: lot, how: 'a lot that there is not', answers: { [lot_at]: { ...given.lines(0), names: { county: '大关县', merchant: '合作社', product: '箬竹面', lot: '' } } },
    see: ['没有找到编号为 10 的批次'], never: ['这个月没有记录'], can: ['回到月报'],
  },
  { page: 'lines', state: 'refused', open: lot, each: ['listLotLines'], at: lot_at },
  { page: 'lines', state: 'gone', open: lot, answers: { [lot_at]: refuse(404, 'not-found') }, see: ['没有找到'], can: ['回到月报'] },
  { page: 'lines', state: 'changed', not: 'as the level' },
  { page: 'lines', state: 'offline', open: lot, answers: { [lot_at]: cut }, see: ['网络不通'], can: ['重试'] },
  { page: 'lines', state: 'no_rights', open: lot, answers: { ...as_clerk, [lot_at]: forbidden }, see: who, can: ['换账号登录'] },
  afterDeployment('lines', report, (page) => push(page, lot.slice('/desk'.length)), ['RZ260401']),
  { page: 'lines', state: 'font_200', open: lot, see: ['RZ260401'] },
  { page: 'lines', state: 'back', open: lot, how: 'an entry, then Back', act: async (page) => { await page.locator('tbody th a').first().click(); await page.locator('[data-test=verdict]').waitFor(); await page.goBack(); }, see: ['RZ260401'] },
];

const entry_at = 'GET /v1/audit/entries/0';
const no_entry = { 'entry-unknown': '账本里没有第 0 条' };
const told_entry = { county: '530624', merchant: 1, product: 1, pairing: 1, district: '310112', channel: 'METRO_QR', provider: 'sample', trust: 'SAMPLE', rule: 'CHANNEL_DISTRICT', unit_price_fen: 1980, total_fen: 3960, weight_g: 500, v: 2 };
const entry = [
  {
    page: 'entry', state: 'changed', open: '/desk/audit/entry/0', how: 'what it holds is told in words and yuan, with the names behind the numbers, and by which key it is proved',
    answers: { [entry_at]: { index: 0, entry: JSON.stringify(told_entry), leaf_hash: '' } },
    see: ['大关县', '演示（没有收钱）', '归展示点所在的区', '19.80', '39.60', '公钥'],
    then: async (page) => {
      await page.locator('[data-fact=merchant]', { hasText: /[\u4e00-\u9fff]/ }).waitFor();
      const facts = await page.locator('dl.facts').innerText();
      for (const name of ['SAMPLE', 'CHANNEL_DISTRICT', '（分）', 'sample']) assert.ok(!facts.includes(name), `${name} is no word`);
    },
  },
  { page: 'entry', state: 'loading', open: '/desk/audit/entry/0', answers: { [entry_at]: hang }, see: ['正在验证…'] },
  { page: 'entry', state: 'empty', not: 'an entry is never empty' },
  { page: 'entry', state: 'refused', open: '/desk/audit/entry/0', each: ['getEntry'], at: entry_at, words: no_entry },
  { page: 'entry', state: 'refused', open: '/desk/audit/entry/0', each: ['getInclusionProof'], at: `${entry_at}/proof`, words: no_entry },
  { page: 'entry', state: 'refused', open: '/desk/audit/entry/0', each: ['getEntryOrder'], at: `${entry_at}/order`, quiet: 'the entry is proved, and the lot’s lines are there, without its order' },
  { page: 'entry', state: 'changed', open: '/desk/audit/entry/0', how: 'its order was erased', answers: { [`${entry_at}/order`]: refuse(404, 'order-erased') }, see: ['不能再对应到订单'], never: ['订单 SH'] },
  { page: 'entry', state: 'gone', open: '/desk/audit/entry/7', answers: { 'GET /v1/audit/entries/7': refuse(404, 'entry-unknown'), 'GET /v1/audit/entries/7/proof': refuse(404, 'entry-unknown') }, see: ['账本里没有第 7 条'], can: ['回到月报'] },
  { page: 'entry', state: 'changed', open: '/desk/audit/entry/0', how: 'the entry is not what was signed', see: ['验证未通过', '不要采信这条记录'], can: ['重新验证'] },
  { page: 'entry', state: 'offline', open: '/desk/audit/entry/0', answers: { [entry_at]: cut }, see: ['网络不通'], can: ['重试'] },
  { page: 'entry', state: 'no_rights', open: '/desk/audit/entry/0', answers: { ...as_clerk, [entry_at]: forbidden }, see: who, can: ['换账号登录'] },
  afterDeployment('entry', report, (page) => push(page, '/audit/entry/0'), ['账本第 0 条']),
  { page: 'entry', state: 'font_200', open: '/desk/audit/entry/0', see: ['账本第 0 条'] },
  { page: 'entry', state: 'back', not: 'see the lines; nothing on it is typed' },
];

const bundle_at = 'GET /v1/bundles/1';
const bundle = [
  { page: 'bundle', state: 'loading', open: '/b/1', answers: { [bundle_at]: hang }, then: (page) => page.locator('.skeleton').first().waitFor() },
  {
    page: 'bundle', state: 'empty', open: '/b/1', how: 'of its only part too few are left for one', answers: { 'GET /v1/stock/11': given.stock(2) },
    see: ['暂时无货', '箬竹面'], never: [submit],
  },
  { page: 'bundle', state: 'refused', open: '/b/1', each: ['getBundle'], at: bundle_at },
  {
    page: 'bundle', state: 'refused', open: '/b/1', how: 'it has changed: the form stays, and shows it as it is now', answers: { 'POST /v1/orders': refuse(409, 'bundle-changed') },
    act: async (page, world) => { await fill(page); world.answer(bundle_at, given.bundle({ version: 2, price_fen: 3600 })); await page.getByRole('button', { name: submit }).click(); },
    see: ['套装的内容或价格刚刚变了', '¥36.00'], can: [submit], then: stillFilled,
  },
  { page: 'bundle', state: 'empty', open: '/b/1', how: 'with what is promised with each of its parts', see: ['七天无理由退货', '有检测报告', '商户就在大关县'] },
  {
    page: 'bundle', state: 'empty', open: '/b/1', how: 'of two parts that have little in common, and a cover that does not come',
    answers: {
      [bundle_at]: given.bundle({ image: '/media/none.svg', components: [given.bundle().components[0], { ...given.bundle().components[0], sku_id: 12, return_policy: 'FRESH_EXEMPT', county: { county_code: '530625', short_name: '永善县' } }] }),
      'GET /v1/stock/12': { ...given.stock(180, 12), lots: [{ lot_id: 11, lot_code: 'X1', available: 180 }] }, 'GET /v1/origin-cards/lots/11': { ...given.origin, lot: { ...given.origin.lot, test_report_no: null } },
    },
    act: (page) => page.getByRole('button', { name: '看整张图片' }).waitFor({ state: 'detached' }),
    see: ['各件退货规则不同', '批次可查'], never: ['有检测报告', '商户就在', '看整张图片'],
  },
  { page: 'bundle', state: 'gone', open: '/b/1', answers: { [bundle_at]: refuse(404, 'bundle-unknown') }, see: ['没有找到这个页面或产品'], can: to_shop },
  { page: 'bundle', state: 'changed', open: '/b/1', how: 'a part is not for sale any more', answers: { [bundle_at]: given.bundle({ saleable: false }) }, see: ['现在不能下单'], never: [submit] },
  { page: 'bundle', state: 'changed', open: '/b/1', how: 'it is not listed any more', answers: { [bundle_at]: given.bundle({ listed: false, saleable: false }) }, see: ['这个套装已下架'], never: [submit] },
  { page: 'bundle', state: 'changed', open: '/b/1', how: 'its part has lost its certification', answers: { [bundle_at]: given.bundle({ saleable: false }), 'GET /v1/products/1': given.suspended }, see: ['里面的箬竹面暂不出售', '认证已暂停'], never: [submit] },
  { page: 'bundle', state: 'offline', open: '/b/1', answers: { [bundle_at]: cut }, see: ['网络不通'], can: again },
  { page: 'bundle', state: 'offline', open: '/b/1', how: 'the network breaks while the order is sent', answers: { 'POST /v1/orders': cut }, act: fillAndSubmit, see: ['网络不通', '不会重复下单'], can: ['重试'], then: stillFilled },
  { page: 'bundle', state: 'no_rights', not: 'bundles are public; a guest may order' },
  afterDeployment('bundle', '/b/1', (page) => page.getByRole('link', { name: '看看其他产品' }).click(), ['帮扶好物']),
  { page: 'bundle', state: 'font_200', open: '/b/1', see: ['大关竹面三袋装', '单买合计 ¥38.40，比单买省 ¥3.40', '大关县'], can: [buy] },
  {
    page: 'bundle', state: 'back', open: '/b/1', how: 'a part is looked at, then Back',
    act: async (page) => { await fill(page); await closeSheet(page); await page.getByRole('link', { name: '箬竹面' }).click(); await page.getByText('产品说明').waitFor(); await page.goBack(); await openForm(page); },
    see: ['大关竹面三袋装'], then: stillFilled,
  },
];

export const table = [...list, ...product, ...bundle, ...order, ...orders, ...code_unknown, ...notices, ...notice, ...editions, ...edition, ...unknown, ...login, ...level, ...lines, ...entry];
export const desk_pages = ['login', 'level', 'lines', 'entry'];
