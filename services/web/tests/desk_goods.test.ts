import { describe, expect, it } from 'vitest';
import { dueOf, stepsOf, type Known } from '../src/desk/goods/checklist';
import { saleState } from '../src/desk/goods/goods';
import { remarkOf, usual, useThresholdForm } from '../src/desk/goods/thresholds';
import { boundKg, daysToExpiry, lotState, muOf, muText } from '../src/desk/goods/origin';
import { blank_sku, bodyOfSku, bodyOfText, faultsOfSku, faultsOfText, fenOf, gtinText, isGtin, moved, parts, textOf, wholeOf } from '../src/desk/goods/product_form';
import { found, playingAt } from '../src/desk/platform/platform';
import { ApiError } from '../src/shared/api';
import type { Product } from '../src/shared/goods';

describe('what people write', () => {
  it.each([['19.80', 1980], ['19.8', 1980], ['¥25', 2500], [' 0.01 ', 1], ['9999999.99', 999_999_999], ['19.805', null], ['0', null], ['-1', null], ['1,980', null], ['', null], ['十', null]])('%s yuan', (text, fen) => {
    expect(fenOf(text)).toBe(fen);
  });
  it.each([['120.5', 12050], ['120', 12000], ['0.05', 5], ['120.555', null], ['0', null], ['', null]])('%s mu', (text, mu) => {
    expect(muOf(text)).toBe(mu);
    if (mu !== null) expect(muOf(muText(mu))).toBe(mu);
  });
  it.each([['500', 500], ['0', null], ['1.5', null], ['', null], ['1e3', null]])('the whole number %s', (text, value) => {
    expect(wholeOf(text)).toBe(value);
  });
  it('bar codes have a check digit', () => {
    expect(isGtin('9525306240017')).toBe(true);
    expect(isGtin('9525306240018')).toBe(false);
    expect(isGtin('96385074')).toBe(true);
    expect(isGtin('952530624001')).toBe(false);
    expect(isGtin('95253062400171111')).toBe(false);
  });
  it('lists are written with whatever comma', () => {
    // As tables are split: services/chassis/tests/sheets_table_test.cpp.
    expect(parts('一县一品，箬竹、 大关;扫码；笋,面')).toEqual(['一县一品', '箬竹', '大关', '扫码', '笋', '面']);
    expect(parts(' ')).toEqual([]);
  });
});

const words = { missing: 'missing', whole: 'whole', money: 'money', gtin: 'gtin', county: 'county' };
const product = (over: Partial<Product> = {}): Product => ({
  product_id: 1, version: 1, name: '箬竹面', alias: ['筇竹面'], category: 'food_processed', category_name: '加工食品', county: { county_code: '530624', name: '大关县', short_name: '大关', prefecture: '昭通市', province: '云南省' },
  merchant: { merchant_id: 8, name: '合作社', kind: 'COOPERATIVE', self_operated: false, sample: true }, summary: '一句', description: '说明', storage: '阴凉', shelf_life_days: 365,
  origin_statement: '产地：大关县', return_policy: 'SEVEN_DAY', purchase_mode: 'ASSISTED_SALE', tags: ['一县一品'], image: null, images: [], listed: true, saleable: true, certified_now: true, certifications: [],
  skus: [{ sku_id: 1, gtin: '09525306240017', name: '500克', net_content_g: 500, price_fen: 1980, price_version: 1, quantity_max: 99 }], ...over,
});

