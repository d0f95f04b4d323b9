/** What the list can be narrowed by, counted by the services for what is looked for. */

import { ref, shallowRef } from 'vue';
import { json, withQuery } from '../shared/api';
import { takeFirst } from '../shared/first';
import type { ListFilters } from './kept';
import type { Facets } from './types';

const addressOf = (filters: ListFilters): string => withQuery('/v1/products/facets', { ...filters, first: '', sort: '' });

export function readFacets(filters: ListFilters): Promise<Facets> {
  return json<Facets>(addressOf(filters));
}

const fresh_for_ms = 60_000;
/** How long categories wait for their counts: after that all are offered, as where nobody counts. */
const wait_ms_max = 2_000;

export function useFacets() {
  /** Those of before stay until the new ones are there; null where there are none. */
  const facets = shallowRef<Facets | null>(null);
  /** Somebody has told, or nobody has in time. */
  const settled = ref(false);
  const failed = ref(false);
  let question = 0;
  let asked: ListFilters | null = null;
  let asked_at = 0;
  const late = setTimeout(() => (settled.value = true), wait_ms_max);

  async function ask(filters: ListFilters): Promise<void> {
    const mine = ++question;
    asked = filters;
    asked_at = Date.now();
    // What came with the page is there at once: its chips do not come later than the page.
    const found = takeFirst<Facets>(addressOf(filters)) ?? (await readFacets(filters).catch(() => null));
    if (mine !== question) return;
    clearTimeout(late);
    facets.value = found;
    failed.value = found === null;
    settled.value = true;
  }

  /** Counts for that list, unless they were asked for lately. */
  async function follow(filters: ListFilters): Promise<void> {
    const there = !failed.value && JSON.stringify(asked) === JSON.stringify(filters);
    if (!there || Date.now() - asked_at > fresh_for_ms) await ask(filters);
  }

  return {
    facets, settled, failed, follow,
    /** Once more what failed. */
    retry: () => asked && ask(asked),
  };
}
