/** The sheets beside a template that say what goes where, and which numbers there are. */

import type { Page, Product } from '../../shared/goods';
import { json } from '../../shared/api';
import { readAll } from '../list';
import { authorisedFile, hasRole, person } from '../session';
import type { MerchantRecord } from '../types';
import { rowsOf } from '../csv';
import { columnsToFill, type TableKind } from './tables';
import type { Base, Category } from './types';
import type { Sheet } from './xlsx';

export interface HelpWords {
  explain: string;
  numbers: string;
  needed: string;
  may: string;
  hintOf: (name: string) => string;
}

const merchants_max = 50; // Whoever writes for more of them knows their numbers.

async function ownMerchants(): Promise<MerchantRecord[]> {
  const own = hasRole('operator') ? '' : `?organisation_id=${person.value?.organisation_id ?? 0}`;
  return (await readAll<MerchantRecord>(`/v1/merchants${own}`)).slice(0, merchants_max);
}

async function numbersOf(kind: TableKind): Promise<string[][]> {
  if (kind === 'receipts') {
    const lots = rowsOf(await (await authorisedFile('/v1/lots/export.csv')).text());
    const place = (heading: string): number => lots[0]!.indexOf(heading);
    const shown = ['批次编号（仅供查看）', '批次号', '商品名称（仅供查看）', '件数'].map(place);
    return lots.map((row) => shown.map((i) => row[i] ?? ''));
  }
  const merchants = await ownMerchants();
  if (kind === 'products') {
    const { items } = await json<Page<Category>>('/v1/categories');
    return [['商户编号', '', '商户'], ...merchants.map((one) => [String(one.merchant_id), '', one.name]), ['', '', ''], ['品类', '', ''], ...items.map(({ name }) => [name, '', ''])];
  }
  const found = await Promise.all(merchants.map(async ({ merchant_id }) => ({
    products: await readAll<Product>(`/v1/products?listed=any&merchant_id=${merchant_id}`),
    bases: await readAll<Base>(`/v1/bases?merchant_id=${merchant_id}`),
  })));
  const skus = found.flatMap(({ products }) => products.flatMap(({ name, skus: all }) => all.map((sku) => [String(sku.sku_id), '', `${name} ${sku.name}`])));
  const bases = found.flatMap(({ bases: all }) => all.map((base) => [String(base.base_id), '', `${base.name} ${base.village}`]));
  return [['规格编号', '', '商品和规格'], ...skus, ['', '', ''], ['基地编号', '', '基地'], ...bases];
}

export async function explanationOf(kind: TableKind, words: HelpWords): Promise<Sheet[]> {
  const columns = columnsToFill(kind).map(({ name, heading, needed }) => [heading, needed ? words.needed : words.may, words.hintOf(name), name]);
  return [{ name: words.explain, rows: columns }, { name: words.numbers, rows: await numbersOf(kind) }];
}
