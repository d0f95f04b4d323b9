import { expect, it, vi } from 'vitest';
import { movedBetween, readEditionsOf, type CatalogueEntry } from '../src/shared/editions';

const entry = (product_id: number, certification_id = product_id): CatalogueEntry =>
  ({ certification_id, product_id, number: '', product_name: '', county_code: '', county_name: '', merchant_id: 1, merchant_name: '', valid_from: '', valid_to: '' });
const idsOf = (entries: CatalogueEntry[]): number[] => entries.map((one) => one.product_id);

it('tells which products came and went between two editions', () => {
  const { added, gone } = movedBetween([entry(1), entry(2)], [entry(2, 20), entry(3)]);
  expect([idsOf(added), idsOf(gone)]).toEqual([[3], [1]]);
});

it('reads the editions of a year to the last page, where the newest stands', async () => {
  vi.stubGlobal('fetch', async (address: string) =>
    new Response(JSON.stringify(address.includes('cursor=') ? { items: [{ number: 2 }], next: null } : { items: [{ number: 1 }], next: 'x' }), { status: 200, headers: { 'Content-Type': 'application/json' } }));
  vi.stubGlobal('window', { setTimeout, clearTimeout });
  vi.stubGlobal('navigator', {});
  expect((await readEditionsOf('MINHANG_YOUPIN', 2026)).at(-1)?.number).toBe(2);
  vi.unstubAllGlobals();
});
