import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope } from 'vue';
import { forgetSearches, keepSearch, keptSearches } from '../src/shop/kept';
import { useSuggestions } from '../src/shop/suggestions';

interface Asked {
  q: string;
  signal: AbortSignal;
  answer: (body: unknown, status?: number) => void;
}
let asked: Asked[];

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  vi.stubGlobal('fetch', (path: string, { signal }: { signal: AbortSignal }) => new Promise<Response>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')));
    const q = new URL(path, 'http://x').searchParams.get('q') ?? '';
    asked.push({ q, signal, answer: (body, status = 200) => resolve(new Response(JSON.stringify(body), { status })) });
  }));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** As in a page, which ends some day. */
const inPage = <T>(use: () => T): T => effectScope().run(use)!;
const told = (text: string) => ({ items: [{ kind: 'PRODUCT', text, product_id: 1, county_code: null, category: null, products: null }] });
const pause = () => vi.advanceTimersByTimeAsync(200);

describe('suggestions', () => {
  it('are asked for once somebody pauses, not at every letter', async () => {
    const { suggestFor } = inPage(useSuggestions);
    for (const words of ['r', 'ru', 'ruo']) suggestFor(words);
    await pause();
    expect(asked.map((one) => one.q)).toEqual(['ruo']);
  });

  it('give up a question that is outdated, and show only the answer to the last', async () => {
    const { suggestions, suggestFor } = inPage(useSuggestions);
    suggestFor('茶');
    await pause();
    suggestFor('笋');
    await pause();
    expect(asked.map((one) => [one.q, one.signal.aborted])).toEqual([['茶', true], ['笋', false]]);
    asked[0]!.answer(told('红茶'));
    asked[1]!.answer(told('笋干'));
    await vi.advanceTimersByTimeAsync(0);
    expect(suggestions.value.map((one) => one.text)).toEqual(['笋干']);
  });

  it('keep those of before until the new ones come, and have none where nobody answers: once, without a second try', async () => {
    const { suggestions, suggestFor } = inPage(useSuggestions);
    suggestFor('茶');
    await pause();
    asked[0]!.answer(told('红茶'));
    await vi.advanceTimersByTimeAsync(0);
    suggestFor('茶叶');
    await pause();
    expect(suggestions.value).toHaveLength(1);
    asked[1]!.answer({}, 503);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(suggestions.value).toEqual([]);
    expect(asked).toHaveLength(2);
  });

  it('do not wait for ever', async () => {
    const { suggestions, suggestFor } = inPage(useSuggestions);
    suggestFor('茶');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(asked[0]!.signal.aborted).toBe(true);
    expect(suggestions.value).toEqual([]);
  });

  it('of nothing are none, at once, and a page that is left asks for none', async () => {
    const scope = effectScope();
    const { suggestions, suggestFor } = scope.run(() => useSuggestions())!;
    suggestFor('茶');
    suggestFor('');
    await pause();
    expect(suggestions.value).toEqual([]);
    suggestFor('茶');
    scope.stop();
    await pause();
    expect(asked).toEqual([]);
  });
});

describe('what was searched', () => {
  it('is kept on the device, the latest first and once, until it is forgotten', () => {
    for (const words of ['茶', '笋', '', '茶', '1', '2', '3', '4', '5', '6', '7']) keepSearch(words);
    expect(keptSearches()).toEqual(['7', '6', '5', '4', '3', '2', '1', '茶']);
    forgetSearches();
    expect(keptSearches()).toEqual([]);
  });
});
