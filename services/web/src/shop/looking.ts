/** What somebody looks for, as it stands in the address of the list: so that Back, a reload and a shared link find it again. */

import type { LocationQuery, LocationQueryRaw } from 'vue-router';
import type { ListFilters } from './kept';
import type { County, Facets } from './types';

export interface Looking {
  /** What was typed. */
  q: string;
  /** "true": it is meant as it was typed; until something else is. */
  exact: string;
  /** A province or prefecture by its name. */
  area: string;
  county: string;
  category: string;
  scheme: string;
  season: string;
  merchant: string;
  /** The scheme whose goods come first; it leaves nothing out. */
  first: string;
  /** Another order, of `sortings`; it leaves nothing out. */
  sort: string;
}

/** The orders that one can choose; '' is the usual one. */
export const sortings = ['', 'newest', 'price_ascending', 'price_descending'] as const;

/** What leaves something out, in the order in which it is told. */
export const condition_keys = ['area', 'county', 'merchant', 'category', 'scheme', 'season', 'q'] as const;
export type ConditionKey = (typeof condition_keys)[number];

export interface Condition {
  key: ConditionKey;
  text: string;
}

/** The services take this much of what is typed. */
export const typed_max = 100;

const scheme_shape = /^(?=.{3,24}$)[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;
const shapes: Record<keyof Looking, RegExp> = {
  q: /^/,
  exact: /^true$/,
  area: /^\p{Script=Han}{2,20}$/u,
  county: /^\d{6}$/,
  category: /^[a-z_]{1,32}$/,
  scheme: scheme_shape,
  season: /^now$/,
  merchant: /^[1-9]\d{0,17}$/,
  first: scheme_shape,
  sort: /^(newest|price_ascending|price_descending)$/,
};
const names = Object.keys(shapes) as (keyof Looking)[];

export const everything: Looking = { q: '', exact: '', area: '', county: '', category: '', scheme: '', season: '', merchant: '', first: '', sort: '' };

/** What has not the shape of a choice is none: an address may come from anywhere. */
export function lookingOf(query: LocationQuery): Looking {
  const looking = { ...everything };
  for (const name of names) {
    const value = query[name];
    if (typeof value === 'string' && shapes[name].test(value)) looking[name] = value;
  }
  looking.q = [...looking.q.trim()].slice(0, typed_max).join('');
  return looking;
}

/** The same with something chosen otherwise; '' takes a choice away. A county lies in its area: of the two the last chosen stays. */
export function addressOf(looking: Looking, over: Partial<Looking> = {}): LocationQueryRaw {
  const wanted = { ...looking, ...(over.q !== undefined && { exact: '' }), ...(over.county && { area: '' }), ...(over.area && { county: '' }), ...over };
  return Object.fromEntries(names.map((name) => [name, wanted[name]]).filter(([, value]) => value !== ''));
}

/** Nothing but the order is left of it. */
export function cleared(looking: Looking): Partial<Looking> {
  return { ...everything, first: looking.first, sort: looking.sort };
}

/** As the services are asked. What is sorted begins with no scheme. */
export function filtersOf(looking: Looking): ListFilters {
  const { q, area, county, category, exact, scheme, season, sort } = looking;
  const first = sort === '' ? looking.first : '';
  return { area, county, category, q, first, scheme, season, merchant_id: looking.merchant, exact, sort };
}

export interface CountyOfPlace {
  county_code: string;
  name: string;
  products: number;
}
export interface Prefecture {
  /** '' of counties of which only the province is known. */
  name: string;
  products: number;
  counties: CountyOfPlace[];
}
export interface Province {
  name: string;
  products: number;
  prefectures: Prefecture[];
}

const fullestFirst = <T extends { products: number }>(all: T[]): T[] => all.sort((a, b) => b.products - a.products);

/** Counties with goods by province and prefecture, the fullest first; prefectures are told by the counties' own list. */
export function placesOf(counted: Facets['counties'], counties: readonly County[]): Province[] {
  const provinces: Province[] = [];
  for (const one of counted) {
    const known = counties.find((county) => county.county_code === one.county_code);
    const [of_province, of_prefecture] = [one.province ?? known?.province ?? '', one.prefecture ?? known?.prefecture ?? ''];
    let province = provinces.find(({ name }) => name === of_province);
    if (!province) provinces.push((province = { name: of_province, products: 0, prefectures: [] }));
    let prefecture = province.prefectures.find(({ name }) => name === of_prefecture);
    if (!prefecture) province.prefectures.push((prefecture = { name: of_prefecture, products: 0, counties: [] }));
    prefecture.counties.push({ county_code: one.county_code, name: one.name ?? one.county_code, products: one.products });
    province.products += one.products;
    prefecture.products += one.products;
  }
  for (const province of provinces) fullestFirst(province.prefectures);
  return fullestFirst(provinces);
}

/** Of the counted counties those nearest to that one: of its prefecture, then of its province, then the fullest of elsewhere. */
export function nearestTo(county_code: string, counted: Facets['counties'], n: number): Facets['counties'] {
  const same = (one: string, digits: number): boolean => one.slice(0, digits) === county_code.slice(0, digits);
  const distance = (one: string): number => (same(one, 4) ? 0 : same(one, 2) ? 1 : 2);
  return counted
    .filter((one) => one.county_code !== county_code && one.products > 0)
    .sort((a, b) => distance(a.county_code) - distance(b.county_code) || b.products - a.products)
    .slice(0, n);
}
