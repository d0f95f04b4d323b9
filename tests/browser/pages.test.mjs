/** Promises of the pages that are about no single state: language, titles, opening without a network. */

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { assertFitsWidth, base_url, desk, fillReceiver, launch, openPage, phone, receiver } from './browser.mjs';
import * as given from './fixtures.mjs';
import { cut, surround, World } from './interception.mjs';
import { openForm } from './sheet.mjs';
import { kept_session, usualAnswers } from './usual.mjs';

/** Where to put pictures to look at; nowhere without. */
const pictures = process.env.SHANHAI_STATES_FOLDER;
if (pictures) mkdirSync(pictures, { recursive: true });

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

async function open(device, options = {}, answers = {}) {
  const opened = await openPage(browser, { ...device, ...options });
  const surroundings = await surround(opened.context, opened.page);
  surroundings.world = new World(base_url, { ...usualAnswers(), ...answers });
  return { ...opened, world: surroundings.world };
}

/** Chinese texts whose language is said to be another. */
function mislabelled() {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(element.tagName) || !/\p{Script=Han}/u.test(node.data)) continue;
    if (!element.closest('[lang]').getAttribute('lang').startsWith('zh')) found.push(`${element.tagName}: ${node.data.trim()}`);
  }
  return found;
}

const shop = [
  ['/', '.product'],
  ['/p/1', '.origin'],
  ['/b/1', '.part .certified'],
  ['/?category=tea', '.conditions'],
  [`/o/${given.order_number}#k=${given.order_key}`, '.line .muted'],
  ['/orders', 'h1'],
  ['/code-unknown', '.counties'],
  ['/notices', '.notice-card'],
  ['/notices/1', '#objection'],
  ['/editions', '.edition-card'],
  ['/editions/1', '[data-test=hash]'],
];
const audit = [
  ['/desk/login', '#login'],
  ['/desk/join', '#uscc'],
  ['/desk/audit/2026-11', 'tbody'],
  ['/desk/audit/2026-11/530624/1/1/10', 'tbody'],
  ['/desk/audit/entry/0', '[data-test=verdict]'],
];

for (const [address, there] of [...shop, ...audit]) {
  test(`in English, what stays Chinese says so: ${address}`, async () => {
    const { context, page } = await open(address.startsWith('/desk') ? desk : phone, { serviceWorkers: 'block' });
    await page.addInitScript((session) => {
      localStorage.setItem('shanhai.locale', 'en');
      localStorage.setItem('shanhai.desk.refresh', session);
    }, kept_session());
    await page.goto(address);
    await page.locator(there).first().waitFor();
    assert.equal(await page.getAttribute('html', 'lang'), 'en');
    assert.deepEqual(await page.evaluate(mislabelled), []);
    await context.close();
  });
}

/** 320 px is a window of 1280 px at 400 % (WCAG 1.4.10). */
for (const [width, font, locale] of [[360, 100, 'zh-CN'], [320, 200, 'zh-CN'], [320, 200, 'en'], [1280, 100, 'zh-CN'], [1280, 200, 'en']]) {
  test(`every page fits ${width} px with letters of ${font} % (${locale}), and hides its skip link`, async () => {
    const size = { ...desk, viewport: { width, height: 800 } };
    const { context, page } = await open(size, { serviceWorkers: 'block' });
    await page.addInitScript(([session, language]) => {
      localStorage.setItem('shanhai.locale', language);
      localStorage.setItem('shanhai.desk.refresh', session);
    }, [kept_session(), locale]);
    for (const [address, there] of [...shop, ...audit]) {
      await page.goto('about:blank');
      await page.goto(address);
      await page.locator(there).first().waitFor();
      await page.addStyleTag({ content: `html { font-size: ${font}% !important; }` });
      if (pictures) await page.screenshot({ path: `${pictures}/${width}-${font}-${locale}-${address.replace(/\W+/g, '_')}.png`, fullPage: true, animations: 'disabled' });
      await assertFitsWidth(page, address);
      const peeking = await page.evaluate(() => document.querySelector('.skip-link').getBoundingClientRect().bottom);
      assert.ok(peeking <= 0, `${address} shows ${peeking} px of its skip link`);
    }
    await context.close();
  });
}

test('every page has a title of its own', async () => {
  const { context, page } = await open(desk, { serviceWorkers: 'block' });
  await page.addInitScript((session) => localStorage.setItem('shanhai.desk.refresh', session), kept_session());
  const titles = [];
  for (const [address, there] of [...shop, ...audit]) {
    await page.goto('about:blank');
    await page.goto(address);
    await page.locator(there).first().waitFor();
    titles.push(await page.title());
  }
  assert.equal(new Set(titles).size, titles.length, titles.join(' | '));
  assert.ok(titles.includes('箬竹面 · 山海集'), titles.join(' | '));
  await context.close();
});

