/** The county of the day: another each day, the same for everybody who looks. */

import { json, withQuery } from '../shared/api';
import { shanghaiDay } from '../shared/moments';
import { scannedDistrict } from './kept';
import type { County, Page } from './types';

export interface Pairing {
  district_code: string;
  district_name: string;
  county_code: string;
  certainty: string;
  valid_now: boolean;
}

export interface DayCounty {
  county: County;
  /** Who supports it now. */
  districts: string[];
}

const day_ms = 86_400_000;
/** More pages than there are pairings; a list that never ends is not followed for ever. */
const pages_max = 10;

/** A county that is shown alone should have something to choose from. */
const goods_min = 3;

/**
 * Of the counties whose pairing is stated and holds now, by turns: those with something to choose from, else those with
 * any goods; null where there is none.
 */
export function countyOfDay(counties: readonly County[], pairings: readonly Pairing[], now: Date): DayCounty | null {
  const certain = pairings.filter((one) => one.valid_now && one.certainty === 'STATED');
  const paired = counties
    .filter((county) => certain.some((one) => one.county_code === county.county_code))
    .sort((a, b) => a.county_code.localeCompare(b.county_code));
  const withGoods = (n: number): County[] => paired.filter((county) => (county.products ?? 0) >= n);
  const enough = withGoods(goods_min);
  const shown = enough.length > 0 ? enough : withGoods(1);
  const day = Date.parse(`${shanghaiDay(now.toISOString())}T00:00:00Z`) / day_ms;
  const county = shown[day % shown.length];
  if (!county) return null;
  const names = certain.filter((one) => one.county_code === county.county_code).map((one) => one.district_name);
  return { county, districts: [...new Set(names)] };
}

/** Those of the district whose screen was scanned, else of every district. */
export async function readPairings(): Promise<Pairing[]> {
  const found: Pairing[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < pages_max; page += 1) {
    const answer: Page<Pairing> = await json<Page<Pairing>>(withQuery('/v1/pairings', { district: scannedDistrict(), cursor, limit: 100 }));
    found.push(...answer.items);
    cursor = answer.next;
    if (cursor === null) break;
  }
  return found;
}
