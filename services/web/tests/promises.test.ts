import { describe, expect, it } from 'vitest';
import { promisesOf, type Promised } from '../src/shop/promises';
import type { Lot, MerchantPapers } from '../src/shop/types';

const papers: MerchantPapers = { merchant_id: 1, county_code: '530624' };
const lot = (test_report_no: string | null) => ({ lot_id: 1, lot_code: 'L1', test_report_no }) as unknown as Lot;
const part = (over: Partial<Promised> = {}): Promised => ({ return_policy: 'SEVEN_DAY', lot: lot('T1'), county_code: '530624', ...over });

describe('what is promised', () => {
  it('is what is true of each of the goods', () => {
    expect(promisesOf([part()], papers)).toEqual({ returns: 'SEVEN_DAY', origin: 'report', at_origin: true });
    expect(promisesOf([part(), part()], papers)).toEqual({ returns: 'SEVEN_DAY', origin: 'report', at_origin: true });
  });
  it('is no more than the one of which the least is true', () => {
    expect(promisesOf([part(), part({ lot: lot(null) })], papers).origin).toBe('lot');
    expect(promisesOf([part(), part({ lot: lot('') })], papers).origin).toBe('lot');
    expect(promisesOf([part(), part({ lot: null })], papers).origin).toBeNull();
    expect(promisesOf([part(), part({ county_code: '530625' })], papers).at_origin).toBe(false);
    expect(promisesOf([part()], null).at_origin).toBe(false);
  });
  it('does not say how to return what each has its own rule for, nor what is not known', () => {
    expect(promisesOf([part(), part({ return_policy: 'FRESH_EXEMPT' })], papers).returns).toBeNull();
    expect(promisesOf([part(), part({ return_policy: undefined })], papers).returns).toBeUndefined();
    expect(promisesOf([], papers)).toEqual({ returns: undefined, origin: null, at_origin: false });
  });
});
