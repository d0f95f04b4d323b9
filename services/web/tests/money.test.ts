import { expect, it } from 'vitest';
import { count, kilograms, money, netContent, pricePer500g, yuan } from '../src/shared/money';
import { monthAfter, shanghaiDay, shanghaiMinute, shanghaiMonth } from '../src/shared/moments';

it('shows fen as yuan exactly, signs and thousands included', () => {
  const cases: [number, string][] = [
    [0, '0.00'],
    [5, '0.05'],
    [-5, '-0.05'],
    [1280, '12.80'],
    [100000, '1,000.00'],
    [123456789, '1,234,567.89'],
    [-123456789, '-1,234,567.89'],
    [Number.MAX_SAFE_INTEGER, '90,071,992,547,409.91'],
  ];
  for (const [fen, text] of cases) expect(yuan(fen)).toBe(text);
  expect(money(-1280)).toBe('-¥12.80');
});

it('refuses amounts that are not whole fen', () => {
  for (const fen of [0.5, Number.NaN, Infinity, 2 ** 53]) expect(() => yuan(fen)).toThrow(RangeError);
});

it('shows weights and counts', () => {
  expect([kilograms(5), kilograms(1234567), kilograms(-500)]).toEqual(['0.005', '1,234.567', '-0.500']);
  expect([netContent(500), netContent(1500), netContent(2000)]).toEqual(['500 g', '1.5 kg', '2 kg']);
  expect(count(1234567)).toBe('1,234,567');
});

it('rounds the price of 500 g to the fen', () => {
  expect(pricePer500g(1280, 500)).toBe(1280);
  expect(pricePer500g(1000, 300)).toBe(1667);
  expect(pricePer500g(2, 2000)).toBe(1);
  expect(pricePer500g(100, 0)).toBeNull();
});

it('shows moments and months in Shanghai', () => {
  expect(shanghaiMinute('2026-10-31T16:30:00Z')).toBe('2026-11-01 00:30');
  expect(shanghaiDay('2026-10-31T16:30:00.123456Z')).toBe('2026-11-01');
  expect(shanghaiDay('2026-05-01')).toBe('2026-05-01');
  expect(shanghaiMinute('soon')).toBe('soon');
  expect(shanghaiMonth(new Date('2026-12-31T16:00:00Z'))).toBe('2027-01');
  expect([monthAfter('2026-01', -1), monthAfter('2026-12', 1), monthAfter('2026-05', -17)]).toEqual([
    '2025-12',
    '2027-01',
    '2024-12',
  ]);
});
