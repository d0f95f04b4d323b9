/** What a merchant photographs. */

import { desk, openPage } from './browser.mjs';
import { daysFrom, now } from './clock.mjs';
import { toast } from './steps.mjs';

/** A picture as a camera would make it, of a drawing or of a few lines. */
export async function photograph(browser, html) {
  const { context, page } = await openPage(browser, { ...desk, viewport: { width: 900, height: 600 } });
  await page.goto('/');
  await page.setContent(html);
  await page.evaluate(() => Promise.all([...document.images].map((one) => one.decode())));
  const buffer = await page.screenshot({ type: 'jpeg' });
  await context.close();
  return buffer;
}

/** A test report is handed in with the draft that is open, of some days ago. */
export async function handInReport(browser, page, number, product) {
  const lines = [`编号：${number}`, `样品：${product.name}，${product.sku}`, '项目：二氧化硫、铅、菌落总数', '结论：所检项目符合 GB 2760、GB 2762。'];
  const buffer = await photograph(browser, `<body style="margin:48px;font:22px/2 serif"><h1 style="text-align:center">检测报告（示例）</h1><p>${lines.join('<br>')}`);
  await page.setInputFiles('[data-test=file]', { name: '检测报告.jpg', mimeType: 'image/jpeg', buffer });
  await page.locator('[data-test=papers] li img').waitFor();
  await page.fill('#number-0', number);
  await page.fill('#issued-0', daysFrom(now(), -20));
  await page.getByRole('button', { name: '存为草稿' }).tap();
  await toast(page, '已保存');
}