describe('the form of a product', () => {
  it('says of food what is missing, and of the origin that it names no county', () => {
    const form = { ...textOf(product()), storage: '', shelf_life_days: 'x', origin_statement: '云南' };
    const food = { category: 'food_processed', name: '', image: '', food: true, perishable: false };
    expect(faultsOfText(form, food, '大关县', words)).toEqual({ '/storage': 'missing', '/shelf_life_days': 'whole', '/origin_statement': 'county' });
    expect(faultsOfText(textOf(product()), food, '大关县', words)).toEqual({});
  });
  it('says of a size where it is wrong', () => {
    expect(faultsOfSku({ ...blank_sku(), gtin: '123' }, '/skus/0', words)).toEqual({ '/skus/0/gtin': 'gtin', '/skus/0/name': 'missing', '/skus/0/net_content_g': 'whole', '/skus/0/price_fen': 'money' });
  });
  it('sends what the services take: every member, null for what there is not', () => {
    expect(bodyOfText(textOf(product({ storage: '', shelf_life_days: null })))).toEqual({
      name: '箬竹面', alias: ['筇竹面'], category: 'food_processed', summary: '一句', description: '说明', storage: null, shelf_life_days: null, origin_statement: '产地：大关县', return_policy: 'SEVEN_DAY',
      purchase_mode: 'ASSISTED_SALE', tags: ['一县一品'], images: [],
    });
    expect(bodyOfSku({ ...blank_sku(), gtin: ' 9525306240017 ', name: '袋', net_content_g: '500', price: '19.8' })).toEqual({ gtin: '9525306240017', name: '袋', net_content_g: 500, price_fen: 1980, quantity_max: null, min_remaining_days: null });
  });
  it('keeps the pictures in their order, and moves one of them', () => {
    const images = ['/pictures/a', '/pictures/b', '/pictures/c'];
    expect(bodyOfText(textOf(product({ images }))).images).toEqual(images);
    expect(moved(images, 2, 0)).toEqual(['/pictures/c', '/pictures/a', '/pictures/b']);
    expect(moved(images, 0, 1)).toEqual(['/pictures/b', '/pictures/a', '/pictures/c']);
  });
});

describe('lots', () => {
  const now = new Date('2026-11-27T17:00:00Z'); // The 28th in Shanghai.
  it('have days left by the calendar of Shanghai', () => {
    expect(daysToExpiry('2026-11-29', now)).toBe(1);
    expect(daysToExpiry(null, now)).toBeNull();
  });
  it.each([[{ saleable: false, expiry_date: '2030-01-01' }, 'blocked'], [{ saleable: true, expiry_date: '2026-11-28' }, 'expired'], [{ saleable: true, expiry_date: '2027-01-20' }, 'near'], [{ saleable: true, expiry_date: '2028-01-01' }, 'saleable'], [{ saleable: true, expiry_date: null }, 'saleable']] as const)('are %#', (lot, state) => {
    expect(lotState(lot, now)).toBe(state);
  });
  it('weigh no more than the base yields', () => {
    expect(boundKg(12_000, 700)).toBe(92_400);
  });
});

describe('the way to the first sale', () => {
  const nothing: Known = { merchants: 1, products: [], bases: [], lots: [], levels: [], applications: [] };
  const states = (known: Known): string => stepsOf(known).map((one) => one.state).join(' ');
  const base = { base_id: 1, merchant_id: 8, county_code: '530624', name: '', village: '', product_words: [], mu_x100: 1, yield_kg_per_mu: 1, harvest_months: [], latitude: null, longitude: null, version: 1, confirmed: false };
  const level = (available: number, expiry_date: string | null = '2030-01-01') => ({ sku_id: 1, available, lots: [{ lot_id: 1, lot_code: 'A', expiry_date, available }] });

  it('begins with the operator, then with product and base', () => {
    expect(states({ ...nothing, merchants: 0 })).toBe('waits later later later later later later');
    expect(states(nothing)).toBe('done now now later later later later');
    expect(states({ ...nothing, products: [product({ listed: false, certified_now: false })], bases: [base] })).toBe('done done waits later later now now');
    expect(states({ ...nothing, products: [product({ certified_now: false })], bases: [{ ...base, confirmed: true }], levels: [level(0)] })).toBe('done done done now later now done');
  });
  it('says what stops sales before what may stop them', () => {
    const due = dueOf({ ...nothing, products: [product()], levels: [level(3, '2026-12-20')] }, new Date('2026-11-27T04:00:00Z'));
    expect(due.map((one) => one.kind)).toEqual(['low', 'expiry']);
    expect(dueOf({ ...nothing, products: [product()], levels: [level(0, null)] })).toMatchObject([{ kind: 'out' }]);
    expect(dueOf({ ...nothing, products: [product({ listed: false })], levels: [level(0, null)] })).toEqual([]);
  });
  it('begins with what an office sent back, and not with drafts that none has seen', () => {
    const one = (application_id: number, returned: boolean) => ({ application_id, state: 'DRAFT', returned, product_name: '箬竹面', steps: [] }) as unknown as Known['applications'][number];
    const due = dueOf({ ...nothing, applications: [one(1, false), one(2, true)] });
    expect(due).toMatchObject([{ kind: 'missing', application: { application_id: 2 } }]);
  });
  it('goes by the thresholds of each size', () => {
    const now = new Date('2026-11-27T04:00:00Z');
    const due = (available: number, low_stock_below: number, near_expiry_days: number) =>
      dueOf({ ...nothing, products: [product()], levels: [level(available, '2026-12-20')], thresholds: { 1: { low_stock_below, near_expiry_days } } }, now).map((one) => one.kind);
    expect(due(3, 3, 22)).toEqual([]);
    expect(due(3, 4, 23)).toEqual(['low', 'expiry']);
    expect(due(0, 0, 0)).toEqual(['out']);
    expect(remarkOf(level(30, '2026-12-20'), usual, now)).toBe('near');
    expect(remarkOf(level(30, '2026-12-20'), { low_stock_below: 31, near_expiry_days: 5 }, now)).toBe('low');
    expect(remarkOf(level(30, null), usual, now)).toBeNull();
    expect(remarkOf(level(0, null), { low_stock_below: 0, near_expiry_days: 0 }, now)).toBe('out');
  });
});

