/** What the services answer when nothing is wrong; a test changes what it is about. */

import { base_url, openPage } from './browser.mjs';
import * as given from './fixtures.mjs';
import { surround, World } from './interception.mjs';

const answers = {
  'GET /v1/products': given.page([given.product(), given.product({ product_id: 2, name: '筇竹笋干' })]),
  'GET /v1/products/facets': given.facets(),
  'GET /v1/products/suggestions': { items: [] },
  'GET /v1/products/1': given.product(),
  'GET /v1/bundles': given.page([given.bundle()]),
  'GET /v1/bundles/1': given.bundle(),
  'GET /v1/counties': given.page([given.county]),
  'GET /v1/pairings': given.page([given.pairing()]),
  'GET /v1/categories': given.page(given.categories),
  'GET /v1/merchants/1': given.merchant_papers,
  'GET /v1/notices': given.page([given.notice()]),
  'GET /v1/notices/1': given.notice(),
  'GET /v1/notices/1/objections': given.page([given.objection()]),
  'GET /v1/editions': given.page([given.edition()]),
  'GET /v1/editions/1': given.edition(),
  'GET /v1/editions/1/catalogue.json': given.catalogue(),
  'GET /v1/schemes': given.page([given.scheme()]),
  'GET /v1/prices/lowest': { items: [] },
  'GET /v1/stock/11': given.stock(180),
  'GET /v1/origin-cards/products/1': given.origin,
  'GET /v1/origin-cards/lots/10': given.origin,
  'GET /media/noodles.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2"><rect width="3" height="2" fill="#dde8c9"/></svg>',
  'POST /v1/auth/refresh': given.tokens(),
  'POST /v1/auth/login': given.tokens(),
  'POST /v1/auth/logout': {},
  'GET /v1/audit/months': { items: ['2026-11'] },
  'GET /v1/audit/report': given.level(),
  'GET /v1/audit/counties/530624/merchants/1/products/1': given.level([]),
  'GET /v1/audit/counties/530624/merchants/1/products/1/lots/10': given.lines(),
  'GET /v1/audit/entries/0': given.entry,
  'GET /v1/audit/entries/0/proof': given.proof,
  'GET /v1/audit/entries/0/order': { index: 0, order_number: given.order_number },
  'GET /log/key': 'shanhai.example/ledger+00000000+AAAA',
};

export const usualAnswers = () => ({ ...answers, [`GET /v1/orders/${given.order_number}`]: given.order() });

/** What the desk keeps of somebody who has signed in. */
export const kept_session = () => JSON.stringify({ refresh_token: 'refresh', used_at: Date.now() });

/** A page of the desk as somebody who has signed in finds it, with a page behind it to go back to; the answers are what the test is about. */
export async function enterDesk(browser, device, answers, open) {
  const { context, page } = await openPage(browser, { ...device, serviceWorkers: 'block' });
  const world = new World(base_url, { ...usualAnswers(), ...answers });
  (await surround(context, page)).world = world;
  await page.goto('/icon.svg');
  await page.evaluate((session) => localStorage.setItem('shanhai.desk.refresh', session), kept_session());
  await page.goto('/desk/messages');
  await page.getByRole('heading').first().waitFor();
  await page.goto(open);
  return { context, page, world };
}
