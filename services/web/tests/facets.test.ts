import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useFacets } from '../src/shop/facets';
import { everything, filtersOf } from '../src/shop/looking';

/** Each answers when it is told to. */
let answers: ((body: unknown, status?: number) => void)[];

beforeEach(() => {
  vi.useFakeTimers();
  answers = [];
  vi.stubGlobal('fetch', () => new Promise<Response>((resolve) => {
    answers.push((body, status = 200) => resolve(new Response(JSON.stringify(body), { status })));
  }));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the filters', () => {
  const body = (products: number) => ({ products, counties: [], categories: [], schemes: [], in_season: 0 });
  it('count for the last choice, whichever answer comes first', async () => {
    const { facets, follow } = useFacets();
    const both = [follow(filtersOf({ ...everything, q: '茶' })), follow(filtersOf(everything))];
    answers[1]!(body(45));
    answers[0]!(body(6));
    await Promise.all(both);
    expect(facets.value?.products).toBe(45);
  });

  it('are not waited for where nobody counts, say so, and can be asked once more', async () => {
    const { facets, settled, failed, follow, retry } = useFacets();
    void follow(filtersOf(everything));
    expect(settled.value).toBe(false);
    await vi.advanceTimersByTimeAsync(2_500);
    expect(settled.value).toBe(true);
    answers[0]!({}, 404);
    await vi.advanceTimersByTimeAsync(0);
    expect([facets.value, failed.value]).toEqual([null, true]);
    const again = retry();
    answers[1]!(body(3));
    await again;
    expect([facets.value?.products, failed.value]).toEqual([3, false]);
  });

  it('are asked for once while they are fresh, and again when they are old', async () => {
    const { follow } = useFacets();
    void follow(filtersOf(everything));
    void follow(filtersOf(everything));
    expect(answers).toHaveLength(1);
    answers[0]!(body(3));
    await vi.advanceTimersByTimeAsync(61_000);
    void follow(filtersOf(everything));
    expect(answers).toHaveLength(2);
  });
});
