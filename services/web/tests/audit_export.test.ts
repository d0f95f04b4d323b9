import { beforeEach, describe, expect, it, vi } from 'vitest';
import chinese from '../src/desk/audit/messages/zh-CN';
import { csvOf, rowsOf } from '../src/desk/csv';
import { fileName, levelTable, linesTable, shareTable, type Words } from '../src/desk/audit/export';
import { sumOfLines } from '../src/desk/audit/ledger_math';
import type { Figures, Level, LedgerLine, Lines, Row } from '../src/desk/audit/types';

vi.stubGlobal('window', { addEventListener: () => undefined, removeEventListener: () => undefined, setTimeout, clearTimeout });

const find = (key: string): string => key.split('.').reduce<unknown>((found, name) => (found as Record<string, unknown> | undefined)?.[name], chinese) as string;
const words: Words = {
  t: (key, named = {}) => (find(key) ?? key).replace(/\{(\w+)\}/g, (_hole, name: string) => String(named[name])),
  wire: (group, name) => find(`${group}.${name}`) ?? name,
};
const figures = (net_fen: number): Figures => ({ net_fen, gross_fen: net_fen, refund_fen: 0, uncounted_fen: 0, weight_g: 500, quantity: 1, lines: 1, uncounted_lines: 0 });
const ledger = { tree_size: 1200, root_hash: 'r' };
const month = { month: '2026-11', keys: [] as string[], channel: null };

describe('what an auditor takes away', () => {
  const items: Row[] = [
    { ...figures(123_456_789), name: '大关县', county_code: '530624', orders: 3, buyers: 2 },
    { ...figures(-1280), name: '=HYPERLINK("x")', county_code: '520622', orders: 1, buyers: 1 },
  ];
  const level: Level = { items, totals: { ...figures(123_455_509), orders: 3, buyers: 2 }, names: {}, ledger };

  it('of a month is each county in the order of the page, and the total with its orders', () => {
    const table = rowsOf(csvOf(levelTable(month, level, words)));
    expect(table[0]).toEqual(['月份', '渠道', '产地（县）编号', '产地（县）', '净额（元）', '销售（元）', '退款（元）', '未计入（元）', '重量（kg）', '笔数', '订单', '购买人']);
    expect(table[1]).toEqual(['2026-11', '全部渠道', '530624', '大关县', '1234567.89', '1234567.89', '0.00', '0.00', '0.500', '1', '3', '2']);
    expect(table.at(-1)).toEqual(['2026-11', '全部渠道', '', '合计', '1234555.09', '1234555.09', '0.00', '0.00', '0.500', '1', '3', '2']);
  });

  it('begins with the mark of UTF-8, and holds no formula, but figures with their sign', () => {
    const csv = csvOf(levelTable(month, level, words));
    expect(csv.startsWith('\ufeff"月份"')).toBe(true);
    expect(csv).toContain('"\'=HYPERLINK(""x"")","-12.80"');
  });

  it('of a place below says in every row where it is, by number and name', () => {
    const place = { month: '2026-11', keys: ['530624', '7'], channel: 'METRO_QR' };
    const names = { county: '大关县', merchant: '合作社' };
    const [heads, row] = levelTable(place, { ...level, names, items: [{ ...figures(1), name: '箬竹面', product_id: 3 }] }, words);
    expect(heads?.slice(0, 8)).toEqual(['月份', '渠道', '产地（县）编号', '产地（县）', '商户编号', '商户', '产品编号', '产品']);
    expect(row?.slice(0, 8)).toEqual(['2026-11', '地铁扫码', '530624', '大关县', '7', '合作社', '3', '箬竹面']);
    expect(shareTable(place, { ...level, names }, items, '渠道', (one) => one.name, words)).toHaveLength(3);
    expect(fileName(place, names, '产品', 1200, words)).toBe('审计-2026-11-大关县-合作社-地铁扫码-产品-账本1200条.csv');
    expect(fileName(place, { county: '大关县' }, '产品', 1200, words)).toContain('-7-');
  });
});

describe('the lines of a lot', () => {
  const line = (index: number): LedgerLine => ({
    index, kind: 'SALE', order: 'a'.repeat(64), line: 1, paid_at: '2026-11-24T16:30:00Z', lot_code: 'RZ', quantity: 1, weight_g: 500, unit_price_fen: 1280, total_fen: 1280, counted: true, channel: 'METRO_QR',
  });
  const place = { month: '2026-11', keys: ['530624', '7', '3', '9'], channel: null };
  let total = 0;
  beforeEach(() => {
    vi.stubGlobal('navigator', {});
    vi.stubGlobal('fetch', async (address: string) => {
      const from = Number(new URL(address, 'http://x').searchParams.get('cursor') ?? 0);
      const items = Array.from({ length: Math.min(100, total - from) }, (_one, i) => line(from + i));
      const known = { ...figures(1280 * total), weight_g: 500 * total, lines: total };
      const answer: Lines = { items, next: from + 100 < total ? String(from + 100) : null, totals: known, names: {}, ledger };
      return new Response(JSON.stringify(answer), { status: 200, headers: { 'Content-Type': 'application/json' } });
    });
  });

  it('are all read for the file, also beyond what the page shows', async () => {
    const { readAllLines } = await import('../src/desk/audit/levels');
    total = 2345;
    const all = await readAllLines(place);
    expect(all?.items.map((one) => one.index)).toEqual(Array.from({ length: total }, (_one, i) => i));
    expect(sumOfLines(all!.items).net_fen).toBe(all!.totals.net_fen);
    expect(linesTable(place, {}, all!.items, words)).toHaveLength(total + 1);
  });

  it('are none rather than some when a file does not hold them', async () => {
    const { readAllLines, file_lines_max } = await import('../src/desk/audit/levels');
    total = file_lines_max + 1;
    expect(await readAllLines(place)).toBeNull();
  });

  it('name whole commitments, and moments as in Shanghai', () => {
    const [heads, row] = linesTable(place, {}, [line(5)], words);
    expect(heads?.slice(-8)).toEqual(['账本序号', '金额（元）', '数量', '单价（元）', '支付时间', '渠道', '计入', '订单承诺']);
    expect(row?.slice(-4)).toEqual(['2026-11-25 00:30', '地铁扫码', '是', 'a'.repeat(64)]);
  });
});
