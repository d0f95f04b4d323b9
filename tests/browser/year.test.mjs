/**
 * The year of a product as one journey, from nobody's knowing the house to the second catalogue, in pages and by a clock that
 * is turned: applied, verified, listed, recommended, returned, objected to, certified, frozen, bought, suspended, lapsed at
 * midnight, renewed from last year's papers. Wants a platform whose clock can be turned (ctest's `browser_year` has one).
 */

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { assertAccessible, assertFitsWidth, base_url, desk, fillReceiver, launch, openPage, payInSandbox, phone, signIn } from './browser.mjs';
import { eventually, order, refused, sold } from './buying.mjs';
import { canonical } from './canonical.mjs';
import { can_turn, dayOf, daysFrom, now, startOf, turnTo } from './clock.mjs';
import { assertAllPassed, guidePicture } from './guide_pictures.mjs';
import { handInReport, photograph } from './papers.mjs';
import { openCountyOffice, openYear, staff } from './staff.mjs';
import { chooseBatch, creditCode, confirm, decision, fillPapers, fillProduct, houseIsKnown, run, take, toast, toOnboarding } from './steps.mjs';

// A house is looked at again after a year, which must come before the first of December.
if (can_turn && dayOf(now()).slice(5, 7) === '12') turnTo(startOf(`${Number(dayOf(now()).slice(0, 4)) + 1}-01-04`));
const year = Number(dayOf(now()).slice(0, 4)) + 1;
/** Nothing where nobody has played this here before, so that guides show names as people give them. */
const { items: houses } = can_turn ? await (await fetch(`${base_url}/v1/merchants?county=530624&limit=100`)).json() : { items: [] };
const mark = houses.some((one) => one.name.includes('木杆镇箬竹笋')) ? run.slice(-4) : '';
const house = { name: `大关县木杆镇箬竹笋专业合作社${mark}`, login: `bamboo.${run}`, password: 'seven lanterns over an old ferry', uscc: creditCode('530624') };
const product = { name: `木杆箬竹笋${mark}`, sku: '250克袋装', shelf_life_days: 1080, summary: '海拔一千四百米的箬竹笋，当天采当天煮，开袋就能吃。' };
const county = { login: `county.${run}`, name: '刘科', password: 'quiet bamboo in the rain' };
const [lot_code, hour] = [`RZ${run.slice(-6)}`, 3_600_000];
const office_desk = { ...desk, viewport: { width: 1180, height: 740 } };

let [browser, link, product_id, application] = [null, '', 0, ''];
before(async () => void (can_turn && (browser = await launch())));
after(() => browser?.close());

/** A chapter needs what the ones before it brought about. */
let broken = can_turn ? false : 'SHANHAI_TURNED_CLOCK names no clock to turn';
function chapter(name, body) {
  test(name, async (context) => {
    if (broken) return context.skip(String(broken));
    broken = `since «${name}» failed`;
    await body();
    broken = false;
  });
}

const as = {
  owner: async (to) => signedIn(phone, house.login, to, house.password),
  county: async (to) => signedIn(office_desk, county.login, to, county.password),
  district: async (to) => signedIn(office_desk, 'certifier', to),
  operator: async (to) => signedIn(office_desk, 'operator', to),
};
async function signedIn(device, login, to, password) {
  const opened = await openPage(browser, device);
  await signIn(opened.page, login, to, password);
  return opened;
}
async function close(...opened) {
  assert.deepEqual(opened.flatMap(({ complaints }) => complaints), []);
  for (const { context } of opened) await context.close();
}
const due = (page, why) => page.locator('ul.due').getByRole('link', { name: new RegExp(`${product.name}.*${why}`) });