it('a screen shows what plays at the moment', () => {
  const item = (from: string, to: string) => ({ product_id: 1, from, to, seconds: 15 });
  const list = [item('2026-01-01T00:00:00Z', '2026-06-01T00:00:00Z'), item('2026-06-01T00:00:00Z', '2027-01-01T00:00:00Z')];
  expect(playingAt(list, new Date('2026-06-01T00:00:00Z'))).toEqual([list[1]]);
  expect(playingAt(list, new Date('2028-01-01T00:00:00Z'))).toEqual([]);
});

describe('the window of the reminders', () => {
  const own = { sku_id: 7, low_stock_below: 300, near_expiry_days: 90, set_at: '2026-11-24T02:55:00Z', set_by: 3 };

  it('has nothing to keep before it knows what counts, and knows it after another try', async () => {
    let there = false;
    const { stored, failure, low, near, read } = useThresholdForm(7, async () => {
      if (!there) throw new ApiError('timeout');
      return { 7: own };
    });
    expect([stored.value, low.value, near.value]).toEqual([null, '', '']);
    await read();
    expect([stored.value, low.value, near.value, failure.value?.failure]).toEqual([null, '', '', 'timeout']);
    there = true;
    await read();
    expect([stored.value, low.value, near.value, failure.value]).toEqual([own, '300', '90', null]);
  });

  it('does not offer everybody’s for a size that is not offered any more', async () => {
    const { stored, failure, read } = useThresholdForm(7, async () => ({}));
    await read();
    expect([stored.value, failure.value?.code]).toEqual([null, 'sku-unknown']);
  });
});

it.each([[true, true, 'is_listed'], [true, false, 'not_yet'], [false, false, 'is_not_listed']])('what is listed %s and saleable %s is called so', (listed, saleable, state) => {
  expect(saleState({ listed, saleable })).toBe(state);
});

it('a placement is found by a part of its name, its channel and its campaign', () => {
  const all = [{ name: '2号线 0417车 1屏', channel: 'METRO_QR', campaign_id: 1 }, { name: '扶贫包裹', channel: 'PACKAGE', campaign_id: 2 }];
  const asked = (over: Partial<Record<'q' | 'channel' | 'campaign_id', string>>) => found(all, { q: '', channel: '', campaign_id: '', ...over }).map((one) => one.name);
  expect(asked({ q: ' 0417' })).toEqual(['2号线 0417车 1屏']);
  expect(asked({ channel: 'PACKAGE' })).toEqual(['扶贫包裹']);
  expect(asked({ campaign_id: '1' })).toEqual(['2号线 0417车 1屏']);
  expect(asked({ q: '没有' })).toEqual([]);
});

it.each([['06901234567892', '6901234567892'], ['16901234567899', '16901234567899'], ['00000096385074', '96385074'], ['00012345678905', '012345678905']])('the bar code %s stands as %s on the pack', (gtin, text) => {
  expect(gtinText(gtin)).toBe(text);
});
