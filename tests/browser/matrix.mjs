/**
 * Every page of shop and desk, with the sample data, as it can be seen: on telephones of 360 and 390 px and a desk of
 * 1440, by day and night, with letters of 100 and 200 %, in Chinese and English.
 *
 *   SHANHAI_MATRIX=all SHANHAI_MATRIX_FOLDER=…    all 24 ways of each page, as pictures to be looked at
 *
 * Else the test takes six ways, in which any two values of two properties meet at least once, and each page in two of them.
 */

import { base_url, desk, findProduct, payInSandbox, fillReceiver, openPage, phone, signIn } from './browser.mjs';
import { eventually } from './buying.mjs';
import { applicationInReview, staff } from './staff.mjs';

const widths = [360, 390, 1440];
const themes = ['light', 'dark'];
const fonts = [100, 200];
const locales = ['zh-CN', 'en'];

export const all_ways = widths.flatMap((width) => themes.flatMap((theme) => fonts.flatMap((font) => locales.map((locale) => ({ width, theme, font, locale })))));

/** Those that stand three apart differ most. */
export const pairs_of_ways = [
  { width: 360, theme: 'light', font: 200, locale: 'zh-CN' },
  { width: 360, theme: 'dark', font: 100, locale: 'en' },
  { width: 390, theme: 'light', font: 100, locale: 'zh-CN' },
  { width: 1440, theme: 'dark', font: 100, locale: 'zh-CN' },
  { width: 1440, theme: 'light', font: 200, locale: 'en' },
  { width: 390, theme: 'dark', font: 200, locale: 'en' },
];

export const named = ({ width, theme, font, locale }) => `${width} px, ${theme}, ${font} %, ${locale}`;

/** What there must be before pages can show it: an order, an application under review. */
export async function prepare(browser) {
  const { context, page } = await openPage(browser, phone);
  const product = await findProduct('箬竹面');
  await page.goto(`/p/${product.product_id}`);
  await page.getByRole('heading', { name: '产地卡' }).waitFor();
  const photograph = await page.screenshot({ type: 'jpeg' });
  await fillReceiver(page);
  await page.getByRole('button', { name: '提交订单并支付' }).click();
  await payInSandbox(page);
  await page.getByText('已支付', { exact: true }).waitFor();
  const order = page.url().slice(base_url.length);
  await context.close();
  const application = await applicationInReview(photograph);
  const certifier = await staff('certifier');
  const { items: [batch] } = await certifier('GET', '/v1/batches?scheme=MINHANG_YOUPIN&limit=1');
  const { items: [certification] } = await certifier('GET', `/v1/certifications?product_id=${product.product_id}`);
  // What an auditor finds of that order: its entry in the ledger, and the lot's lines.
  const auditor = await staff('auditor');
  const [number] = /SH\d{19}/.exec(order);
  let entry;
  await eventually(async () => {
    ({ items: [entry] = [] } = await auditor('GET', `/v1/audit/orders/${number}/entries`, undefined, { allowed: ['order-not-in-ledger'] }));
    return entry !== undefined;
  }, 30_000, `${number} in the ledger`);
  const { month, county, merchant, product: of_product, lot } = entry.fields;
  const lot_lines = `/desk/audit/${[month, county, merchant, of_product, lot].join('/')}`;
  return { sale: `/desk/orders/${number}`, entry: `/desk/audit/entry/${entry.index}`, lot_lines, product: product.product_id, order, application, batch: batch.batch_id, certification: certification.certification_id };
}

/** The addresses that each reader opens; nobody is signed in for the first two. */
export const pagesFor = ({ sale, entry, lot_lines, product, order, application, batch, certification }) => ({
  shopper: ['/', '/?county=530624', '/?q=香茹', `/p/${product}`, '/b/1', order, '/orders', '/code-unknown', '/notices', '/editions', '/nowhere'],
  stranger: ['/desk/login', '/desk/join'],
  owner: ['/desk/', '/desk/products', `/desk/products/${product}`, '/desk/products/new', '/desk/bundles', '/desk/bundles/1', '/desk/bundles/new', '/desk/bases', '/desk/bases/1', '/desk/bases/new',
    '/desk/lots', '/desk/lots/1', '/desk/lots/new', '/desk/stock', '/desk/orders', '/desk/sales', '/desk/imports', '/desk/applications', `/desk/applications/${application}`,
    '/desk/applications/new', '/desk/certifications', '/desk/ending', '/desk/messages', '/desk/account', '/desk/team'],
  certifier: ['/desk/', '/desk/applications', `/desk/applications/${application}`, '/desk/certifications', `/desk/certifications/${certification}`, '/desk/ending', '/desk/editions', '/desk/proposals',
    '/desk/schemes', '/desk/schemes/new', '/desk/schemes/MINHANG_YOUPIN', `/desk/batches/${batch}/figures`, '/desk/figures', '/desk/messages', '/desk/nowhere'],
  operator: ['/desk/', '/desk/onboardings', '/desk/merchants', '/desk/merchants/1', '/desk/merchants/new', '/desk/merchants/hindered', '/desk/organisations', '/desk/organisations/1', '/desk/placements', '/desk/placements/1',
    '/desk/placements/sheet', '/desk/orders', '/desk/status'],
  admin: ['/desk/accounts', '/desk/organisations/2'],
  auditor: ['/desk/', '/desk/audit', lot_lines, entry, '/desk/orders', sale, '/desk/sales'],
});

const unsigned = ['shopper', 'stranger'];

/** A window in that way, signed in as who reads. */
export async function openAs(browser, who, { width, theme, font, locale }) {
  const device = width < 900 ? { ...phone, viewport: { width, height: 800 } } : { ...desk, viewport: { width, height: 900 } };
  const opened = await openPage(browser, { ...device, colorScheme: theme, locale, serviceWorkers: 'block' });
  await opened.page.addInitScript((language) => localStorage.setItem('shanhai.locale', language), locale);
  if (!unsigned.includes(who)) await signIn(opened.page, who);
  opened.show = async (address) => {
    await opened.page.goto('about:blank');
    await opened.page.goto(address);
    await opened.page.locator('main :is(h1, h2)').first().waitFor();
    await opened.page.waitForLoadState('networkidle');
    if (font !== 100) await opened.page.addStyleTag({ content: `html { font-size: ${font}% !important; }` });
  };
  return opened;
}