chapter('a cooperative of 大关县 applies on a telephone, and two of the operator verify it', async () => {
  const applicant = await openPage(browser, phone);
  const { page } = applicant;
  await page.goto('/');
  await page.getByRole('link', { name: '我要开店 / 商户入驻' }).tap();
  await fillPapers(page, house);
  await page.fill('#uscc', house.uscc);
  await page.locator('[data-test=code]').getByText('属于大关县').waitFor();
  await page.selectOption('#county', '530624');
  await page.fill('#owner-password', house.password);
  await assertFitsWidth(page, 'the application');
  await guidePicture(page, 'merchant-join');
  await page.locator('[data-test=send]').tap();
  await page.locator('[data-test=what]').getByText('等待平台运营核对').waitFor();
  link = await page.inputValue('[data-test=link]');
  await guidePicture(page, 'merchant-applied');

  for (const [login, said, picture] of [['operator', '等第二位核对', 'operator-houses'], ['reviewer', '已通过', 'operator-verify']]) {
    const verifier = await openPage(browser, office_desk);
    await toOnboarding(verifier.page, login, house);
    await guidePicture(verifier.page, picture);
    await decision(verifier.page, 'VERIFY').click();
    await confirm(verifier.page);
    await toast(verifier.page, said);
    await close(verifier);
  }
  await close(applicant);
});

chapter('the owner opens the link and lists 箬竹笋: a picture, a base that another confirms, a lot that arrives', async () => {
  const [owner, operator] = [await openPage(browser, phone), await as.operator('/')];
  const { page } = owner;
  await page.goto(link);
  await page.getByRole('link', { name: `用账号 ${house.login} 登录` }).tap();
  await page.fill('#password', house.password);
  await page.locator('button[type=submit]').tap();
  assert.ok(await houseIsKnown(page), 'the catalogue never heard of it');
  await guidePicture(page, 'merchant-first');

  await page.locator('[data-step=product] a').tap();
  await fillProduct(page, product);
  await page.fill('#sku-0-price', '23.80');
  await page.locator('[data-test=picture] img').waitFor();
  const drawn = await page.locator('[data-test=picture] img').getAttribute('src');
  const picture = await photograph(browser, `<body style="margin:0;background:#e9efdc"><img src="${new URL(drawn, base_url)}" style="width:100%;height:100%;object-fit:contain">`);
  await page.setInputFiles('[data-test=picture] [data-test=file]', { name: '笋.jpg', mimeType: 'image/jpeg', buffer: picture });
  await page.locator(`[data-test=picture] img:not([src="${drawn}"])`).waitFor();
  await guidePicture(page, 'merchant-product', page.locator('[data-test=picture]'));
  await page.locator('[data-test=save]').tap();
  await page.waitForURL(/\/desk\/products\/\d+$/);
  product_id = Number(page.url().match(/\d+$/)[0]);
  await page.locator('[data-test=list]').tap();
  await page.locator('[data-test=listing]').getByText('已上架，但还不能卖').waitFor();

  await page.goto('/desk/bases/new');
  for (const [field, text] of Object.entries({ name: '木杆箬竹基地', village: '木杆镇向阳村', words: '箬竹笋', mu: '320.5', yield: '300' })) await page.fill(`#${field}`, text);
  await page.locator('#county option[value="530624"]').waitFor({ state: 'attached' });
  await page.selectOption('#county', '530624');
  await page.locator('[data-test=save]').tap();
  await toast(page, '等平台运营确认');
  const base = new URL(page.url()).pathname;

  await operator.page.reload();
  await operator.page.locator(`main a[href="${base}"]`).click();
  await operator.page.locator('[data-test=confirm-base]').waitFor();
  await guidePicture(operator.page, 'operator-base');
  await operator.page.click('[data-test=confirm-base]');
  await toast(operator.page, '可以登记批次了');

  await page.goto(`/desk/lots/new?product_id=${product_id}`);
  await page.locator('#base option:not([value=""])').first().waitFor({ state: 'attached' });
  await page.selectOption('#product', { label: product.name });
  await page.selectOption('#base', { index: 1 });
  for (const [field, text] of Object.entries({ code: lot_code, quantity: '1200', production: daysFrom(now(), -3), certificate: 'HGZ-530624-0231', report: 'QC-530624-1102' })) await page.fill(`#${field}`, text);
  await guidePicture(page, 'merchant-lot');
  await page.locator('[data-test=save]').tap();
  await toast(page, '批次已登记');

  await operator.page.goto(`/desk/stock?q=${encodeURIComponent(product.name)}`);
  await operator.page.locator('li[data-sku] [data-test=receive]').click();
  await operator.page.locator('#receipt-lot option').nth(1).waitFor({ state: 'attached' });
  await operator.page.selectOption('#receipt-lot', { index: 1 });
  await operator.page.fill('#receipt-quantity', '600');
  await guidePicture(operator.page, 'operator-receipt');
  await confirm(operator.page);
  await toast(operator.page, '已入库 600 件');
  await close(owner, operator);
});

