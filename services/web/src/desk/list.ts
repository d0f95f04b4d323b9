/** Lists that are read page by page (keyset), and whose filters live in the address. */

import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { apiError, withQuery, type ApiError } from '../shared/api';
import type { Page } from '../shared/goods';
import { authorised } from './session';

export interface List<T> {
  items: ShallowRef<T[]>;
  next: Ref<string | null>;
  busy: Ref<boolean>;
  failure: Ref<ApiError | null>;
  load: () => Promise<void>;
  more: () => Promise<void>;
}

/** What `path` names, again whenever it changes; a path of null asks nothing. */
export function useList<T>(path: () => string | null, page_size = 30): List<T> {
  const items = shallowRef<T[]>([]);
  const next = ref<string | null>(null);
  const busy = ref(true);
  const failure = ref<ApiError | null>(null);
  /** Answers of an older question must not overwrite those of a newer one. */
  let question = 0;

  async function read(cursor: string | null): Promise<void> {
    const wanted = path();
    const mine = ++question;
    if (wanted === null) return;
    busy.value = true;
    failure.value = null;
    try {
      const [base, query = ''] = wanted.split('?');
      const parameters = { ...Object.fromEntries(new URLSearchParams(query)), limit: page_size, cursor };
      const page = await authorised<Page<T>>(withQuery(base!, parameters));
      if (mine !== question) return;
      items.value = cursor === null ? page.items : [...items.value, ...page.items];
      next.value = page.next;
    } catch (error) {
      if (mine !== question) return;
      if (cursor === null) items.value = [];
      failure.value = apiError(error);
    } finally {
      if (mine === question) busy.value = false;
    }
  }

  watch(path, () => {
    items.value = [];
    next.value = null;
    void read(null);
  }, { immediate: true });
  return { items, next, busy, failure, load: () => read(null), more: () => read(next.value) };
}

/** The whole of a list that is short by its nature; `pages_max` pages of 100 at most. */
export async function readAll<T>(path: string, pages_max = 20): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < pages_max; page += 1) {
    const [base, query = ''] = path.split('?');
    const answer: Page<T> = await authorised<Page<T>>(withQuery(base!, { ...Object.fromEntries(new URLSearchParams(query)), limit: 100, cursor }));
    all.push(...answer.items);
    cursor = answer.next;
    if (cursor === null) break;
  }
  return all;
}

/** Who wrote the last of a history, which is told oldest first. */
export async function lastHand(path: string): Promise<number | null> {
  return (await readAll<{ by_account?: number | null }>(path)).at(-1)?.by_account ?? null;
}

/** Filters by name, as they stand in the address; setting one replaces the address, so that reload and Back keep it. */
export function useFilters<Name extends string>(names: readonly Name[]): {
  filters: ComputedRef<Record<Name, string>>;
  set: (changes: Partial<Record<Name, string>>) => void;
  any: ComputedRef<boolean>;
  clear: () => void;
} {
  const route = useRoute();
  const router = useRouter();
  const here = route.name;
  const filters = computed(() => {
    const value = (name: Name) => (typeof route.query[name] === 'string' ? route.query[name] : '');
    return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, string>;
  });
  function set(changes: Partial<Record<Name, string>>): void {
    if (route.name !== here) return;
    const all = { ...route.query, ...changes };
    void router.replace({ query: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== '')) });
  }
  return {
    filters,
    set,
    any: computed(() => names.some((name) => filters.value[name] !== '')),
    clear: () => set(Object.fromEntries(names.map((name) => [name, ''])) as Record<Name, string>),
  };
}

/** One thing that the address names, read again when the address changes. */
export function useThing<T>(read: () => Promise<T>, key: () => unknown): { thing: ShallowRef<T | null>; failure: Ref<ApiError | null>; load: () => Promise<void> } {
  const thing = shallowRef<T | null>(null);
  const failure = ref<ApiError | null>(null);
  let question = 0;
  async function load(): Promise<void> {
    const mine = ++question;
    failure.value = null;
    try {
      const found = await read();
      if (mine === question) thing.value = found;
    } catch (error) {
      if (mine === question) failure.value = apiError(error);
    }
  }
  watch(key, () => {
    thing.value = null;
    void load();
  }, { immediate: true });
  return { thing, failure, load };
}
