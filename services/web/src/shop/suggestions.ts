/** What somebody may be about to type: asked for once they pause, and given up when they go on. */

import { onScopeDispose, shallowRef } from 'vue';
import { json, withQuery } from '../shared/api';
import type { Suggestion } from './types';

const pause_ms = 150;
/** Later than this it would only disturb. */
const wait_ms_max = 3_000;

export function useSuggestions() {
  /** Those of before stay until the new ones are there, so that nothing flickers; none where nobody answers. */
  const suggestions = shallowRef<Suggestion[]>([]);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | null = null;

  /** Whatever is on its way is not wanted any more. */
  function stop(): void {
    clearTimeout(timer);
    running?.abort();
    running = null;
  }

  async function ask(words: string): Promise<void> {
    const mine = (running = new AbortController());
    const path = withQuery('/v1/products/suggestions', { q: words });
    const found = await json<{ items: Suggestion[] }>(path, { signal: mine.signal, time_limit_ms: wait_ms_max }).catch(() => null);
    if (running === mine) suggestions.value = found?.items ?? [];
  }

  function suggestFor(words: string): void {
    stop();
    if (words === '') suggestions.value = [];
    else timer = setTimeout(() => void ask(words), pause_ms);
  }

  onScopeDispose(stop);
  return { suggestions, suggestFor, stop };
}
