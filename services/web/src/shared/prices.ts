/** What prices may be compared with (GET /v1/prices/lowest). */

import { json } from './api';
import type { Page } from './goods';

export interface LowestPrice {
  sku_id: number;
  price_fen: number;
  price_version: number;
  since: string | null;
  lowest_before_fen: number | null;
  /** What may stand struck through beside the price. */
  compared_fen: number | null;
  /** The lowest deal of today and the seven days before: with it a price that is entered now would be compared. */
  lowest_lately_fen: number | null;
}

const at_once = 100;

/** `read` may bring a token: a house sees its own goods before they are listed first. */
export async function readLowest(sku_ids: readonly number[], read: typeof json = json): Promise<LowestPrice[]> {
  const found: LowestPrice[] = [];
  for (let first = 0; first < sku_ids.length; first += at_once) {
    const page = await read<Page<LowestPrice>>(`/v1/prices/lowest?sku_ids=${sku_ids.slice(first, first + at_once).join(',')}`);
    found.push(...page.items);
  }
  return found;
}