chapter('it applies for 闵行优品: the county recommends, the district returns it once, reviews it and publishes the notice', async () => {
  await openCountyOffice(county);
  await openYear({ recommendations: 1 });
  const owner = await as.owner('/');
  const { page } = owner;
  await page.locator('[data-step=application] a').tap();
  await chooseBatch(page, `闵行优品 ${year} 年`);
  await page.selectOption('#product', { label: product.name });
  await page.fill('#statement', '箬竹笋当天采、当天煮，不加硫磺；一斤鲜笋出四两，价格与同类持平。');
  await page.fill('#linkage', '与木杆镇 38 户签有鲜笋收购合同，每公斤保底 6 元，年底按交售量二次返利。');
  await page.getByRole('button', { name: '存为草稿' }).tap();
  await page.waitForURL(/\/desk\/applications\/\d+$/);
  application = new URL(page.url()).pathname.replace('/desk', '');
  await handInReport(browser, page, `QC-${year - 1}-1102`, product);
  await guidePicture(page, 'merchant-apply', page.locator('[data-test=papers]'));
  await take(page, 'SUBMIT', '已提交');

  // The office that was opened a moment ago may not be known to every service yet.
  const recommender = await as.county('/');
  for (let i = 0; i < 20 && (await due(recommender.page, '等县级推荐').count()) === 0; i += 1) {
    await recommender.page.reload();
    await recommender.page.locator('[data-test=due]').waitFor();
  }
  await due(recommender.page, '等县级推荐').click();
  await take(recommender.page, 'RECOMMEND', '已推荐');

  const office = await as.district('/');
  await due(office.page, '等开始审核').waitFor();
  await guidePicture(office.page, 'certifier-due');
  await due(office.page, '等开始审核').click();
  await office.page.locator('[data-test=product] img').waitFor();
  await assertAccessible(office.page, 'an application, to the district');
  await guidePicture(office.page, 'certifier-application');
  await take(office.page, 'RETURN', '已退回补正', { reason: '请补充利益联结的合同和户数。', before: () => guidePicture(office.page, 'certifier-return') });

  await page.goto('/desk/');
  await page.locator('[data-test=due]').getByRole('link', { name: `退回补正：${product.name}` }).tap();
  await page.locator('[data-test=missing]').getByText('请补充利益联结的合同和户数').waitFor();
  await guidePicture(page, 'merchant-returned');
  await page.fill('#linkage', `与木杆镇 52 户签有收购合同（合同编号 MG${year - 1}-01 至 52），每公斤保底 6 元，年底按交售量二次返利。`);
  await page.getByRole('button', { name: '存为草稿' }).tap();
  await toast(page, '已保存');
  await take(page, 'SUBMIT', '已提交');
  await recommender.page.reload();
  await take(recommender.page, 'RECOMMEND', '已推荐');
  await office.page.reload();
  await take(office.page, 'BEGIN_REVIEW', '已开始审核');
  await take(office.page, 'PUBLISH_NOTICE', '已公示');
  await close(owner, recommender, office);
});

