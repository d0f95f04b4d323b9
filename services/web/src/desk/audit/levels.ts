/** The way down: month → county → merchant → product → lot → lines. Each place is a list of keys. */

import { withQuery } from '../../shared/api';
import { shanghaiDay } from '../../shared/moments';
import { authorised } from '../session';
import type { Level, Lines, Row } from './types';

export const level_names = ['county', 'merchant', 'product', 'lot'] as const;
export type LevelName = (typeof level_names)[number];

export interface Place {
  month: string;
  /** Keys from the county down; [] is the whole month, four keys are a lot. */
  keys: string[];
  channel: string | null;
}

const key_members = ['county_code', 'merchant_id', 'product_id', 'lot_id'] as const;
const segments = ['counties', 'merchants', 'products', 'lots'] as const;
const attempts_max = 3;

/** The key of a row among those of its level. */
export function keyOf(row: Row, depth: number): string {
  const member = key_members[depth];
  return member === undefined ? '' : String(row[member] ?? '');
}

export function apiPath(place: Place, cursor: string | null = null): string {
  const parameters = { month: place.month, channel: place.channel, cursor };
  if (place.keys.length === 0) return withQuery('/v1/audit/report', { ...parameters, by: 'county' });
  const path = place.keys.map((key, depth) => `/${segments[depth]}/${encodeURIComponent(key)}`).join('');
  return withQuery(`/v1/audit${path}`, parameters);
}

/** Where the page of a place is. */
export function pagePath(place: Place): { path: string; query: Record<string, string> } {
  const path = ['/audit', place.month, ...place.keys.map(encodeURIComponent)].join('/');
  return { path, query: place.channel ? { channel: place.channel } : {} };
}

/** The lot from which an entry of the ledger was sold, in the month of its payment, by Shanghai’s days. */
export function lotPlace(entry: { paid_at: string; county: string; merchant: number; product: number; lot: number }): Place {
  const keys = [entry.county, entry.merchant, entry.product, entry.lot].map(String);
  return { month: shanghaiDay(entry.paid_at).slice(0, 7), keys, channel: null };
}

export function above(place: Place): Place {
  return { ...place, keys: place.keys.slice(0, -1) };
}

export interface Seen<T> {
  here: T;
  /** The row of this place in the level above; null at the top, or when the level above has no such row. */
  parent: Row | null;
}

/** Reads a place and the level above it at one state of the ledger: sales go on while an auditor looks. */
async function together<T extends { ledger: { tree_size: number } }>(
  place: Place,
  read: () => Promise<T>,
): Promise<Seen<T>> {
  for (let attempt = 1; ; attempt += 1) {
    const [here, parents] = await Promise.all([
      read(),
      place.keys.length === 0 ? null : authorised<Level>(apiPath(above(place))),
    ]);
    if (parents === null) return { here, parent: null };
    if (here.ledger.tree_size !== parents.ledger.tree_size && attempt < attempts_max) continue;
    const depth = place.keys.length - 1;
    return { here, parent: parents.items.find((row) => keyOf(row, depth) === place.keys[depth]) ?? null };
  }
}

export function readLevel(place: Place): Promise<Seen<Level>> {
  return together(place, () => authorised<Level>(apiPath(place)));
}

const pages_at_once_max = 20;

/** As many as a file holds; the services set the same limit to a merchant's sales. */
export const file_lines_max = 50_000;

/**
 * Every line of a lot. The ledger only grows at its end, so the totals that came with the last page are those of all
 * pages. Null when they are more than a file holds.
 */
export async function readAllLines(place: Place): Promise<Lines | null> {
  const lines = await authorised<Lines>(apiPath(place));
  while (lines.next !== null) {
    if (lines.items.length >= file_lines_max) return null;
    const more: Lines = await authorised<Lines>(apiPath(place, lines.next));
    lines.items.push(...more.items);
    Object.assign(lines, { next: more.next, totals: more.totals, ledger: more.ledger });
  }
  return lines;
}

/** The lines of a lot, up to 20 pages; `next` tells whether there are more. */
export function readLines(place: Place): Promise<Seen<Lines>> {
  return together(place, async () => {
    const lines = await authorised<Lines>(apiPath(place));
    for (let page = 1; lines.next !== null && page < pages_at_once_max; page += 1) {
      const more: Lines = await authorised<Lines>(apiPath(place, lines.next));
      lines.items.push(...more.items);
      lines.next = more.next;
    }
    return lines;
  });
}
