/** From when on a house calls its stock low, or its lots near their expiry. */

import { ref, shallowRef } from 'vue';
import { ApiError, apiError, problemFrom } from '../../shared/api';
import type { Page } from '../../shared/goods';
import { authorised } from '../session';
import { daysToExpiry, near_days } from './origin';
import type { StockLevel } from './types';

export interface Thresholds {
  low_stock_below: number;
  near_expiry_days: number;
}
export interface KeptThresholds extends Thresholds {
  sku_id: number;
  /** null: nobody said, and they are everybody's. */
  set_at: string | null;
  set_by: number | null;
}

export const usual: Thresholds = { low_stock_below: 20, near_expiry_days: near_days };
export const low_stock_max = 1_000_000;
export const near_expiry_max = 365;
const at_once = 100;

/** By SKU. */
export async function readThresholds(sku_ids: readonly number[]): Promise<Record<number, KeptThresholds>> {
  const found: Record<number, KeptThresholds> = {};
  for (let first = 0; first < sku_ids.length; first += at_once) {
    const page = await authorised<Page<KeptThresholds>>(`/v1/stock/thresholds?sku_ids=${sku_ids.slice(first, first + at_once).join(',')}`);
    for (const one of page.items) found[one.sku_id] = one;
  }
  return found;
}

/**
 * The window of one SKU's thresholds. It has no fields before it was told what counts: what it keeps replaces both, and
 * everybody's own must not overwrite a house's because its own could not be read.
 */
export function useThresholdForm(sku_id: number, readThem = readThresholds) {
  const stored = shallowRef<KeptThresholds | null>(null);
  const failure = shallowRef<ApiError | null>(null);
  const low = ref('');
  const near = ref('');

  async function read(): Promise<void> {
    failure.value = null;
    try {
      const found = (await readThem([sku_id]))[sku_id];
      // What is not offered any more is left out.
      if (!found) throw new ApiError('refused', problemFrom(404, { type: 'urn:shanhai:problem:sku-unknown' }, null));
      low.value = String(found.low_stock_below);
      near.value = String(found.near_expiry_days);
      stored.value = found;
    } catch (thrown) {
      failure.value = apiError(thrown);
    }
  }
  return { stored, failure, low, near, read };
}

export const isNear = (expiry_date: string | null, thresholds: Thresholds, now: Date = new Date()): boolean => {
  const left = daysToExpiry(expiry_date, now);
  return left !== null && left <= thresholds.near_expiry_days;
};

/** What is to be said of a size's stock, the worst first. */
export function remarkOf(level: StockLevel, thresholds: Thresholds, now: Date = new Date()): 'out' | 'near' | 'low' | null {
  if (level.available === 0) return 'out';
  if (level.lots.some((lot) => isNear(lot.expiry_date, thresholds, now))) return 'near';
  return level.available < thresholds.low_stock_below ? 'low' : null;
}
