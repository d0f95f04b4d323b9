import { describe, expect, it } from 'vitest';
import { addressOf, cleared, everything, filtersOf, lookingOf, nearestTo, placesOf, typed_max } from '../src/shop/looking';
import type { County } from '../src/shop/types';

const counted = (county_code: string, products: number, province: string | null = '云南省') => ({ county_code, name: `县${county_code}`, province, products });
const county = (county_code: string, prefecture: string): County => ({ county_code, name: county_code, short_name: county_code, prefecture, province: '云南省' });

describe('what somebody looks for', () => {
  it('is the same after a way through the address', () => {
    const looking = { q: '笋 干', exact: 'true', area: '', county: '530624', category: 'tea', scheme: 'MINHANG_YOUPIN', season: 'now', merchant: '8', first: 'BAIXIAN_BAIPIN', sort: 'newest' };
    const address = addressOf(looking) as Record<string, string>;
    expect(lookingOf(address)).toEqual(looking);
    expect(addressOf(everything)).toEqual({});
  });

  it.each([
    ['county', '53062'], ['county', '云南'], ['category', 'Tea!'], ['scheme', 'x'], ['season', 'always'], ['merchant', '0'], ['merchant', '-1'], ['area', 'Yunnan'], ['area', '省'], ['first', 'a_b'], ['sort', 'cheapest'], ['exact', 'yes'],
  ])('is not narrowed by %s=%s, which is no such choice', (name, value) => {
    expect(lookingOf({ [name]: value })).toEqual(everything);
    expect(lookingOf({ [name]: [value, value] })).toEqual(everything);
  });

  it('is cut to what the services take, by characters and not by halves of them', () => {
    const { q } = lookingOf({ q: '𬜬'.repeat(200), area: '云'.repeat(20) });
    expect([...q]).toHaveLength(typed_max);
  });

  it('is of a county or of an area, whichever was chosen last', () => {
    const of_county = { ...everything, county: '530624' };
    expect(addressOf(of_county, { area: '云南省' })).toEqual({ area: '云南省' });
    expect(addressOf({ ...everything, area: '云南省' }, { county: '530624' })).toEqual({ county: '530624' });
    expect(addressOf(of_county, { category: 'tea' })).toEqual({ county: '530624', category: 'tea' });
  });

  it('loses every condition at once, and keeps the order of the goods', () => {
    expect(addressOf({ ...everything, q: '笋', county: '530624', season: 'now', first: 'MINHANG_YOUPIN' }, cleared({ ...everything, first: 'MINHANG_YOUPIN' }))).toEqual({ first: 'MINHANG_YOUPIN' });
  });

  it('is sorted in one way: what was chosen goes before the scheme that comes first', () => {
    const both = { ...everything, first: 'MINHANG_YOUPIN', sort: 'price_ascending' };
    expect(filtersOf(both)).toMatchObject({ first: '', sort: 'price_ascending' });
    expect(filtersOf({ ...both, sort: '' })).toMatchObject({ first: 'MINHANG_YOUPIN', sort: '' });
    expect(addressOf(both, cleared(both))).toEqual({ first: 'MINHANG_YOUPIN', sort: 'price_ascending' });
  });

  it('is meant as it was typed until something else is', () => {
    const exact = { ...everything, q: '香茹', exact: 'true' };
    expect(filtersOf(exact)).toMatchObject({ q: '香茹', exact: 'true' });
    expect(addressOf(exact, { county: '530624' })).toEqual({ q: '香茹', exact: 'true', county: '530624' });
    expect(addressOf(exact, { q: '香菇' })).toEqual({ q: '香菇' });
    expect(addressOf(exact, cleared(exact))).toEqual({});
  });

  it('asks for an area by its name, beside what was typed', () => {
    expect(filtersOf({ ...everything, q: '笋', area: '云南省', merchant: '8' })).toEqual({ q: '笋', area: '云南省', county: '', category: '', first: '', scheme: '', season: '', merchant_id: '8', exact: '', sort: '' });
  });
});

describe('places', () => {
  it('are counted up to prefectures and provinces, the fullest first', () => {
    const places = placesOf(
      [counted('530624', 2), counted('530524', 4), counted('530621', 3), counted('632622', 1, '青海省')],
      [county('530624', '昭通市'), county('530621', '昭通市'), county('530524', '保山市')],
    );
    expect(places.map((one) => [one.name, one.products])).toEqual([['云南省', 9], ['青海省', 1]]);
    expect(places[0]?.prefectures.map((one) => [one.name, one.products])).toEqual([['昭通市', 5], ['保山市', 4]]);
    expect(places[1]?.prefectures).toEqual([{ name: '', products: 1, counties: [{ county_code: '632622', name: '县632622', products: 1 }] }]);
  });

  it('nearest to a county are those of its prefecture, then of its province, then the fullest', () => {
    const found = nearestTo('530624', [counted('632622', 9), counted('530524', 4), counted('530624', 2), counted('530621', 1), counted('653126', 0)], 3);
    expect(found.map((one) => one.county_code)).toEqual(['530621', '530524', '632622']);
  });
});
