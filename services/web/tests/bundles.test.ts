import { describe, expect, it } from 'vitest';
import { blank_bundle, bodyOfBundle, faultsOfBundle, formOf, sharesOf, type BundleForm } from '../src/desk/goods/bundle_form';
import { apart, atMost, saleableOf, shareOut, type Bundle, type BundleComponent } from '../src/shared/bundles';
import { groupsOf } from '../src/shared/order_lines';
import { haltOf } from '../src/shop/bundle';
import { orderableBundle, totalOf } from '../src/shop/orderable';
import type { Product } from '../src/shop/types';

describe('a bundle', () => {
  it('is shared over its parts as the services do', () => {
    const parts = [{ price_fen: 1990, quantity: 3 }, { price_fen: 20_000, quantity: 2 }];
    expect(apart(parts)).toBe(45_970);
    expect(shareOut(39_900, parts)).toEqual([5182, 34_718]);
    expect(shareOut(151, [{ price_fen: 100, quantity: 1 }, { price_fen: 100, quantity: 1 }])).toEqual([76, 75]);
  });

  it('cannot be shared when it is dearer than its parts, or a pack would cost nothing', () => {
    expect(shareOut(201, [{ price_fen: 100, quantity: 2 }])).toBeNull();
    expect(shareOut(50_000, [{ price_fen: 1, quantity: 9 }, { price_fen: 100_000, quantity: 1 }])).toBeNull();
    expect(shareOut(1, [])).toBeNull();
  });

  it('sums to its price, whatever it holds', () => {
    for (let price = 40; price <= 700; price += 7) {
      const parts = [{ price_fen: 100, quantity: 3 }, { price_fen: 130, quantity: 2 }, { price_fen: 70, quantity: 2 }];
      const shares = shareOut(price, parts);
      if (shares) expect(shares.reduce((sum, one) => sum + one, 0)).toBe(price);
    }
  });

  it('is there as often as its scarcest part', () => {
    const part = (sku_id: number, quantity: number): BundleComponent => ({ sku_id, product_id: 1, quantity, quantity_max: 50, price_fen: 100 });
    const parts = [part(1, 3), part(2, 2)];
    expect(atMost(parts, (one) => (one.sku_id === 1 ? 10 : 100))).toBe(3);
    expect(atMost(parts, (one) => (one.sku_id === 1 ? 10 : null))).toBeNull();
    expect(atMost(parts, (one) => one.quantity_max)).toBe(16);
  });
});

const component = (over: Partial<BundleComponent>): BundleComponent =>
  ({ sku_id: 1, product_id: 1, product_name: '箬竹面', quantity: 2, quantity_max: 50, price_fen: 100, return_policy: 'SEVEN_DAY', ...over });
const bundleOf = (over: Partial<Bundle>): Bundle => ({
  bundle_id: 1, version: 1, name: '礼盒', summary: '面和茶', image: '', own_image: null, merchant: { merchant_id: 4 }, price_fen: 150, parts_fen: 200,
  listed: true, saleable: true, components: [component({})], ...over,
});

describe('the order of a bundle', () => {
  it('asks about the parts that are not taken back, each named once', () => {
    const shoots = { product_id: 2, product_name: '清水笋', return_policy: 'CONFIRMED_EXEMPT' as const };
    const goods = orderableBundle(bundleOf({ components: [component({}), component({ sku_id: 2, ...shoots }), component({ sku_id: 3, ...shoots })] }));
    expect(goods.needs_confirmation).toBe(true);
    expect(goods.confirmed_parts).toEqual(['清水笋']);
  });

  it('asks about none when every part may come back', () => {
    const goods = orderableBundle(bundleOf({}));
    expect([goods.needs_confirmation, goods.confirmed_parts]).toEqual([false, []]);
  });
});

it.each([['', null], [-1, null], [0, null], [1.5, null], [Number.NaN, null], [999_999_999_999, null], [51, null], [50, 5000]])('so many cost so much: %s', (quantity, total) => {
  expect(totalOf(100, quantity, 50)).toBe(total);
});

describe('why a bundle cannot be ordered', () => {
  const product = (over: Partial<Product> = {}) => ({ product_id: 1, listed: true, saleable: true, certified_now: true, skus: [{ sku_id: 1 }], ...over }) as Product;
  const tea = component({ sku_id: 2, product_id: 2, product_name: '红茶' });
  const of_two = { components: [component({}), tea] };

  it.each<[string, Partial<Bundle>, Record<number, Product>, Record<number, number>, ReturnType<typeof haltOf>]>([
    ['nothing is wrong', of_two, {}, {}, null],
    ['it is not listed, whatever else', { listed: false, saleable: false }, { 1: product({ listed: false }) }, { 1: 0 }, { key: 'bundle.unlisted', parts: '' }],
    ['one part is not certified', { ...of_two, saleable: false }, { 1: product(), 2: product({ certified_now: false, skus: [{ sku_id: 2 }] as Product['skus'] }) }, {}, { key: 'bundle.part_not_for_sale', parts: '红茶' }],
    ['a size is not sold any more', { saleable: false }, { 1: product({ skus: [{ sku_id: 9 }] as Product['skus'] }) }, {}, { key: 'bundle.part_not_for_sale', parts: '箬竹面' }],
    ['it has become dearer than its parts', { saleable: false, price_fen: 201 }, { 1: product() }, {}, { key: 'bundle.price_changing', parts: '' }],
    ['nothing is known of its parts', { saleable: false }, {}, {}, { key: 'bundle.not_for_sale', parts: '' }],
    ['one part is too few for one', of_two, {}, { 1: 2, 2: 1 }, { key: 'bundle.part_sold_out', parts: '红茶' }],
  ])('%s', (_name, over, products, stock, halt) => {
    expect(haltOf(bundleOf(over), products, stock)).toEqual(halt);
  });
});

