import { afterEach, describe, expect, it, vi } from 'vitest';
import { effectScope, nextTick, ref } from 'vue';
import { dayAfter } from '../src/shared/moments';
import { daysIn, everyDay, soldFen, soldPacks } from '../src/desk/trade/sales';
import { useComparedPrices } from '../src/shop/compared';
import type { Sku } from '../src/shared/goods';
import { goodsOf, groupsOfGoods } from '../src/desk/trade/order_goods';

const figures = { net_fen: 500, gross_fen: 700, refund_fen: 200, uncounted_fen: 90, quantity: 3, uncounted_quantity: 1 };

describe('days of sales', () => {
  it('are counted with both ends, up to a leap year', () => {
    expect(dayAfter('2028-02-28', 2)).toBe('2028-03-01');
    expect(dayAfter('2026-01-01', -1)).toBe('2025-12-31');
    expect(daysIn('2026-05-01', '2026-05-01')).toBe(1);
    expect(daysIn('2028-01-01', '2028-12-31')).toBe(366);
    for (const [from, to] of [['2026-05-02', '2026-05-01'], ['2025-01-01', '2026-01-02'], ['', '2026-01-02'], ['2026-13-01', '2026-05-01']] as const) expect(daysIn(from, to)).toBe(0);
  });
  it('are all in the chart, with and without sales', () => {
    const days = everyDay('2026-05-01', '2026-05-03', [{ ...figures, day: '2026-05-02' }]);
    expect(days.map((one) => one.counted_fen)).toEqual([0, 500, 0]);
    expect(days[1]).toEqual({ day: '2026-05-02', counted_fen: 500, uncounted_fen: 90 });
  });
  it('say what was sold whether it counts or not', () => {
    expect(soldFen(figures)).toBe(590);
    expect(soldPacks(figures)).toBe(4);
  });
});

describe('a price that is struck through', () => {
  afterEach(() => vi.unstubAllGlobals());
  const sku = (price_version: number, price_fen = 1690): Sku => ({ sku_id: 1, gtin: '', name: '', net_content_g: 500, price_fen, price_version, quantity_max: 9 });
  const answer = (over: object) => new Response(JSON.stringify({ items: [{ sku_id: 1, price_fen: 1690, price_version: 2, compared_fen: 1990, ...over }] }));
  const settled = async () => {
    for (let i = 0; i < 20; i += 1) await nextTick();
  };

  async function comparedOf(shown: Sku, given: () => Promise<Response>): Promise<number | null> {
    vi.stubGlobal('fetch', vi.fn(given));
    const scope = effectScope();
    const compared = scope.run(() => useComparedPrices(() => [shown]))!;
    await settled();
    scope.stop();
    return compared(shown);
  }
  it('is of the very price that the page shows, and above it', async () => {
    expect(await comparedOf(sku(2), async () => answer({}))).toBe(1990);
    expect(await comparedOf(sku(1, 1990), async () => answer({}))).toBeNull();
    expect(await comparedOf(sku(2), async () => answer({ compared_fen: 1690 }))).toBeNull();
    expect(await comparedOf(sku(2), async () => answer({ compared_fen: null }))).toBeNull();
  });
  it('is not there when nobody could be asked', async () => {
    expect(await comparedOf(sku(2), async () => new Response('{}', { status: 404 }))).toBeNull();
  });
  it('is asked for again when the price is another', async () => {
    const fetched = vi.fn(async () => answer({}));
    vi.stubGlobal('fetch', fetched);
    const shown = ref([sku(2)]);
    const scope = effectScope();
    const compared = scope.run(() => useComparedPrices(() => shown.value))!;
    await settled();
    shown.value = [sku(2)];
    await settled();
    expect(fetched).toHaveBeenCalledTimes(1);
    shown.value = [sku(3, 1500)];
    await settled();
    expect(fetched).toHaveBeenCalledTimes(2);
    expect(compared(shown.value[0]!)).toBeNull();
    scope.stop();
  });
});

describe('an order in the list', () => {
  const line = (sku_id: number, quantity: number) => ({ sku_id, quantity, product_name: '箬竹面', sku_name: `${sku_id}号`, product_id: 1, unit_price_fen: 1, total_fen: 1, lot_id: 1, lot_code: 'L' });

  it('names each kind once with all its packs', () => {
    const goods = goodsOf([line(1, 1), line(3, 3), line(1, 2)]);
    expect(goods.map(({ name, quantity }) => `${name} × ${quantity}`)).toEqual(['箬竹面 1号 × 3', '箬竹面 3号 × 3']);
  });

  it('says what belongs to a set, apart from the same bought by itself', () => {
    const within = { bundle_id: 7, bundle_name: '礼盒' };
    const groups = groupsOfGoods([{ ...line(1, 1), ...within }, line(1, 5), { ...line(1, 2), ...within }, { ...line(2, 1), ...within }]);
    expect(groups.map((one) => [one.bundle_name, ...one.goods.map(({ name, quantity }) => `${name} × ${quantity}`)])).toEqual([
      ['礼盒', '箬竹面 1号 × 3', '箬竹面 2号 × 1'],
      [null, '箬竹面 1号 × 5'],
    ]);
  });
});

it('names the channels as the table of sales does', async () => {
  const { readFileSync } = await import('node:fs');
  const { channels_chinese } = await import('../src/desk/messages/channels');
  const source = readFileSync(new URL('../../audit/http/sales_routes.cpp', import.meta.url), 'utf8');
  const names = /channel_names\{([^}]*)\}/.exec(source)?.[1]?.match(/"[^"]+"/g)?.map((one) => one.slice(1, -1));
  expect(names).toEqual(Object.values(channels_chinese));
});
