/** The way of a merchant from registration to the first sale, of what is known of its goods. */

import type { Product } from '../../shared/goods';
import type { Application } from '../office/types';
import { isNear, usual, type Thresholds } from './thresholds';
import type { Base, LotRecord, StockLevel } from './types';

export interface Known {
  merchants: number;
  products: readonly Product[];
  bases: readonly Base[];
  lots: readonly LotRecord[];
  levels: readonly StockLevel[];
  /** By SKU; where there are none, the usual ones count. */
  thresholds?: Readonly<Record<number, Thresholds>>;
  applications: readonly Application[];
}

export const step_names = ['merchant', 'product', 'base', 'lot', 'stock', 'application', 'listing'] as const;
export type StepName = (typeof step_names)[number];
/** `waits`: somebody else is to act; `now`: this merchant can. */
export type StepState = 'done' | 'waits' | 'now' | 'later';

const running = ['SUBMITTED', 'COUNTY_RECOMMENDED', 'UNDER_REVIEW', 'PUBLIC_NOTICE'];

function stateOf(step: StepName, known: Known): StepState {
  const { products, bases, lots, levels, applications } = known;
  switch (step) {
    case 'merchant':
      return known.merchants > 0 ? 'done' : 'waits';
    case 'product':
      return products.length > 0 ? 'done' : 'now';
    case 'base':
      if (bases.some((base) => base.confirmed)) return 'done';
      return bases.length > 0 ? 'waits' : 'now';
    case 'lot':
      if (lots.length > 0) return 'done';
      return products.length > 0 && bases.some((base) => base.confirmed) ? 'now' : 'later';
    case 'stock':
      if (levels.some((level) => level.available > 0)) return 'done';
      return lots.length > 0 ? 'waits' : 'later';
    case 'application':
      if (products.some((product) => product.certified_now)) return 'done';
      if (applications.some((one) => running.includes(one.state))) return 'waits';
      return products.length > 0 ? 'now' : 'later';
    case 'listing':
      if (products.some((product) => product.listed)) return 'done';
      return products.length > 0 ? 'now' : 'later';
  }
}

export function stepsOf(known: Known): { name: StepName; state: StepState }[] {
  return step_names.map((name) => ({ name, state: known.merchants === 0 && name !== 'merchant' ? 'later' : stateOf(name, known) }));
}

export type Due =
  | { kind: 'missing'; application: Application }
  | { kind: 'expiry'; lot_id: number; lot_code: string; expiry_date: string }
  | { kind: 'out' | 'low'; product: Product; sku_name: string; available: number };

/** What this merchant should look at, what stops sales first. */
export function dueOf(known: Known, now: Date = new Date()): Due[] {
  const thresholdsOf = (sku_id: number): Thresholds => known.thresholds?.[sku_id] ?? usual;
  const missing = known.applications
    .filter((one) => one.returned)
    .map((application) => ({ kind: 'missing' as const, application }));
  const of_stock = known.products.filter((product) => product.listed).flatMap((product) => product.skus.flatMap((sku): Due[] => {
    const level = known.levels.find((one) => one.sku_id === sku.sku_id);
    if (!level || (level.available > 0 && level.available >= thresholdsOf(sku.sku_id).low_stock_below)) return [];
    return [{ kind: level.available === 0 ? 'out' : 'low', product, sku_name: sku.name, available: level.available }];
  }));
  const near = known.levels.flatMap((level) => level.lots.filter((lot) => isNear(lot.expiry_date, thresholdsOf(level.sku_id), now)))
    .map((lot) => ({ kind: 'expiry' as const, lot_id: lot.lot_id, lot_code: lot.lot_code, expiry_date: lot.expiry_date! }));
  return [...missing, ...of_stock.sort((a, b) => ('available' in a ? a.available : 0) - ('available' in b ? b.available : 0)), ...near];
}