describe('the bundles with a product', () => {
  const pages: Record<string, { items: Bundle[]; next: string | null }> = {
    '': { items: [bundleOf({ bundle_id: 1, saleable: false }), bundleOf({ bundle_id: 2, saleable: false })], next: 'b' },
    b: { items: [bundleOf({ bundle_id: 3 }), bundleOf({ bundle_id: 4, saleable: false })], next: 'c' },
    c: { items: [bundleOf({ bundle_id: 5 })], next: null },
  };
  const read = async (cursor: string | null) => pages[cursor ?? '']!;
  const ids = (found: Bundle[]) => found.map((one) => one.bundle_id);

  it('are looked for behind those that are not for sale', async () => {
    const { found, next } = await saleableOf(read, 1);
    expect([ids(found), next]).toEqual([[3], 'c']);
    expect(ids((await saleableOf(read, 9)).found)).toEqual([3, 5]);
    expect(await saleableOf(read, 9, 'c')).toEqual({ found: pages.c!.items, next: null });
  });

  it('are not looked for without end', async () => {
    let pages_read = 0;
    const { next } = await saleableOf(async () => ({ items: [], next: `p${(pages_read += 1)}` }), 1);
    expect([pages_read, next]).toEqual([10, 'p10']);
  });
});

it('the lines of an order stand together by bundle', () => {
  const line = (sku_id: number, total_fen: number, bundle_id?: number) => ({ sku_id, total_fen, ...(bundle_id ? { bundle_id, bundle_name: '礼盒' } : {}) });
  const groups = groupsOf([line(1, 10, 7), line(3, 5), line(1, 11, 7), line(2, 20, 7)]);
  expect(groups.map((one) => [one.name, one.total_fen, one.lines.length])).toEqual([['礼盒', 41, 3], [null, 5, 1]]);
});

describe('the form of a bundle', () => {
  const choices = [{ sku_id: '1', name: '箬竹面 500 克', price_fen: 1990 }, { sku_id: '2', name: '红茶 200 克', price_fen: 20_000 }];
  const words = { missing: 'missing', money: 'money', packs: 'packs', twice: 'twice', two: 'two', dearer: 'dearer', cheap: 'cheap' };
  const form = (over: Partial<BundleForm> = {}): BundleForm => ({ ...blank_bundle(), name: '礼盒', summary: '面和茶', price: '399.00', parts: [{ sku_id: '1', quantity: '3' }, { sku_id: '2', quantity: '2' }], ...over });

  it('shows beforehand how the price is shared', () => {
    expect(sharesOf(form(), choices)).toEqual({ apart_fen: 45_970, shares: [5182, 34_718] });
    expect(sharesOf(form({ price: '' }), choices)).toEqual({ apart_fen: 45_970, shares: null });
    expect(sharesOf(form({ parts: [{ sku_id: '', quantity: '1' }] }), choices)).toBeNull();
  });

  it.each<[string, Partial<BundleForm>, Record<string, string>]>([
    ['nothing typed', blank_bundle(), { '/name': 'missing', '/summary': 'missing', '/price_fen': 'money', '/components/0/sku_id': 'missing' }],
    ['a size twice', { parts: [{ sku_id: '1', quantity: '1' }, { sku_id: '1', quantity: '1' }], price: '10' }, { '/components/1/sku_id': 'twice' }],
    ['one pack in all', { parts: [{ sku_id: '2', quantity: '1' }], price: '10' }, { '/components/0/quantity': 'two' }],
    ['too many packs', { parts: [{ sku_id: '1', quantity: '100' }], price: '10' }, { '/components/0/quantity': 'packs' }],
    ['dearer than its parts', { price: '459.71' }, { '/price_fen': 'dearer' }],
    ['less than a fen a pack', { price: '0.02' }, { '/price_fen': 'cheap' }],
    ['all well', {}, {}],
  ])('names what is wrong: %s', (_name, over, faults) => {
    expect(faultsOfBundle(form(over), choices, words)).toEqual(faults);
  });

  it('sends what was typed, and brings back what is stored', () => {
    const body = bodyOfBundle(form());
    expect(body).toEqual({ name: '礼盒', summary: '面和茶', image: null, price_fen: 39_900, components: [{ sku_id: 1, quantity: 3 }, { sku_id: 2, quantity: 2 }] });
    expect(bodyOfBundle(form({ image: '/pictures/ab/800.webp' }))).toMatchObject({ image: '/pictures/ab/800.webp' });
    const stored = { bundle_id: 1, version: 1, name: '礼盒', summary: '面和茶', image: '/media/tea.svg', own_image: null, merchant: { merchant_id: 4 }, price_fen: 123_450, parts_fen: 200_000, listed: true, saleable: true, components: [{ sku_id: 1, product_id: 1, quantity: 3, quantity_max: 50, price_fen: 1990 }] };
    expect(formOf(stored)).toEqual({ merchant_id: '4', name: '礼盒', summary: '面和茶', image: null, price: '1234.50', parts: [{ sku_id: '1', quantity: '3' }] });
    expect(formOf({ ...stored, own_image: '/pictures/ab/800.webp' }).image).toBe('/pictures/ab/800.webp');
  });
});
