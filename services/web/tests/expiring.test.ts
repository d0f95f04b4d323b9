import { describe, expect, it } from 'vitest';
import { applicationOf, batchAfter, underWay } from '../src/desk/office/expiring';
import type { Application, Batch } from '../src/desk/office/types';
import { hashInGroups, newestFirst, type Edition } from '../src/shared/editions';

const batch = (over: Partial<Batch>): Batch => ({
  batch_id: 1, scheme: 'MINHANG_YOUPIN', scheme_version: 1, year: 2027, applications_from: '2026-10-01', applications_until: '2026-12-01', valid_from: '2027-01-01', valid_to: '2028-01-01', ...over,
});
const application = (over: Partial<Application>): Application => ({ application_id: 1, product_id: 1, scheme: 'MINHANG_YOUPIN', year: 2026, batch_id: 9, state: 'CERTIFIED', ...over }) as Application;
const ending = { scheme: 'MINHANG_YOUPIN', product_id: 1, year: 2026, valid_to: '2027-01-01' };

describe('a renewal', () => {
  it.each([
    ['2026-09-30', null], ['2026-10-01', 1], ['2026-11-30', 1], ['2026-12-01', null],
  ])('begins on %s in the batch %s', (today, id) => {
    expect(batchAfter(ending, [batch({})], today)?.batch_id ?? null).toBe(id);
  });

  it('begins in the first batch of its scheme whose validity goes beyond its own', () => {
    const batches = [batch({ batch_id: 3, valid_from: '2028-01-01', valid_to: '2029-01-01' }), batch({ batch_id: 2, valid_to: '2027-01-01' }), batch({ batch_id: 4, scheme: 'BAIXIAN_BAIPIN' }), batch({})];
    expect(batchAfter(ending, batches, '2026-11-01')?.batch_id).toBe(1);
    expect(batchAfter(ending, batches.slice(1, 3), '2026-11-01')).toBeNull();
  });

  it('takes the papers of the application that led to the certification', () => {
    const all = [application({}), application({ application_id: 2, year: 2025 }), application({ application_id: 3, state: 'REJECTED' }), application({ application_id: 4, product_id: 2 }), application({ application_id: 5, year: 2027 })];
    expect(applicationOf(ending, all)?.application_id).toBe(1);
    expect(applicationOf(ending, all.slice(2))).toBeNull();
  });

  it('that is under way is led to, not begun again', () => {
    expect(underWay(ending, [application({ year: 2027, state: 'DRAFT' })])?.application_id).toBe(1);
    expect(underWay(ending, [application({ year: 2027, state: 'WITHDRAWN' }), application({ year: 2026, state: 'DRAFT' })])).toBeNull();
    expect(underWay(ending, [application({ year: 2027, state: 'DRAFT', product_id: 2 }), application({ year: 2027, state: 'DRAFT', scheme: 'BAIXIAN_BAIPIN' })])).toBeNull();
  });
});

describe('editions', () => {
  it('come newest first, by year and by when they were frozen', () => {
    const one = (edition_id: number, year: number, frozen_at: string) => ({ edition_id, year, frozen_at, number: 1 }) as Edition;
    expect(newestFirst([one(1, 2025, '2026-12-01'), one(2, 2026, '2026-01-01'), one(3, 2026, '2026-02-01')]).map((edition) => edition.edition_id)).toEqual([3, 2, 1]);
  });

  it('say hashes in groups', () => {
    expect(hashInGroups('68cd281dea872204')).toBe('68cd281d ea872204');
  });
});
