/** What places are called in the language of the page. English names come with the English texts; who reads Chinese loads none. */

import { shallowRef } from 'vue';
import { pageLocale } from './locale';
import type { Position } from './positions';

const table = shallowRef<typeof import('./places') | null>(null);

/** Also for who only wants the seat of a county, on a Chinese page. */
export async function loadPlaces(): Promise<void> {
  table.value ??= await import('./places');
}

/** Null until the table is here, and of a county that nobody entered. */
export const knownSeat = (code: string): Position | null => table.value?.seatOf(code) ?? null;

/** The area's English name on an English page, where it has one; else null: its Chinese name is the one to show. */
export const inEnglish = (code: string | null | undefined): string | null => (code && pageLocale() === 'en' ? (table.value?.englishOf(code) ?? null) : null);

/** A name that stands in a sentence or an option. */
export const placeName = (code: string | null | undefined, chinese: string): string => inEnglish(code) ?? chinese;
/** The same with the Chinese name beside it, for who must tell which of two it is. */
export const placeNames = (code: string | null | undefined, chinese: string): string => {
  const name = inEnglish(code);
  return name === null || chinese === '' ? (name ?? chinese) : `${name} ${chinese}`;
};

export const prefectureCode = (county_code: string): string => `${county_code.slice(0, 4)}00`;
export const provinceCode = (county_code: string): string => `${county_code.slice(0, 2)}0000`;

/** What a place lies in and is, the largest first in Chinese, last in English: "云南省 · 大关县", "Daguan County, Yunnan". */
export interface Placed {
  county_code: string;
  name: string;
  prefecture?: string;
  province?: string;
}
export function placeLine(place: Placed, between: string): { text: string; english: boolean } {
  const { county_code, name, prefecture, province } = place;
  const own = inEnglish(county_code);
  if (own === null) return { text: [province, prefecture, name].filter(Boolean).join(between), english: false };
  const around = [prefecture && placeName(prefectureCode(county_code), prefecture), province && placeName(provinceCode(county_code), province)];
  // Shanghai lies in Shanghai.
  const parts = [own, ...around].filter((part, i, all): part is string => !!part && all.indexOf(part) === i);
  return { text: parts.join(', '), english: true };
}
