/** Bundles (套装) as the catalog answers them to every page (proto/openapi). */

import type { ReturnPolicy } from './goods';

export interface BundleComponent {
  sku_id: number;
  product_id: number;
  product_name?: string;
  sku_name?: string;
  net_content_g?: number;
  image?: string;
  return_policy?: ReturnPolicy;
  county?: { county_code: string; short_name?: string };
  /** In one bundle. */
  quantity: number;
  /** Of one order. */
  quantity_max: number;
  price_fen: number;
  share_fen?: number;
}

export interface Bundle {
  bundle_id: number;
  version: number;
  name: string;
  summary: string;
  image: string;
  own_image: string | null;
  merchant: { merchant_id: number; name?: string; self_operated?: boolean };
  price_fen: number;
  /** What its parts cost now when they are bought one by one: a plain sum, no former price. */
  parts_fen: number;
  listed: boolean;
  saleable: boolean;
  components: BundleComponent[];
}

export interface Part {
  price_fen: number;
  quantity: number;
}

/**
 * Saleable bundles, page after page, until so many are found or there are no more; `next`: where to read on.
 * A merchant has 200 at most: no more pages than hold those are read at once.
 */
export async function saleableOf(
  read: (cursor: string | null) => Promise<{ items: Bundle[]; next: string | null }>,
  wanted: number,
  from: string | null = null,
): Promise<{ found: Bundle[]; next: string | null }> {
  const pages_max = 10;
  const found: Bundle[] = [];
  let next = from;
  for (let page = 0; page < pages_max && found.length < wanted; page += 1) {
    const answer = await read(next);
    found.push(...answer.items.filter((one) => one.saleable));
    next = answer.next;
    if (next === null) break;
  }
  return { found, next };
}

/** Each product once, however many of its sizes there are. */
export const namesOf = (components: readonly BundleComponent[]): string[] =>
  [...new Set(components.flatMap((one) => (one.product_name ? [one.product_name] : [])))];

export const apart = (parts: readonly Part[]): number => parts.reduce((sum, one) => sum + one.price_fen * one.quantity, 0);

/**
 * The price shared over the parts in proportion to what they cost, by the largest remainder, ties to the earlier part:
 * the services' own rule, to show beforehand. Null when a pack would cost nothing, or the bundle more than its parts.
 */
export function shareOut(price_fen: number, parts: readonly Part[]): number[] | null {
  const whole = BigInt(apart(parts));
  if (parts.length === 0 || whole === 0n || BigInt(price_fen) > whole) return null;
  const exact = parts.map((one) => BigInt(price_fen) * BigInt(one.price_fen) * BigInt(one.quantity));
  const shares = exact.map((one) => Number(one / whole));
  let left = price_fen - shares.reduce((sum, one) => sum + one, 0);
  const by_remainder = exact.map((one, i) => ({ i, rest: one % whole })).sort((a, b) => (a.rest === b.rest ? a.i - b.i : a.rest > b.rest ? -1 : 1));
  for (const { i } of by_remainder) {
    if (left <= 0) break;
    shares[i]! += 1;
    left -= 1;
  }
  return shares.every((share, i) => share >= parts[i]!.quantity) ? shares : null;
}

/** How many bundles an order may hold, by what it may hold of each part; and what the stock allows. */
export const atMost = (components: readonly BundleComponent[], of: (one: BundleComponent) => number | null): number | null => {
  const counts = components.map((one) => {
    const n = of(one);
    return n === null ? null : Math.floor(n / one.quantity);
  });
  return counts.some((one) => one === null) ? null : Math.min(...(counts as number[]));
};