chapter('the public objects and is answered; when the notice is over, it is certified', async () => {
  const [anybody, office] = [await openPage(browser, phone), await as.district('/')];
  const { page } = anybody;
  await page.goto('/notices');
  await page.getByRole('link', { name: new RegExp(product.name) }).tap();
  await page.fill('#objection', '笋是外县收来的，不是木杆镇的。');
  const receipt = await photograph(browser, '<body style="font:28px serif"><h1>收购单（示例）</h1><p>鲜笋 380 kg，收自外县。');
  await page.setInputFiles('[data-test=paper]', { name: '收购单.jpg', mimeType: 'image/jpeg', buffer: receipt });
  await page.locator('[data-test=paper-there]').getByText('收购单.jpg').waitFor();
  await assertAccessible(page, 'a notice with a paper');
  await page.reload();
  await page.locator('[data-test=paper-there]').getByText('收购单.jpg').waitFor();
  await page.getByRole('button', { name: '提交异议' }).tap();
  await page.getByText('已收到').waitFor();
  await page.getByText('还没有已答复的异议').waitFor();

  await office.page.reload();
  await due(office.page, '有异议等答复').click();
  await office.page.locator('[data-test=objections]').getByText('笋是外县收来的').waitFor();
  await office.page.locator('[data-test=objection-paper]').click();
  await office.page.locator('[role=dialog] img, dialog img').first().waitFor();
  await office.page.keyboard.press('Escape');
  await office.page.click('[data-test=answer]');
  await office.page.fill('[data-test=reason]', '已核对收购合同和过磅单，均为木杆镇鲜笋。');
  await guidePicture(office.page, 'certifier-objection');
  await confirm(office.page);
  await toast(office.page, '已答复');
  await page.reload();
  await page.getByText('已核对收购合同和过磅单').waitFor();
  await page.getByText('附材料 1 份').waitFor();
  assert.equal(await page.getByText('收购单.jpg').count(), 0, 'the public is told how many, not which');
  await assertAccessible(page, 'a notice');
  await assertFitsWidth(page, 'a notice');
  await close(anybody, office);

  const certifier = await staff('certifier');
  const { notice_until } = await certifier('GET', `/v1${application}`);
  turnTo(new Date(Date.parse(notice_until) + hour));
  const later = await as.district('/');
  await due(later.page, '公示到期，可以认定').click();
  await take(later.page, 'CERTIFY', '已认定', { number: `MH-${year}-${run.slice(-4)}`, before: () => guidePicture(later.page, 'certifier-certify') });
  await close(later);
});

chapter('the catalogue of the new year names it, and its hash is that of what it says', async () => {
  const new_year = startOf(`${year}-01-01`);
  turnTo(new Date(Math.max(new_year.getTime() + 9 * hour, now().getTime() + hour)));
  const office = await openPage(browser, office_desk, { expected: [409] });
  await signIn(office.page, 'certifier', '/editions');
  async function freeze() {
    await office.page.goto('/desk/editions');
    await office.page.click('[data-test=freeze]');
    await office.page.selectOption('#freeze-scheme', 'MINHANG_YOUPIN');
    await office.page.locator('[data-test=preview]').getByText(/有 \d+ 件产品/).waitFor();
    await confirm(office.page);
  }
  await freeze();
  await office.page.locator('[data-test=verdict]').getByText('内容与指纹一致').waitFor();
  await assertAccessible(office.page, 'a catalogue');
  await guidePicture(office.page, 'certifier-edition');
  const [number] = office.page.url().match(/\d+$/);
  await freeze();
  await office.page.locator('dialog').getByText('和上一版一模一样').waitFor();
  await office.page.keyboard.press('Escape');
  await assertAccessible(office.page, 'the catalogues');
  await close(office);

  const anybody = await openPage(browser, phone);
  const { page } = anybody;
  await page.goto('/editions');
  await page.locator(`.edition-card a[href$="/editions/${number}"], a.edition-card[href$="/editions/${number}"]`).first().waitFor();
  await assertAccessible(page, 'the public catalogues');
  await page.goto(`/editions/${number}`);
  await page.locator('[data-test=verdict]').getByText('内容与指纹一致').waitFor();
  await page.getByText(product.name).first().waitFor();
  await assertAccessible(page, 'a public catalogue');
  await assertFitsWidth(page, 'a public catalogue');
  const told = (await page.locator('[data-test=hash]').innerText()).replace(/\s/g, '');
  const bytes = await (await fetch(`${base_url}/v1/editions/${number}/catalogue.json`)).text();
  const content = JSON.parse(bytes);
  assert.ok(content.certifications.some((one) => one.product_name === product.name), 'it is named');
  assert.equal(canonical(content), bytes, 'what is served is canonical');
  assert.equal(createHash('sha256').update(canonical(content)).digest('hex'), told);
  await close(anybody);
});

