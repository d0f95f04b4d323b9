/** What several journeys do at the desk, so that each is told once: forms that are filled, steps that are taken. */

import { signIn } from './browser.mjs';

/** Another for each run, so that the platform of a developer can be used again. */
export const run = String(Date.now()).slice(-8);

export const toast = (page, text) => page.locator('.toasts').getByText(text).first().waitFor();
export const action = (page, name) => page.locator(`[data-test=actions] [data-action=${name}]`);
export const confirm = (page) => page.locator('dialog [data-test=confirm]').click();

/** A step of an application, or a change of a certification: taken, confirmed, and told to be done. */
export async function take(page, name, said, { reason, number, before = async () => {} } = {}) {
  await action(page, name).click();
  if (number) await page.fill('dialog [data-test=number]', number);
  if (reason) await page.fill('dialog [data-test=reason]', reason);
  await before();
  await confirm(page);
  await toast(page, said);
}

/** A code that GS1 gives to no goods, with its check digit. */
export function gtin() {
  const digits = `9525${run}`;
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 1 : 3), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** A credit code of that area, with its check character (GB 32100). */
export function creditCode(area) {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const digits = `93${area}M${run}`;
  const sum = [...digits].reduce((total, one, i) => total + alphabet.indexOf(one) * (3 ** i % 31), 0);
  return `${digits}${alphabet[(31 - (sum % 31)) % 31]}`;
}

/** All that is asked of a house but its code, its county and the password. */
export async function fillPapers(page, house) {
  await page.fill('#name', house.name);
  await page.fill('#bank', '****1234');
  await page.fill('#contact-name', '李明');
  await page.fill('#contact-phone', '13800138000');
  await page.fill('#owner-name', '李明');
  await page.fill('#owner-login', house.login);
}

/** To what a house has handed in, in the queue of the operator. */
export async function toOnboarding(page, login, house) {
  await signIn(page, login, '/onboardings?state=all');
  // Oldest first: what is new may be on a later page.
  const wanted = page.getByRole('link', { name: house.name });
  const more = page.getByRole('button', { name: '加载更多' });
  await page.locator('tbody tr[data-row]').first().waitFor();
  while ((await wanted.count()) === 0 && (await more.count()) > 0) await more.click();
  await wanted.click();
  await page.locator('[data-test=decide]').waitFor();
}
export const decision = (page, name) => page.locator(`[data-test=decide] [data-action=${name}]`);

/** The catalogue hears of a house within a second of the second word. */
export async function houseIsKnown(page) {
  const step = page.locator('[data-step=merchant]');
  await step.waitFor();
  for (let i = 0; i < 20 && (await step.getAttribute('data-state')) !== 'done'; i += 1) {
    await page.reload();
    await step.waitFor();
  }
  return (await step.getAttribute('data-state')) === 'done';
}

/** The form of a new product, but for its price. */
export async function fillProduct(page, product) {
  await page.fill('#name', product.name);
  await page.selectOption('#category', 'food_bamboo_shoot');
  await page.fill('#summary', product.summary ?? '高山筇竹春笋，柴火慢烘。');
  await page.fill('#description', '清明前后采的春笋，当天剥壳、焯水、晾晒，再用柴火慢烘两天。');
  await page.fill('#storage', '阴凉干燥处');
  await page.fill('#shelf-life', String(product.shelf_life_days ?? 365));
  await page.fill('#sku-0-name', product.sku);
  await page.fill('#sku-0-gtin', gtin());
  await page.fill('#sku-0-weight', '250');
}

export async function chooseBatch(page, words) {
  const option = page.locator('#batch option', { hasText: words });
  await option.waitFor({ state: 'attached' });
  await page.selectOption('#batch', { label: await option.innerText() });
}
