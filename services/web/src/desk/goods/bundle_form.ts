/** The form of a bundle: what is typed, what is wrong with it, and what of it is sent. */

import { apart, shareOut, type Bundle, type Part } from '../../shared/bundles';
import type { Product } from '../../shared/goods';
import { yuan } from '../../shared/money';
import type { Faults } from '../faults';
import { fenOf, wholeOf } from './product_form';

export interface PartForm {
  sku_id: string;
  quantity: string;
}

export interface BundleForm {
  merchant_id: string;
  name: string;
  summary: string;
  /** Null: shoppers see that of its first part. */
  image: string | null;
  price: string;
  parts: PartForm[];
}

/** A size that may be part of a bundle. */
export interface Choice {
  sku_id: string;
  name: string;
  price_fen: number;
}

export const parts_max = 10;
export const packs_max = 99;

export const blank_part = (): PartForm => ({ sku_id: '', quantity: '1' });
export const blank_bundle = (): BundleForm => ({ merchant_id: '', name: '', summary: '', image: null, price: '', parts: [{ sku_id: '', quantity: '2' }] });

export const formOf = (bundle: Bundle): BundleForm => ({
  merchant_id: String(bundle.merchant.merchant_id),
  name: bundle.name,
  summary: bundle.summary,
  image: bundle.own_image,
  price: yuan(bundle.price_fen).replace(/,/g, ''),
  parts: bundle.components.map((one) => ({ sku_id: String(one.sku_id), quantity: String(one.quantity) })),
});

export const choicesOf = (products: readonly Product[]): Choice[] =>
  products.flatMap((product) => product.skus.map((sku) => ({ sku_id: String(sku.sku_id), name: `${product.name} ${sku.name}`, price_fen: sku.price_fen })));

/** What stands in the form as numbers; null while it is not whole. */
export function partsOf(form: BundleForm, choices: readonly Choice[]): Part[] | null {
  const parts = form.parts.map((one) => {
    const choice = choices.find((known) => known.sku_id === one.sku_id);
    const quantity = wholeOf(one.quantity);
    return choice && quantity !== null ? { price_fen: choice.price_fen, quantity } : null;
  });
  return parts.every((one) => one !== null) ? (parts as Part[]) : null;
}

/** What the parts cost one by one, and what each costs within the bundle; null while that cannot be said. */
export function sharesOf(form: BundleForm, choices: readonly Choice[]): { apart_fen: number; shares: number[] | null } | null {
  const parts = partsOf(form, choices);
  if (parts === null || parts.length === 0) return null;
  const price = fenOf(form.price);
  return { apart_fen: apart(parts), shares: price === null ? null : shareOut(price, parts) };
}

export interface BundleWords {
  missing: string;
  money: string;
  packs: string;
  twice: string;
  two: string;
  dearer: string;
  cheap: string;
}

/** What can be told without asking: the services check again. */
export function faultsOfBundle(form: BundleForm, choices: readonly Choice[], words: BundleWords): Faults {
  const found: Faults = {};
  if (form.name.trim() === '') found['/name'] = words.missing;
  if (form.summary.trim() === '') found['/summary'] = words.missing;
  form.parts.forEach((one, i) => {
    const quantity = wholeOf(one.quantity);
    if (one.sku_id === '') found[`/components/${i}/sku_id`] = words.missing;
    else if (form.parts.findIndex((other) => other.sku_id === one.sku_id) < i) found[`/components/${i}/sku_id`] = words.twice;
    if (quantity === null || quantity > packs_max) found[`/components/${i}/quantity`] = words.packs;
  });
  const parts = partsOf(form, choices);
  if (parts && parts.reduce((sum, one) => sum + one.quantity, 0) < 2) found['/components/0/quantity'] ??= words.two;
  const price = fenOf(form.price);
  if (price === null) found['/price_fen'] = words.money;
  else if (parts && price > apart(parts)) found['/price_fen'] = words.dearer;
  else if (parts && parts.length > 0 && shareOut(price, parts) === null) found['/price_fen'] = words.cheap;
  return found;
}

export const bodyOfBundle = (form: BundleForm): Record<string, unknown> => ({
  name: form.name.trim(),
  summary: form.summary.trim(),
  image: form.image,
  price_fen: fenOf(form.price),
  components: form.parts.map((one) => ({ sku_id: Number(one.sku_id), quantity: wholeOf(one.quantity) })),
});
