import { describe, expect, it } from 'vitest';
import { differences, sumOfLines, sumOfRows } from '../src/desk/audit/ledger_math';
import { above, apiPath, keyOf, pagePath } from '../src/desk/audit/levels';
import type { LedgerLine, Row } from '../src/desk/audit/types';
import chinese from '../src/shop/messages/zh-CN';
import english from '../src/shop/messages/en';
import desk_chinese from '../src/desk/audit/messages/zh-CN';
import desk_english from '../src/desk/audit/messages/en';

const row = (net_fen: number, over: Partial<Row> = {}): Row => ({
  name: '', net_fen, gross_fen: net_fen, refund_fen: 0, uncounted_fen: 0, weight_g: 500, quantity: 1, lines: 1, uncounted_lines: 0, ...over,
});
const line = (total_fen: number, over: Partial<LedgerLine> = {}): LedgerLine => ({
  index: 0, kind: 'SALE', order: '1', line: 1, paid_at: '', lot_code: '', quantity: 1, weight_g: 500,
  unit_price_fen: total_fen, total_fen, counted: true, channel: 'METRO_QR', ...over,
});

describe('the sums of a level', () => {
  it('agree with the figure above, or name the measure that does not', () => {
    const rows = [row(100), row(250, { uncounted_fen: 5 })];
    const parent = row(350, { uncounted_fen: 5, weight_g: 1000, lines: 2 });
    expect(differences(sumOfRows(rows), parent)).toEqual([]);
    expect(differences(sumOfRows(rows), { ...parent, net_fen: 351, weight_g: 999 })).toEqual(['net_fen', 'weight_g']);
  });

  it('of lines count what was certified, take refunds off and keep the rest apart', () => {
    const lines = [line(1280), line(2560), line(-1280, { kind: 'REFUND', weight_g: -500 }), line(900, { counted: false })];
    expect(sumOfLines(lines)).toEqual({ net_fen: 2560, gross_fen: 3840, refund_fen: 1280, uncounted_fen: 900, weight_g: 500, lines: 3 });
  });
});

describe('a place', () => {
  const place = { month: '2026-11', keys: ['530624', '7', '3'], channel: 'METRO_QR' };
  it('has an address in the service and on the page', () => {
    expect(apiPath({ month: '2026-11', keys: [], channel: null })).toBe('/v1/audit/report?month=2026-11&by=county');
    expect(apiPath(place)).toBe('/v1/audit/counties/530624/merchants/7/products/3?month=2026-11&channel=METRO_QR');
    expect(apiPath({ ...place, keys: [...place.keys, '9'] }, '12')).toContain('/products/3/lots/9?month=2026-11&channel=METRO_QR&cursor=12');
    expect(pagePath(place)).toEqual({ path: '/audit/2026-11/530624/7/3', query: { channel: 'METRO_QR' } });
    expect(above(place).keys).toEqual(['530624', '7']);
  });
  it('finds the key of a row by its depth', () => {
    const found = row(1, { county_code: '530624', merchant_id: 7, product_id: 3, lot_id: 9 });
    expect([0, 1, 2, 3, 4].map((depth) => keyOf(found, depth))).toEqual(['530624', '7', '3', '9', '']);
  });
});

/** The {names} in a text, sorted. */
function namesIn(texts: object, path = ''): string[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${path}${key}: ${(value.match(/\{\w+\}/g) ?? []).sort().join()}`] : namesIn(value, `${path}${key}.`),
  );
}

it('both languages have the same texts with the same names in them', () => {
  expect(namesIn(english)).toEqual(namesIn(chinese));
  expect(namesIn(desk_english)).toEqual(namesIn(desk_chinese));
});
