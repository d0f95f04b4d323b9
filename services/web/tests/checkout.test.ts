import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError, json, problemFrom, withQuery } from '../src/shared/api';
import { broughtBack, failureKey as failureKeyDuring, faultsFrom, faultsOf, keyInHash, mayBePhone, openPayment, orderPath, placeOrder, safePayUrl } from '../src/shop/checkout';
import { randomUuid } from '../src/shared/random';
import { attribution, draftKey, forgetDraft, keepAttribution, keepForm, keepOrderKey, keepReceiver, keptForm, keptReceiver, knownOrders, orderKey, scannedDistrict } from '../src/shop/kept';
import { shownCertification } from '../src/shop/certification';
import { openOrder, waitBefore } from '../src/shop/watch_order';
import type { Certification, OrderRequest } from '../src/shop/types';

const failureKey = (error: ApiError) => failureKeyDuring(error, 'form');

const request: OrderRequest = {
  lines: [{ sku_id: 7, quantity: 2, price_version: 3 }],
  receiver: { name: '王芳', phone: '13812345678', address: '上海市闵行区莘庄镇' },
};

class MemoryStorage {
  private readonly values = new Map<string, string>();
  getItem = (key: string) => this.values.get(key) ?? null;
  setItem = (key: string, value: string) => void this.values.set(key, value);
  removeItem = (key: string) => void this.values.delete(key);
}

function problemResponse(status: number, code: string, errors: unknown[] = [], headers: HeadersInit = {}): Response {
  return new Response(JSON.stringify({ type: `urn:shanhai:problem:${code}`, title: code, errors }), { status, headers });
}

beforeEach(() => {
  vi.stubGlobal('sessionStorage', new MemoryStorage());
  vi.stubGlobal('localStorage', new MemoryStorage());
});
afterEach(() => vi.unstubAllGlobals());

