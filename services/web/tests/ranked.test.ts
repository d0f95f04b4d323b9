import { describe, expect, it } from 'vitest';
import { partsOf } from '../src/desk/audit/ranked';

const of = (...sums: number[]): number[] => partsOf(sums.map((net_fen) => ({ net_fen })));

describe('the bars of a ranking', () => {
  it('are as long as their sums, the largest as long as there is room', () => expect(of(40_000, 10_000, 5)).toEqual([100, 25, 0]));
  it('have no length below nothing', () => expect(of(300, -50)).toEqual([100, 0]));
  it('have none where nothing was sold, and are no numbers that there are not', () => {
    expect(of(0, -7)).toEqual([0, 0]);
    expect(of()).toEqual([]);
  });
});
