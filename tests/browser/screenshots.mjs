/** Takes the README's pictures of a running Shanhai: `npm run screenshots`. Each is at most 150 KB. */

import assert from 'node:assert/strict';
import { mkdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { applicationInReview } from './staff.mjs';
import { desk, fillReceiver, findProduct, launch, openPage, payInSandbox, phone, signIn, signInAsAuditor } from './browser.mjs';

const folder = process.argv[2] ?? fileURLToPath(new URL('../../docs/images', import.meta.url));
const bytes_max = 150 * 1024;
mkdirSync(folder, { recursive: true });

async function save(page, name, options = {}) {
  const path = `${folder}/${name}.png`;
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path, animations: 'disabled', ...options });
  const { size } = statSync(path);
  assert.ok(size <= bytes_max, `${name}.png has ${size} bytes`);
  console.log(`${name}.png ${size} bytes`);
}

async function shop(browser) {
  const { context, page } = await openPage(browser, phone);
  const noodles = await findProduct('箬竹面');
  await page.goto('/');
  await page.locator('.product').first().waitFor();
  await save(page, 'list');
  await page.goto(`/p/${noodles.product_id}`);
  await page.getByRole('heading', { name: '产地卡' }).waitFor();
  await save(page, 'landing');
  await page.getByRole('heading', { name: '产地卡' }).evaluate((heading) => heading.scrollIntoView());
  await save(page, 'origin');
  await fillReceiver(page);
  await save(page, 'checkout');
  await page.getByRole('button', { name: '提交订单并支付' }).click();
  await payInSandbox(page);
  await page.getByText('已支付', { exact: true }).waitFor();
  await save(page, 'order');
  await context.close();
}

async function work(browser) {
  const clerk = await openPage(browser, phone);
  await signIn(clerk.page, 'merchant', '/products/1');
  await clerk.page.locator('#summary').waitFor();
  await save(clerk.page, 'desk-phone');
  const application = await applicationInReview(await clerk.page.screenshot({ type: 'jpeg' }));
  await clerk.context.close();
  const { context, page } = await openPage(browser, { ...desk, viewport: { width: 1120, height: 740 } });
  await signIn(page, 'certifier', `/applications/${application}`);
  await page.locator('[data-test=product] img').waitFor();
  await save(page, 'desk');
  await context.close();
}

async function audit(browser) {
  const { context, page } = await openPage(browser, { ...desk, viewport: { width: 1180, height: 800 } });
  await signInAsAuditor(page);
  await page.locator('[data-test=ranking] li').first().waitFor();
  await save(page, 'counties');
  for (let depth = 1; depth <= 4; depth += 1) {
    await page.locator('[data-test=sum-equal]').waitFor();
    if (depth === 2) await save(page, 'county');
    await page.locator('table tbody th a').first().click();
    await page.waitForFunction((parts) => location.pathname.split('/').length - 4 === parts, depth);
  }
  await page.locator('[data-test=sum-equal]').waitFor();
  await page.locator('table tbody th a').first().click();
  await page.locator('[data-test=verdict]').waitFor();
  await save(page, 'proof');
  await context.close();
}

const browser = await launch();
try {
  await shop(browser);
  await work(browser);
  await audit(browser);
} finally {
  await browser.close();
}
