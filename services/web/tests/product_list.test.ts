import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetFirst, giveFirst } from '../src/shared/first';
import { keepAttribution } from '../src/shop/kept';
import { useProductList } from '../src/shop/product_list';

const scan = 'AAAAAAAAAAFqJ2b8abc_DEF-1ghijk';
const everything = { area: '', county: '', category: '', q: '', first: '', scheme: '', season: '', merchant_id: '', exact: '', sort: '' };

class MemoryStorage {
  private readonly values = new Map<string, string>();
  getItem = (key: string) => this.values.get(key) ?? null;
  setItem = (key: string, value: string) => void this.values.set(key, value);
  removeItem = (key: string) => void this.values.delete(key);
}

/** Services whose cursors are good for the filters that they were made with, as the real ones' are. */
class Services {
  asked: URLSearchParams[] = [];
  schemes: () => Promise<Response>;
  refused_cursors = 0;
  constructor(readonly district: string) {
    this.schemes = async () => this.told();
    vi.stubGlobal('fetch', (path: string) => (path.startsWith('/v1/schemes') ? this.schemes() : this.page(new URL(path, 'http://x').searchParams)));
  }
  told = () => new Response(JSON.stringify({ items: [{ scheme: 'YOUPIN', district_code: this.district }] }));
  private async page(query: URLSearchParams): Promise<Response> {
    this.asked.push(query);
    const filters = ['county', 'q', 'first'].map((name) => query.get(name) ?? '').join('|');
    const [from, made_for] = (query.get('cursor') ?? `0~${filters}`).split('~');
    if (made_for !== filters || (query.has('cursor') && this.refused_cursors-- > 0)) return refusal(422, 'invalid-cursor');
    const items = [1, 2].map((n) => ({ product_id: Number(from) + n, name: filters, skus: [] }));
    return new Response(JSON.stringify({ items, next: `${Number(from) + 2}~${filters}` }));
  }
}
const refusal = (status: number, code: string) => new Response(JSON.stringify({ type: `urn:shanhai:problem:${code}` }), { status });
const idsOf = ({ products }: ReturnType<typeof useProductList>) => products.value.map((one) => one.product_id);

beforeEach(() => vi.stubGlobal('sessionStorage', new MemoryStorage()));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function scanned(district: string): Services {
  keepAttribution(scan, district);
  return new Services(district);
}

describe('the list after a scan', () => {
  it('is in the order that somebody chose, and asks for no scheme', async () => {
    const services = scanned('310112');
    const list = useProductList();
    await list.follow({ ...everything, sort: 'price_ascending' });
    await list.follow(everything);
    expect(services.asked.map((one) => [one.get('first'), one.get('sort')])).toEqual([[null, 'price_ascending'], ['YOUPIN', null]]);
  });

  it('stays in everybody’s order to its end when the schemes were not to be read at its start', async () => {
    const services = scanned('310101');
    services.schemes = async () => refusal(404, 'not-found');
    const list = useProductList();
    await list.follow(everything);
    services.schemes = async () => services.told();
    await list.more();
    expect(list.failure.value).toBeNull();
    expect(services.asked.map((one) => one.get('first'))).toEqual([null, null]);
    expect(idsOf(list)).toEqual([1, 2, 3, 4]);
  });

  it('stays in the district’s order to its end when the page was left and the schemes are gone', async () => {
    const services = scanned('310102');
    await useProductList().follow(everything);
    services.schemes = async () => refusal(404, 'not-found');
    const list = useProductList();
    list.restore(everything);
    await list.follow(everything);
    await list.more();
    expect(services.asked.map((one) => one.get('first'))).toEqual(['YOUPIN', 'YOUPIN']);
    expect(idsOf(list)).toEqual([1, 2, 3, 4]);
  });

  it('does not wait for slow schemes, nor jump when they come', async () => {
    vi.useFakeTimers();
    const services = scanned('310103');
    let come: (answer: Response) => void = () => undefined;
    services.schemes = () => new Promise((resolve) => (come = resolve));
    const list = useProductList();
    const followed = list.follow(everything);
    await vi.advanceTimersByTimeAsync(2_000);
    await followed;
    expect(idsOf(list)).toEqual([1, 2]);
    come(services.told());
    await list.follow(everything);
    await list.more();
    expect(services.asked.map((one) => one.get('first'))).toEqual([null, null]);
    vi.setSystemTime(Date.now() + 6 * 60_000);
    await list.follow(everything);
    expect(services.asked.at(-1)?.get('first')).toBe('YOUPIN');
  });
});

describe('the list', () => {
  it('begins again where its end is not to be found any more, and says so', async () => {
    const services = new Services('310112');
    const list = useProductList();
    await list.follow(everything);
    await list.more();
    services.refused_cursors = 1;
    await list.more();
    expect(list.failure.value).toBeNull();
    expect(list.begun_again.value).toBe(true);
    expect(idsOf(list)).toEqual([1, 2]);
    await list.more();
    expect(list.begun_again.value).toBe(false);
    expect(idsOf(list)).toEqual([1, 2, 3, 4]);
  });

  it('tries again what failed: the new list, not the end of the old one', async () => {
    const services = new Services('310112');
    const list = useProductList();
    await list.follow(everything);
    vi.stubGlobal('fetch', async () => refusal(404, 'not-found'));
    await list.follow({ ...everything, q: '茶' });
    expect(list.failure.value?.code).toBe('not-found');
    new Services('310112'); // They are there again.
    await list.retry();
    expect(services.asked).toHaveLength(1);
    expect(list.products.value.map((one) => one.name)).toEqual(['|茶|', '|茶|']);
  });

  it('shows the choice that was made last, whichever answer comes first', async () => {
    new Services('310112');
    const list = useProductList();
    await Promise.all([list.follow({ ...everything, q: '茶' }), list.follow(everything)]);
    expect(list.products.value[0]?.name).toBe('||');
    expect(list.busy.value).toBe(false);
  });

  it('is asked for as it was kept, and not when it was kept by an older page', async () => {
    sessionStorage.setItem('shanhai.list', JSON.stringify({ choice: '', items: [{ product_id: 9 }], next: '9', loaded_at: Date.now() }));
    const list = useProductList();
    list.restore(everything);
    expect(list.shown.value).toBe(false);
  });
});

describe('the list that came with the page', () => {
  const came = { '/v1/products?limit=12': { items: [{ product_id: 9, skus: [] }], next: null } };
  afterEach(forgetFirst);

  it('is shown at once, and not asked for', async () => {
    const services = new Services('310101');
    giveFirst(came);
    const list = useProductList();
    const following = list.follow(everything);
    expect(idsOf(list)).toEqual([9]);
    expect(list.busy.value).toBe(false);
    await following;
    expect(services.asked).toEqual([]);
  });

  it('is everybody’s: whoever chose or scanned something asks', async () => {
    const services = new Services('310101');
    giveFirst(came);
    const chosen = useProductList();
    await chosen.follow({ ...everything, county: '530624' });
    expect(idsOf(chosen)).toEqual([1, 2]);
    keepAttribution(scan, '310101');
    const of_scan = useProductList();
    await of_scan.follow(everything);
    expect(idsOf(of_scan)).toEqual([1, 2]);
    expect(services.asked.map((one) => one.get('first'))).toEqual([null, 'YOUPIN']);
  });
});
