import { describe, expect, it } from 'vitest';
import { countyOfDay, type Pairing } from '../src/shop/day_county';
import type { County } from '../src/shop/types';

const county = (county_code: string, products: number): County => ({ county_code, name: county_code, short_name: county_code, prefecture: '', province: '', products });
const pairing = (county_code: string, over: Partial<Pairing> = {}): Pairing => ({ district_code: '310112', district_name: '闵行区', county_code, certainty: 'STATED', valid_now: true, ...over });
const at = (moment: string) => new Date(moment);
const shownOn = (moment: string, counties: County[], pairings: Pairing[]) => countyOfDay(counties, pairings, at(moment))?.county.county_code;

const counties = [county('530624', 11), county('530524', 4), county('532822', 1), county('533401', 3)];
const pairings = counties.map((one) => pairing(one.county_code));

describe('the county of the day', () => {
  it('is the same all day in Shanghai, wherever the clock of the telephone is, and another the day after', () => {
    const morning = shownOn('2026-11-27T16:00:00Z', counties, pairings);
    expect(shownOn('2026-11-28T15:59:59Z', counties, pairings)).toBe(morning);
    expect(shownOn('2026-11-28T16:00:00Z', counties, pairings)).not.toBe(morning);
  });

  it('comes round: each of those with something to choose from has its turn, in whatever order they are told', () => {
    const days = Array.from({ length: 3 }, (_, i) => `2026-11-${10 + i}T04:00:00Z`);
    const turns = days.map((day) => shownOn(day, counties, pairings));
    expect([...turns].sort()).toEqual(['530524', '530624', '533401']);
    expect(days.map((day) => shownOn(day, [...counties].reverse(), [...pairings].reverse()))).toEqual(turns);
  });

  it('is one with few goods where no other has more, and none where none has any', () => {
    expect(shownOn('2026-11-28T04:00:00Z', [county('532822', 1), county('530624', 0)], pairings)).toBe('532822');
    expect(shownOn('2026-11-28T04:00:00Z', [county('530624', 0)], pairings)).toBeUndefined();
  });

  it('is none whose pairing is over, or was only concluded from something', () => {
    const doubtful = [pairing('530624', { valid_now: false }), pairing('530524', { certainty: 'INFERRED' })];
    expect(shownOn('2026-11-28T04:00:00Z', counties, doubtful)).toBeUndefined();
  });

  it('names each district once that supports it now', () => {
    const several = [pairing('530624'), pairing('530624'), pairing('530624', { district_name: '青浦区' }), pairing('530624', { district_name: '松江区', valid_now: false })];
    expect(countyOfDay(counties, several, at('2026-11-28T04:00:00Z'))?.districts).toEqual(['闵行区', '青浦区']);
  });
});