const buys = {
  'POST /v1/orders': given.order({ access_token: given.order_key }),
  [`POST /v1/orders/${given.order_number}/payments`]: given.attempt('PENDING'),
};
const typed = (page) => page.locator('#name, #phone, #address').evaluateAll((fields) => fields.map((field) => field.value));
const on_device = (page) => page.evaluate(() => JSON.stringify(localStorage));

test('the receiver is there for the next order when the shopper asked for it, and never otherwise', async () => {
  const { context, page } = await open(phone, { serviceWorkers: 'block' }, buys);
  const order = async () => {
    await page.getByRole('button', { name: '提交订单并支付' }).click();
    await page.waitForURL('**/sandbox/pay/**');
    await page.goto('/p/1');
    await openForm(page);
  };
  const box = page.getByRole('checkbox', { name: '记住收货人' });
  await page.goto('/p/1');
  await openForm(page);
  assert.equal(await box.isChecked(), false);
  await fillReceiver(page);
  await order();
  assert.deepEqual(await typed(page), ['', '', '']);
  assert.ok(!(await on_device(page)).includes(receiver.phone));

  await fillReceiver(page);
  await box.check();
  await order();
  assert.deepEqual(await typed(page), [receiver.name, receiver.phone, receiver.address]);
  assert.equal(await box.isChecked(), true);
  await page.getByRole('button', { name: '马上忘记' }).click();
  assert.deepEqual(await typed(page), ['', '', '']);
  assert.equal(await box.isChecked(), false);
  assert.ok(!(await on_device(page)).includes(receiver.phone));
  await context.close();
});

test('a remembered receiver is forgotten with the order that no longer asks for it', async () => {
  const { context, page } = await open(phone, { serviceWorkers: 'block' }, buys);
  await page.goto('/p/1');
  await page.evaluate((one) => localStorage.setItem('shanhai.receiver', JSON.stringify(one)), receiver);
  await page.reload();
  await openForm(page);
  await page.getByRole('checkbox', { name: '记住收货人' }).uncheck();
  await page.getByRole('button', { name: '提交订单并支付' }).click();
  await page.waitForURL('**/sandbox/pay/**');
  assert.ok(!(await on_device(page)).includes(receiver.phone));
  await context.close();
});

/** Waits until the page of this address and the shop's files are kept. */
const untilKept = (page, path) => page.evaluate(async (wanted) => {
  await navigator.serviceWorker.ready;
  for (let i = 0; i < 100; i += 1) {
    const kept = await caches.match(wanted);
    if (kept && (await (await caches.open('shanhai-shell-2')).keys()).some((one) => one.url.includes('/assets/shop'))) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the page was not kept');
}, path);

/** Also for the service worker, which the page is asked of: what is offline for pages does not reach it. */
async function cutNetwork(context) {
  await context.setOffline(true);
  await context.serviceWorkers()[0].evaluate(() => {
    self.fetch = () => Promise.reject(new TypeError('no network'));
  });
}

test('after the first visit a reload without a network opens the page, with the form as it was', async () => {
  const { context, page, world } = await open(phone);
  await page.goto('/p/1');
  await fillReceiver(page, { name: '没网的人' });
  await untilKept(page, '/p/1');
  for (const name of Object.keys(usualAnswers())) world.answer(name, cut);
  await cutNetwork(context);
  await page.reload();
  await page.getByText('网络不通，这是刚才打开过的内容').waitFor();
  assert.equal(await page.inputValue('#name'), '没网的人');
  await context.setOffline(false);
  await context.close();
});

test('what is kept for a tunnel are pages under their own addresses, and nothing of an order', async () => {
  const { context, page, world } = await open(phone);
  await page.goto('/p/1');
  await page.evaluate(() => caches.open('shanhai-shell-1').then((old) => old.put('/', new Response('old'))));
  await untilKept(page, '/p/1');
  await page.goto(`/o/${given.order_number}#k=${given.order_key}`);
  await page.getByText('待支付').waitFor();
  await page.goto('/orders?x=1');
  await page.getByText(given.order_number).waitFor();
  const kept = await page.evaluate(async () => {
    const shelves = await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)));
    return shelves.flat().filter((path) => !path.startsWith('/assets/'));
  });
  assert.deepEqual(kept.filter((path) => path !== '/icon.svg').sort(), ['/', '/p/1']);
  assert.deepEqual(await page.evaluate(() => caches.keys()), ['shanhai-shell-2'], 'what an older version kept is gone');
  for (const name of Object.keys(usualAnswers())) world.answer(name, cut);
  await cutNetwork(context);
  await page.goto('/p/1?a=x');
  await page.getByText('网络不通').first().waitFor();
  await context.setOffline(false);
  await context.close();
});
