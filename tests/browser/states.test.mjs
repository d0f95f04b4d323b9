/** Renders every cell of the table of states, and looks: is what must be there to be seen, and can one go on? */

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { refusalsOf } from '../../services/web/tests/openapi_codes.mjs';
import { assertAccessible, assertFitsWidth, base_url, desk, launch, openPage, phone } from './browser.mjs';
import { refuse, surround, World } from './interception.mjs';
import { desk_pages, table } from './states_table.mjs';
import { kept_session, usualAnswers } from './usual.mjs';

/** Where to put a picture of each cell, to be looked at; nowhere without. */
const pictures = process.env.SHANHAI_STATES_FOLDER;
const only = process.env.SHANHAI_STATES_ONLY;
if (pictures) mkdirSync(pictures, { recursive: true });

/** The words of a program for a problem code, read from its sources. */
function wordsOf(program) {
  const source = (name) => readFileSync(new URL(`../../services/web/src/${program}/${name}`, import.meta.url), 'utf8');
  const texts = new Function(source('messages/zh-CN.ts').replace(/^export type.*$/m, '').replace('export default texts', 'return texts'))();
  const keys = new Map([...source('refusals.ts').matchAll(/^ {2}'?([a-z-]+)'?: '(\w+)\.(\w+)',$/gm)].map(([, code, group, name]) => [code, texts[group][name]]));
  return (code) => keys.get(code) ?? assert.fail(`${program}/refusals.ts has no words for ${code}`);
}
const words = { shop: wordsOf('shop'), desk: wordsOf('desk') };

function expectedWords(row, { status, code }) {
  const on_desk = desk_pages.includes(row.page);
  if (row.words?.[code]) return row.words[code];
  if (row.page === 'login' && code === 'validation-failed') return '账号或密码不对';
  if (row.field && code === 'validation-failed') return '这里只有空白';
  // What is asked for stands in the address, not in a form.
  if (on_desk && code === 'validation-failed' && row.at.startsWith('GET ')) return '要找的条件不对';
  if (on_desk && row.page !== 'login' && status === 401) return '登录工作台';
  return words[on_desk ? 'desk' : 'shop'](code);
}

class Tab {
  static async open(browser, device) {
    const tab = new Tab();
    Object.assign(tab, await openPage(browser, { ...device, serviceWorkers: 'block' }));
    tab.page.setDefaultTimeout(20_000);
    tab.errors = [];
    tab.page.on('pageerror', (error) => tab.errors.push(String(error)));
    tab.surroundings = await surround(tab.context, tab.page);
    return tab;
  }

  /** As if the browser were new, signed in at the desk or not, in a world of these answers. */
  async enter(row, answers) {
    const world = new World(base_url, { ...usualAnswers(), ...answers });
    await this.page.goto('/icon.svg', { waitUntil: 'commit' }); // Until here the page before may still ask.
    this.surroundings.world = world;
    this.errors.length = 0;
    const kept = row.signed_out ? null : kept_session();
    await this.page.evaluate((session) => {
      localStorage.clear();
      sessionStorage.clear();
      if (session) localStorage.setItem('shanhai.desk.refresh', session);
    }, kept);
    await this.page.goto(row.open, { waitUntil: 'domcontentloaded' });
    if (row.state === 'font_200') await this.page.addStyleTag({ content: 'html { font-size: 200% !important; }' });
    return world;
  }
}

let browser;
const tabs = new Map();
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

async function tabFor(row) {
  const on_desk = desk_pages.includes(row.page);
  const device = on_desk ? { ...desk, viewport: { width: 1280, height: 800 } } : phone;
  if (row.clock) return Tab.open(browser, device);
  if (!tabs.has(on_desk)) tabs.set(on_desk, await Tab.open(browser, device));
  return tabs.get(on_desk);
}

async function look(page, row) {
  for (const text of row.see ?? []) await page.getByText(text).filter({ visible: true }).first().waitFor();
  for (const name of row.can ?? []) {
    const control = page.getByRole('button', { name }).or(page.getByRole('link', { name })).first();
    await control.waitFor();
    assert.ok(await control.isEnabled(), `${name} cannot be used`);
  }
  for (const text of row.never ?? []) {
    await page.getByText(text).filter({ visible: true }).first().waitFor({ state: 'hidden' });
  }
  await row.then?.(page);
}

async function lookAround(page, what) {
  const text = await page.locator('body').innerText();
  assert.doesNotMatch(text, /\b(error|order|orders|product|form|list|badge|login|report)\.[a-z_]+\b/, 'a text has no words');
  assert.notEqual(await page.title(), '');
  if (page.viewportSize().width < 500) await assertFitsWidth(page, what);
}

let number = 0;
async function picture(page, row) {
  number += 1;
  if (pictures) await page.screenshot({ path: `${pictures}/${row.page}-${row.state}-${number}.png`, animations: 'disabled' });
}

/** Whoever looks at a state for the first time looks closely. */
const examined = new Set();
async function examine(page, row) {
  const what = `${row.page}, ${row.state}`;
  await lookAround(page, what);
  if (examined.has(what)) return;
  examined.add(what);
  await assertAccessible(page, what);
}

async function render(row) {
  const tab = await tabFor(row);
  if (row.clock) await tab.page.clock.install();
  const world = await tab.enter(row, row.answers);
  await row.act?.(tab.page, world);
  if (row.clock) {
    await tab.page.locator('main section').first().waitFor();
    await tab.page.clock.runFor(row.clock);
  }
  await look(tab.page, row);
  if (row.asks) assert.deepEqual(world.asked, row.asks);
  await picture(tab.page, row);
  await examine(tab.page, row);
  assert.deepEqual(tab.errors, []);
  if (row.clock) await tab.context.close();
}

/** Each refusal is told in words of its own, and does not end the way. */
async function renderEach(row) {
  const tab = await tabFor(row);
  const refusals = [...refusalsOf(row.each).values()].flat();
  let world = null;
  for (const { status, code } of refusals) {
    const errors = row.field && code === 'validation-failed' ? [{ pointer: row.field, detail: 'must not be empty or blank' }] : [];
    const answer = refuse(status, code, errors);
    if (world && row.again) {
      world.answer(row.at, answer);
      await row.again(tab.page);
    } else {
      world = await tab.enter(row, { ...row.answers, [row.at]: answer });
      await row.act?.(tab.page, world);
    }
    const told = row.quiet ? tab.page.locator('main h1') : tab.page.getByText(expectedWords(row, { status, code })).filter({ visible: true });
    await told.first().waitFor().catch(() => assert.fail(`${status} ${code} is not told as "${expectedWords(row, { status, code })}"`));
    assert.ok((await tab.page.locator('main button:enabled:visible, main a:visible').count()) > 0, `nothing can be done after ${code}`);
    await row.then?.(tab.page);
  }
  assert.ok(refusals.length > 0 || row.quiet, 'no refusals');
  await picture(tab.page, row);
  await examine(tab.page, row);
  assert.deepEqual(tab.errors, []);
}

for (const row of table.filter((one) => !one.not)) {
  const how = row.each ? `each refusal of ${row.each}` : row.how;
  const name = `${row.page}, ${row.state}${how ? `: ${how}` : ''}`;
  if (only && !new RegExp(only).test(name)) continue;
  test(name, () => (row.each ? renderEach(row) : render(row)));
}
