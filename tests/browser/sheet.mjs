/** On a telephone the form of an order is a sheet, which the bar at the lower edge opens; on a desk it stands in the page. */
export async function openForm(page) {
  await page.locator('#name').waitFor({ state: 'attached' });
  if (!(await page.locator('#name').isVisible())) await page.locator('[data-test=buy]').click();
  await page.locator('#name').waitFor();
}