/** Somebody who has everything filled in, and only has to press the button. */
async function shopperAtTheButton() {
  const opened = await openPage(browser, phone, { expected: [409, 422] });
  await opened.page.goto(`/p/${product_id}`);
  await opened.page.getByText('认证有效').first().waitFor();
  await fillReceiver(opened.page);
  return opened;
}
const press = (page) => page.getByRole('button', { name: '提交订单并支付' }).tap();

chapter('a shopper finds it and buys it', async () => {
  await sold(product_id);
  const shopper = await openPage(browser, phone);
  const { page } = shopper;
  await page.goto('/');
  await page.getByRole('combobox', { name: '搜索产品' }).fill(product.name);
  await page.getByRole('combobox', { name: '搜索产品' }).press('Enter');
  await page.getByRole('link', { name: new RegExp(product.name) }).first().tap();
  await page.getByText(`${year} 年度`).first().waitFor();
  await page.getByText(lot_code).first().waitFor();
  await fillReceiver(page);
  await press(page);
  await payInSandbox(page);
  await page.getByText('已支付', { exact: true }).waitFor();
  await close(shopper);
});

chapter('suspended, it cannot be bought in the same second; a second person agrees, and it is reinstated', async () => {
  const [shopper, one] = [await shopperAtTheButton(), await as.district(`/certifications?scheme=MINHANG_YOUPIN&state=CERTIFIED&year=${year}`)];
  await one.page.locator('tbody th a', { hasText: product.name }).click();
  const told = one.page.waitForResponse((answer) => answer.url().endsWith('/state') && answer.ok());
  const [waited] = await Promise.all([
    told.then(() => refused(product_id, 'certification-not-valid', 1000)),
    take(one.page, 'SUSPENDED', '已提议', { reason: '抽检不合格，整改中。', before: () => guidePicture(one.page, 'certifier-suspend') }),
  ]);
  console.log(`refused ${waited} ms after the office was told that it is suspended`);
  await press(shopper.page);
  await shopper.page.getByText(/认证刚刚失效|认证已暂停/).first().waitFor();
  const number = new URL(one.page.url()).pathname.split('/').at(-1);
  const other = await openPage(browser, desk);
  await signIn(other.page, 'certifier.second', '/proposals');
  await other.page.locator('tr').filter({ has: other.page.locator(`a[href$="/certifications/${number}"]`) }).locator('[data-action=agree]').click();
  await other.page.fill('[data-test=reason]', '复核属实。');
  await confirm(other.page);
  await toast(other.page, '已答复');
  await one.page.reload();
  await take(one.page, 'CERTIFIED', '已变更', { reason: '整改完成，复核合格。' });
  await sold(product_id);
  await close(shopper, one, other);
});

