/** The form of a product: what it holds, what is wrong with it before anybody is asked, and what is sent. */

import type { Product } from '../../shared/goods';
import type { Faults } from '../faults';
import { purchase_modes, type Category } from './types';

export interface SkuForm {
  gtin: string;
  name: string;
  net_content_g: string;
  price: string;
  quantity_max: string;
  min_remaining_days: string;
}

/** The text of a product, which has versions; lists are written with commas between. */
export interface TextForm {
  name: string;
  alias: string;
  category: string;
  summary: string;
  description: string;
  storage: string;
  shelf_life_days: string;
  origin_statement: string;
  return_policy: string;
  purchase_mode: string;
  tags: string;
  /** The first is the cover. */
  images: string[];
}

export interface ProductForm extends TextForm {
  merchant_id: string;
  skus: SkuForm[];
}

export const blank_sku = (): SkuForm => ({ gtin: '', name: '', net_content_g: '', price: '', quantity_max: '', min_remaining_days: '' });
export const blank_product = (): ProductForm => ({
  merchant_id: '', name: '', alias: '', category: '', summary: '', description: '', storage: '', shelf_life_days: '', origin_statement: '',
  return_policy: 'SEVEN_DAY', purchase_mode: purchase_modes[0], tags: '', images: [], skus: [blank_sku()],
});

/** "一县一品，箬竹、大关" → its parts. */
export function parts(text: string): string[] {
  return text.split(/[,，、;；\n]/).map((part) => part.trim()).filter((part) => part !== '');
}

export function textOf(product: Product): TextForm {
  return {
    name: product.name, alias: product.alias.join('，'), category: product.category, summary: product.summary, description: product.description,
    storage: product.storage, shelf_life_days: product.shelf_life_days === null ? '' : String(product.shelf_life_days),
    origin_statement: product.origin_statement, return_policy: product.return_policy, purchase_mode: product.purchase_mode,
    tags: product.tags.join('，'), images: [...product.images],
  };
}

/** "19.8" → 1980; null when it is no amount of yuan with two decimals at most. */
export function fenOf(text: string): number | null {
  const [, whole, decimals = ''] = /^(\d{1,7})(?:[.。](\d{1,2}))?$/.exec(text.trim().replace(/^[¥￥]/, '')) ?? [];
  if (whole === undefined) return null;
  const fen = Number(whole) * 100 + Number(decimals.padEnd(2, '0'));
  return fen > 0 ? fen : null;
}

/** "500" → 500; null when it is no whole number of `min` or more. */
export function wholeOf(text: string, min = 1): number | null {
  const value = /^\d{1,9}$/.test(text.trim()) ? Number(text.trim()) : null;
  return value !== null && value >= min ? value : null;
}

/** As it stands on the pack: the services keep 14 digits, filled up with zeros. */
export const gtinText = (gtin: string): string => gtin.replace(/^0(?=\d{13}$)/, '').replace(/^0(?=\d{12}$)/, '').replace(/^0{4}(?=\d{8}$)/, '');

/** Whether the last digit is the check digit of the others (GS1). */
export function isGtin(text: string): boolean {
  if (!/^(\d{8}|\d{12,14})$/.test(text)) return false;
  const digits = [...text].map(Number).reverse();
  const [check = 0, ...others] = digits;
  const sum = others.reduce((total, digit, i) => total + digit * (i % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10 === check;
}

export interface Words {
  missing: string;
  whole: string;
  money: string;
  gtin: string;
  county: string;
}

export function faultsOfText(form: TextForm, category: Category | null, county: string | null, words: Words): Faults {
  const faults: Faults = {};
  for (const name of ['name', 'category', 'summary', 'description', 'origin_statement'] as const) {
    if (form[name].trim() === '') faults[`/${name}`] = words.missing;
  }
  if (category?.food && form.storage.trim() === '') faults['/storage'] = words.missing;
  if (category?.food && form.shelf_life_days.trim() === '') faults['/shelf_life_days'] = words.missing;
  if (form.shelf_life_days.trim() !== '' && wholeOf(form.shelf_life_days) === null) faults['/shelf_life_days'] = words.whole;
  if (county !== null && form.origin_statement.trim() !== '' && !form.origin_statement.includes(county)) faults['/origin_statement'] = words.county;
  return faults;
}

export function faultsOfSku(sku: SkuForm, at: string, words: Words): Faults {
  const faults: Faults = {};
  if (!isGtin(sku.gtin.trim())) faults[`${at}/gtin`] = sku.gtin.trim() === '' ? words.missing : words.gtin;
  if (sku.name.trim() === '') faults[`${at}/name`] = words.missing;
  if (wholeOf(sku.net_content_g) === null) faults[`${at}/net_content_g`] = words.whole;
  if (fenOf(sku.price) === null) faults[`${at}/price_fen`] = words.money;
  if (sku.quantity_max.trim() !== '' && wholeOf(sku.quantity_max) === null) faults[`${at}/quantity_max`] = words.whole;
  if (sku.min_remaining_days.trim() !== '' && wholeOf(sku.min_remaining_days, 0) === null) faults[`${at}/min_remaining_days`] = words.whole;
  return faults;
}

export const images_max = 9;
/** The list with one of its items in another place. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.filter((_, i) => i !== from);
  return [...rest.slice(0, to), ...list.slice(from, from + 1), ...rest.slice(to)];
}

export function bodyOfText(form: TextForm): Record<string, unknown> {
  return {
    name: form.name, alias: parts(form.alias), category: form.category, summary: form.summary, description: form.description,
    storage: form.storage.trim() === '' ? null : form.storage, shelf_life_days: wholeOf(form.shelf_life_days),
    origin_statement: form.origin_statement, return_policy: form.return_policy, purchase_mode: form.purchase_mode, tags: parts(form.tags),
    images: form.images,
  };
}

export function bodyOfSku(sku: SkuForm): Record<string, unknown> {
  return {
    gtin: sku.gtin.trim(), name: sku.name, net_content_g: wholeOf(sku.net_content_g), price_fen: fenOf(sku.price), quantity_max: wholeOf(sku.quantity_max),
    min_remaining_days: wholeOf(sku.min_remaining_days, 0),
  };
}
