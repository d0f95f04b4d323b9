import { describe, expect, it } from 'vitest';
import { momentOf } from '../src/shop/basis';

const now = new Date('2026-11-28T16:25:00Z'); // 00:25 of the 29th in Shanghai.

describe('the moment that stands for a day', () => {
  it.each([
    ['2026-05-01', '2026-05-01T04:00:00.000Z', 'its noon'],
    ['2026-11-29', '2026-11-28T16:25:00.000Z', 'today: now'],
    ['2026-11-28', '2026-11-28T04:00:00.000Z', 'yesterday'],
    ['2016-01-01', '2016-01-01T04:00:00.000Z', 'the first one'],
    ['2026-11-30', null, 'tomorrow, of which nobody knows'],
    ['2027-06-01', null, 'a later year'],
    ['0202-06-01', null, 'a year that is being typed'],
    ['2015-12-31', null, 'before the first'],
    ['', null, 'none'],
  ])('%s: %s, %s', (day, moment, _why) => expect(momentOf(day, now)).toBe(moment));
});