chapter('a year after, the operator looks at the house again, and its owner begins the renewal from last year’s papers', async () => {
  turnTo(new Date(startOf(`${year}-12-01`).getTime() + 10 * hour));
  await refused(product_id, 'not-for-sale', 30_000); // Whose licences nobody looked at is looked for a few times a minute.
  const owner = await as.owner('/');
  const { page } = owner;
  await page.locator('[data-test=halted]').getByText('满一年没有复核').waitFor();
  const operator = await as.operator('/');
  const row = operator.page.locator('[data-test=licences] li', { hasText: house.name });
  await row.getByRole('button', { name: '复核' }).click();
  await operator.page.fill('#l-note', '核对营业执照原件，与登记一致。');
  await guidePicture(operator.page, 'operator-check');
  await operator.page.getByRole('button', { name: '记下复核' }).click();
  await toast(operator.page, '已记下复核');
  await sold(product_id);

  const office = await as.district('/schemes/MINHANG_YOUPIN');
  await office.page.locator('[data-test=open-batch]').waitFor();
  await guidePicture(office.page, 'certifier-batch');
  await office.page.click('[data-test=open-batch]');
  await toast(office.page, '年度申报已开');

  await page.goto('/desk/ending');
  const renew = page.locator('tr[data-row]', { hasText: product.name }).getByRole('button', { name: `续报 ${year + 1} 年` });
  await renew.waitFor();
  await guidePicture(page, 'merchant-renew');
  await renew.tap();
  await page.waitForURL(/\/desk\/applications\/\d+$/);
  application = new URL(page.url()).pathname.replace('/desk', '');
  await page.locator('[data-test=papers] li img').waitFor();
  assert.match(await page.inputValue('#linkage'), /52 户/);
  await page.locator('[data-test=checks]').getByText('检测报告太旧，请重新检测').waitFor();
  await page.getByRole('button', { name: /^去掉/ }).tap();
  await handInReport(browser, page, `QC-${year}-1105`, product);
  await take(page, 'SUBMIT', '已提交');
  await close(operator, office, owner);
});

chapter('at midnight it lapses: who presses the button a moment too late is told why', async () => {
  const midnight = startOf(`${year + 1}-01-01`).getTime();
  turnTo(new Date(midnight - 180_000));
  await sold(product_id);
  const shopper = await shopperAtTheButton();
  turnTo(new Date(midnight - 30_000));
  assert.equal(await order(product_id), null, 'it is sold to the last minute of the year');
  assert.ok(now().getTime() < midnight, 'that was before midnight');
  if (now().getTime() < midnight - 1000) turnTo(new Date(midnight - 1000));
  await eventually(() => now().getTime() >= midnight, 6000, 'the year ends');
  assert.equal(await order(product_id), 'certification-not-valid');
  await press(shopper.page);
  await shopper.page.getByText(/认证刚刚失效|认证已到期/).first().waitFor();
  await shopper.page.reload();
  await shopper.page.getByText('认证已到期').first().waitFor();
  await close(shopper);
});

chapter('renewed, it is sold again', async () => {
  turnTo(new Date(startOf(`${year + 1}-01-04`).getTime() + 9 * hour));
  const [recommender, certifier] = [await staff(county.login, county.password), await staff('certifier')];
  let tag = (await certifier('GET', `/v1${application}`)).tag;
  for (const [who, step] of [[recommender, { action: 'RECOMMEND' }], [certifier, { action: 'BEGIN_REVIEW' }], [certifier, { action: 'PUBLISH_NOTICE' }]]) {
    tag = (await who('POST', `/v1${application}/steps`, step, { headers: { 'If-Match': tag } })).tag;
  }
  const { notice_until } = await certifier('GET', `/v1${application}`);
  turnTo(new Date(Date.parse(notice_until) + hour));
  const later = await as.district('/');
  await due(later.page, '公示到期，可以认定').click();
  await later.page.getByText('续报自申请').first().waitFor();
  await take(later.page, 'CERTIFY', '已认定', { number: `MH-${year + 1}-${run.slice(-4)}` });
  await sold(product_id);
  const shopper = await shopperAtTheButton();
  await shopper.page.getByText(`${year + 1} 年度`).first().waitFor();
  await close(later, shopper);
  assertAllPassed();
});