describe('placing an order', () => {
  it('repeats a lost request under the same key, and a changed one under another', async () => {
    const keys: string[] = [];
    vi.stubGlobal('fetch', async (_: string, options: { headers: Record<string, string> }) => {
      keys.push(options.headers['Idempotency-Key']!);
      throw new TypeError('network');
    });
    for (let i = 0; i < 2; i += 1) await expect(placeOrder('p1', request)).rejects.toMatchObject({ failure: 'offline' });
    const more = { ...request, lines: [{ sku_id: 7, quantity: 3, price_version: 3 }] };
    await expect(placeOrder('p1', more)).rejects.toBeInstanceOf(ApiError);
    expect(keys[0]).toBe(keys[1]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  it('keeps the key while the outcome is unknown and drops it after a refusal', async () => {
    const keys: string[] = [];
    const statuses = [503, 409, 201];
    vi.stubGlobal('fetch', async (_: string, options: { headers: Record<string, string> }) => {
      keys.push(options.headers['Idempotency-Key']!);
      const status = statuses.shift()!;
      return status === 201 ? new Response('{"order_number":"1"}', { status }) : problemResponse(status, 'sold-out');
    });
    await expect(placeOrder('p1', request)).rejects.toMatchObject({ passing: true });
    await expect(placeOrder('p1', request)).rejects.toMatchObject({ code: 'sold-out' });
    await expect(placeOrder('p1', request)).resolves.toMatchObject({ order_number: '1' });
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  it('has the same key for a retry also where nothing can be stored', async () => {
    const forbidden = new Proxy({}, { get: () => () => { throw new DOMException('denied', 'SecurityError'); } });
    vi.stubGlobal('sessionStorage', forbidden);
    const keys: string[] = [];
    vi.stubGlobal('fetch', async (_: string, options: { headers: Record<string, string> }) => {
      keys.push(options.headers['Idempotency-Key']!);
      throw new TypeError('network');
    });
    for (let i = 0; i < 2; i += 1) await expect(placeOrder('blocked', request)).rejects.toMatchObject({ failure: 'offline' });
    expect(keys[1]).toBe(keys[0]);
    forgetDraft('blocked');
    await expect(placeOrder('blocked', request)).rejects.toMatchObject({ failure: 'offline' });
    expect(keys[2]).not.toBe(keys[0]);
    forgetDraft('blocked');
  });

  it('never repeats a payment by itself', async () => {
    const send = vi.fn(async () => problemResponse(503, 'busy'));
    vi.stubGlobal('fetch', send);
    await expect(openPayment('1', 't')).rejects.toBeInstanceOf(ApiError);
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('goes to payment pages of this site or over HTTPS only', () => {
    const origin = 'http://127.0.0.1:8080';
    expect(safePayUrl('/sandbox/pay/A1', origin)).toBe(`${origin}/sandbox/pay/A1`);
    expect(safePayUrl('https://pay.example/x', origin)).toBe('https://pay.example/x');
    for (const url of ['javascript:alert(1)', 'data:text/html,x', 'http://other.example/', 'http://']) {
      expect(safePayUrl(url, origin)).toBeNull();
    }
  });
});

const five = { per_order: 5, available: null };

describe('faults', () => {
  it('are found before asking', () => {
    const bad: OrderRequest = { lines: [{ sku_id: 7, quantity: 0, price_version: 3 }], receiver: { name: '', phone: '12', address: '上海' } };
    expect(faultsOf(request, five, false)).toEqual([]);
    expect(faultsOf(bad, five, true).map((fault) => fault.field)).toEqual(['quantity', 'name', 'phone', 'address', 'confirmation']);
    expect(faultsOf({ ...request, confirmed_no_return: true }, { per_order: 1, available: 5 }, true).map((fault) => fault.field)).toEqual(['quantity']);
  });

  it('in the number tell how few are left, and nothing when none is: then the whole form is halted', () => {
    const two_of = (available: number | null) => faultsOf(request, { per_order: 10, available }, false);
    expect(two_of(1)).toEqual([{ field: 'quantity', key: 'product.few_left' }]);
    for (const fine of [null, 0, 2, 3]) expect(two_of(fine)).toEqual([]);
  });

  it('in telephone numbers are for the orders service to find, except what is none at all', () => {
    const written = ['13812345678', '+86 138-1234-5678', '（021）6416-0000', '008613812345678', '１３８１２３４５６７８', '\u202d13812345678\u202c', '138\u00a01234\u00a05678', '021-64160000转12'];
    for (const maybe of written) expect(mayBePhone(maybe)).toBe(true);
    for (const none of ['', '12345', '王芳', '1'.repeat(21), '1381234567', '+86 138 1234 567']) expect(mayBePhone(none)).toBe(false);
  });

  it('are not seen in an address of two lines, which is sent as it was typed', async () => {
    const address = '上海市闵行区莘庄镇\n沪闵路 6258 号';
    const two_lines = { ...request, receiver: { ...request.receiver, address } };
    expect(faultsOf(two_lines, five, false)).toEqual([]);
    const send = vi.fn(async (_: string, _options: { body: string }) => new Response('{"order_number":"1"}', { status: 201 }));
    vi.stubGlobal('fetch', send);
    await placeOrder('p1', two_lines);
    expect(JSON.parse(send.mock.calls[0]![1].body).receiver.address).toBe(address);
  });

  it.each([
    ['/receiver/address', 'must be one line', { field: 'address', key: 'error.one_line' }],
    ['/receiver/address', 'must not hold control characters', { field: 'address', key: 'error.characters' }],
    ['/receiver/address', 'must be a text', { field: 'address', key: 'error.refused_field', detail: 'must be a text' }],
    ['/receiver/name', 'must not be empty or blank', { field: 'name', key: 'error.blank' }],
    ['#/receiver/phone', 'is not a telephone number of mainland China', { field: 'phone', key: 'error.phone' }],
    ['/receiver/phone', 'is a number of Hong Kong, Macao or Taiwan; we deliver …', { field: 'phone', key: 'error.phone_beyond' }],
    ['/lines/0/quantity', 'must be 1 to 10', { field: 'quantity', key: 'error.quantity' }],
  ])('that the services find at %s (%s) are told as what they are', (pointer, detail, fault) => {
    const problem = problemFrom(422, { type: 'urn:shanhai:problem:validation-failed', errors: [{ pointer, detail }, { pointer, detail: 'again' }, { pointer: '/lines/0/sku_id', detail }] }, null);
    expect(faultsFrom(new ApiError('refused', problem))).toEqual([fault]);
  });

  it('of a cap on unpaid orders are no faults of the fields it points at', () => {
    const capped = (pointer: string) => new ApiError('refused', problemFrom(429, { type: 'urn:shanhai:problem:hold-limit', errors: [{ pointer, detail: 'x' }] }, '60'));
    expect(faultsFrom(capped('/receiver/phone'))).toEqual([]);
    const told = ['/receiver/phone', '/receiver/address', '/lines/0/sku_id', '/lines/0/quantity', ''].map((pointer) => failureKey(capped(pointer)));
    expect(told).toEqual(['error.held_by_phone', 'error.held_by_address', 'error.held_by_network_share', 'error.goods_held', 'error.held_by_network']);
  });

  it.each([
    [409, 'sold-out', '/lines/0/quantity', [], 'error.sold_out'],
    [409, 'not-for-sale', '/lines/0/sku_id', [], 'error.not_for_sale'],
    [409, 'price-changed', '/lines/0/price_version', [], 'error.price_changed'],
    [422, 'quantity-above-cap', '/lines/0/quantity', [{ field: 'quantity', key: 'error.quantity_cap' }], 'error.quantity_cap'],
    [422, 'confirmation-missing', '/confirmed_no_return', [{ field: 'confirmation', key: 'error.confirmation' }], 'error.confirmation'],
    [429, 'rate-limited', '/lines/0/quantity', [], 'error.too_many'],
  ])('are of the type (%i %s), wherever it points (%s)', (status, code, pointer, faults, key) => {
    const refused = new ApiError('refused', problemFrom(status, { type: `urn:shanhai:problem:${code}`, errors: [{ pointer, detail: 'x' }] }, null));
    expect(faultsFrom(refused)).toEqual(faults);
    expect(failureKey(refused)).toBe(key);
  });

  it('without a field have words', () => {
    const refused = (status: number, code: string) => new ApiError('refused', problemFrom(status, { type: `urn:shanhai:problem:${code}` }, null));
    expect(failureKey(new ApiError('timeout'))).toBe('error.timeout');
    expect(failureKeyDuring(new ApiError('offline'), 'step')).toBe('error.offline_step');
    expect(failureKeyDuring(new ApiError('timeout'), 'page')).toBe('error.timeout_page');
    expect(failureKey(refused(409, 'sold-out'))).toBe('error.sold_out');
    expect(failureKey(refused(503, 'queue-full'))).toBe('error.busy');
    expect(failureKey(refused(404, 'no-such-product'))).toBe('error.not_found');
    expect(failureKey(refused(422, 'surprise'))).toBe('error.unknown');
  });
});

describe('reading', () => {
  it('is repeated after a passing failure, and not after a refusal', async () => {
    const answers = [problemResponse(503, 'busy', [], { 'Retry-After': '0' }), new Response('{"a":1}')];
    const send = vi.fn(async () => answers.shift()!);
    vi.stubGlobal('fetch', send);
    await expect(json('/v1/x')).resolves.toEqual({ a: 1 });
    vi.stubGlobal('fetch', async () => problemResponse(404, 'not-found'));
    await expect(json('/v1/x')).rejects.toMatchObject({ code: 'not-found' });
    expect(send).toHaveBeenCalledTimes(2);
  });

  it('takes an error page that is no problem document', () => {
    expect(problemFrom(502, null, 'soon')).toMatchObject({ code: 'http-502', errors: [], retry_after_seconds: null });
  });

  it('leaves empty parameters out', () => {
    expect(withQuery('/v1/products', { county: '530624', q: '', cursor: null })).toBe('/v1/products?county=530624');
  });
});

describe('what a tab keeps', () => {
  it('is the attribution of the last scan, when it looks like one', () => {
    const token = 'AAAAAAAAAAFqJ2b8abc_DEF-1ghijk';
    keepAttribution(token);
    for (const none of [undefined, '', 'spring-campaign', '<script>', ['a'], 'x'.repeat(101)]) keepAttribution(none);
    expect(attribution()).toBe(token);
  });

  it('is the district of the last scan, and none after one of the whole city’s', () => {
    const token = 'AAAAAAAAAAFqJ2b8abc_DEF-1ghijk';
    keepAttribution(token, '310112');
    expect(scannedDistrict()).toBe('310112');
    keepAttribution('spring-campaign', '310114');
    expect(scannedDistrict(), 'no scan').toBe('310112');
    for (const none of ['', '31011', '3101122', ['310112'], undefined]) {
      keepAttribution(token, '310112');
      keepAttribution(token, none);
      expect(scannedDistrict()).toBe('');
    }
  });

  it('is nothing where storage is refused, and the page goes on', () => {
    vi.stubGlobal('sessionStorage', { getItem: () => { throw new Error('refused'); }, setItem: () => { throw new Error('refused'); } });
    keepAttribution('abc');
    expect(attribution()).toBeUndefined();
    expect(draftKey('p', 'body')).toMatch(/^[0-9a-f-]{36}$/);
    forgetDraft('p');
  });

  it('is the form as far as it is filled, never the tick that the law wants made anew', () => {
    expect(keptForm()).toBeNull();
    keepForm({ product_id: 1, sku_id: 11, quantity: 2, receiver: request.receiver });
    expect(keptForm()).toEqual({ product_id: 1, sku_id: 11, quantity: 2, receiver: request.receiver });
    keepForm(null);
    expect(keptForm()).toBeNull();
    sessionStorage.setItem('shanhai.form', '{"receiver":{"name":7}}');
    expect(keptForm()).toBeNull();
  });

  it('is a receiver for the next order only when asked to, until it is forgotten', () => {
    expect(keptReceiver()).toBeNull();
    keepReceiver(request.receiver);
    expect(keptReceiver()).toEqual(request.receiver);
    expect(sessionStorage.getItem('shanhai.receiver')).toBeNull();
    keepReceiver(null);
    expect(localStorage.getItem('shanhai.receiver')).toBeNull();
    localStorage.setItem('shanhai.receiver', '{"name":"王芳"}');
    expect(keptReceiver()).toBeNull();
  });

  it('opens the last twenty orders of this browser, each with its own key', () => {
    for (let i = 0; i < 25; i += 1) keepOrderKey(`N${i}`, `key ${i}`);
    keepOrderKey('N7', 'newer');
    expect(knownOrders()).toHaveLength(20);
    expect([orderKey('N24'), orderKey('N7'), orderKey('N0')]).toEqual(['key 24', 'newer', '']);
  });

  it('stays out of what servers see: the key of an order stands behind the #', () => {
    const url = new URL(orderPath('SH1', 'a+/=&k'), 'http://shop');
    expect([url.pathname, url.search, keyInHash(url.hash)]).toEqual(['/o/SH1', '', 'a+/=&k']);
    expect(orderPath('SH1', '')).toBe('/o/SH1');
    expect(keyInHash('#main')).toBe('');
    expect(['#paid', '#declined', '#k=paid', ''].map(broughtBack)).toEqual(['paid', 'declined', null, null]);
    expect(keyInHash('#paid')).toBe('');
  });

  it('has keys also without crypto.randomUUID', () => {
    vi.stubGlobal('crypto', { getRandomValues: (bytes: Uint8Array) => bytes.fill(255) });
    expect(randomUuid()).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff');
  });
});

describe('the certification shown', () => {
  const one = (over: Partial<Certification>): Certification => ({
    certification_id: 1, scheme: 'MINHANG_YOUPIN', scheme_name: '闵行优品', year: 2026, authority: 'a', number: 'n',
    valid_from: '2026-01-01', valid_to: '2027-01-01', state: 'CERTIFIED', valid_now: true, ...over,
  });
  it('is the valid one, else the latest with its reason', () => {
    const today = '2026-11-24';
    const old = one({ certification_id: 2, valid_to: '2026-01-01', valid_from: '2025-01-01', valid_now: false });
    const next = one({ certification_id: 3, valid_from: '2027-01-01', valid_to: '2028-01-01', valid_now: false });
    expect(shownCertification([old, one({}), next], today)).toMatchObject({ standing: 'valid', certification: { certification_id: 1 } });
    expect(shownCertification([old, one({ state: 'SUSPENDED', valid_now: false })], today).standing).toBe('suspended');
    expect(shownCertification([one({ state: 'REVOKED', valid_now: false })], today).standing).toBe('revoked');
    expect(shownCertification([old], today).standing).toBe('expired');
    expect(shownCertification([next], today).standing).toBe('upcoming');
    expect(shownCertification([], today)).toEqual({ standing: 'none', certification: null });
  });
});

it('waits longer from attempt to attempt, up to ten seconds', () => {
  expect([0, 1, 2].map(waitBefore)).toEqual([1000, 1500, 2250]);
  expect(waitBefore(50)).toBe(10_000);
});

describe('opening an order by a link', () => {
  const answering = (good: string) => async (_: string, options: { headers: Record<string, string> }) =>
    options.headers['Order-Access-Token'] === good ? new Response('{"order_number":"1"}') : problemResponse(404, 'order-unknown');

  it('tries the key that this browser keeps when the link was cut', async () => {
    vi.stubGlobal('fetch', answering('good'));
    await expect(openOrder('1', ['go', 'good'])).resolves.toMatchObject({ key: 'good' });
    await expect(openOrder('1', ['good', 'stale'])).resolves.toMatchObject({ key: 'good' });
    await expect(openOrder('1', ['go', ''])).rejects.toMatchObject({ code: 'order-unknown' });
  });

  it('does not take trouble on the way for a wrong key', async () => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', async (_: string, options: { headers: Record<string, string> }) => {
      asked.push(options.headers['Order-Access-Token']!);
      return problemResponse(409, 'busy');
    });
    await expect(openOrder('1', ['first', 'second'])).rejects.toMatchObject({ code: 'busy' });
    expect(new Set(asked)).toEqual(new Set(['first']));
  });
});

describe('the early question', () => {
  it('has the limit of all others', async () => {
    vi.useFakeTimers();
    try {
      vi.stubGlobal('shanhai_early', { path: '/v1/products/1', answer: new Promise<Response>(() => undefined) });
      vi.stubGlobal('fetch', async () => { throw new TypeError('network'); });
      const failing = expect(json('/v1/products/1', { time_limit_ms: 100 })).rejects.toBeInstanceOf(ApiError);
      await vi.advanceTimersByTimeAsync(20_000);
      await failing;
    } finally {
      vi.useRealTimers();
    }
  });
});
