/**
 * The list of products as far as it was read. It is asked for in one way to its end: a cursor is good for the filters
 * it was made with only, whatever is typed, scanned or learned meanwhile.
 */

import { computed, ref, shallowRef } from 'vue';
import { apiError, json, withQuery, type ApiError } from '../shared/api';
import { takeFirst } from '../shared/first';
import { schemeOfScan } from './district';
import { keepList, keptList, scannedDistrict, type KeptList, type ListFilters } from './kept';
import type { ProductPage } from './types';

const fresh_for_ms = 5 * 60_000;
const page_size = 12;

/** What tells one list from another. The scan counts and not its scheme, which may not be known yet. */
function choiceOf(filters: ListFilters): string {
  return withQuery('', { ...filters, first: filters.sort ? '' : filters.first || scannedDistrict() });
}

const addressOf = (filters: ListFilters, cursor: string | null): string => withQuery('/v1/products', { ...filters, cursor, limit: page_size });

function readPage(filters: ListFilters, cursor: string | null): Promise<ProductPage> {
  return json<ProductPage>(addressOf(filters, cursor));
}

function listOf(choice: string, asked: ListFilters, page: ProductPage): KeptList {
  return { choice, asked, items: page.items, next: page.next, ranking: page.ranking ?? null, corrected_to: page.corrected_to ?? null, loaded_at: Date.now() };
}

export function useProductList() {
  const list = shallowRef<KeptList | null>(null);
  const busy = ref(true);
  const failure = ref<ApiError | null>(null);
  /** Its end was not to be found any more, and it began again while somebody read. */
  const begun_again = ref(false);
  /** Answers of an older question must not overwrite those of a newer one. */
  let question = 0;
  let wanted: string | null = null;
  let repeat: () => Promise<void> = async () => undefined;

  /** Shows what the work finds; null: another question was asked meanwhile. */
  async function ask(work: (current: () => boolean) => Promise<KeptList | null>): Promise<void> {
    const mine = ++question;
    const current = () => mine === question;
    repeat = () => ask(work);
    busy.value = true;
    failure.value = null;
    try {
      const found = await work(current);
      if (!found || !current()) return;
      list.value = found;
      keepList(found);
    } catch (error) {
      if (current()) failure.value = apiError(error);
    } finally {
      if (current()) busy.value = false;
    }
  }

  async function fromStart(choice: string, asked: ListFilters): Promise<KeptList> {
    return listOf(choice, asked, await readPage(asked, null));
  }

  function begin(filters: ListFilters): Promise<void> {
    const choice = choiceOf(filters);
    wanted = choice;
    begun_again.value = false;
    return ask(async (current) => {
      const first = filters.sort ? '' : filters.first || (await schemeOfScan());
      return current() ? fromStart(choice, { ...filters, first }) : null;
    });
  }

  async function more(): Promise<void> {
    const shown = list.value;
    if (!shown?.next) return;
    begun_again.value = false;
    await ask(async (current) => {
      try {
        const page = await readPage(shown.asked, shown.next);
        return { ...shown, items: [...shown.items, ...page.items], next: page.next, ranking: page.ranking ?? null };
      } catch (error) {
        if (apiError(error).code !== 'invalid-cursor' || !current()) throw error;
        const anew = await fromStart(shown.choice, shown.asked);
        if (current()) begun_again.value = true;
        return anew;
      }
    });
  }

  /** What an earlier page of this tab had read of this list, where this one has read nothing yet. */
  function restore(filters: ListFilters): void {
    const kept = keptList();
    if (list.value !== null || kept?.choice !== choiceOf(filters)) return;
    list.value = kept;
    wanted = kept.choice;
    busy.value = false;
  }

  /** What came with the page itself is shown without a wait. After a scan the list begins otherwise. */
  function takeOver(filters: ListFilters): void {
    if (list.value !== null || scannedDistrict() !== '') return;
    const page = takeFirst<ProductPage>(addressOf(filters, null));
    if (page === null) return;
    wanted = choiceOf(filters);
    list.value = listOf(wanted, filters, page);
    keepList(list.value);
    busy.value = false;
  }

  /** Begins that list, unless it is there and was read lately. */
  async function follow(filters: ListFilters): Promise<void> {
    takeOver(filters);
    const choice = choiceOf(filters);
    const there = list.value?.choice === choice && wanted === choice;
    if (!there || Date.now() - list.value!.loaded_at > fresh_for_ms) await begin(filters);
  }

  return {
    products: computed(() => list.value?.items ?? []),
    next: computed(() => list.value?.next ?? null),
    ranking: computed(() => list.value?.ranking ?? null),
    corrected_to: computed(() => list.value?.corrected_to ?? null),
    shown: computed(() => list.value !== null),
    busy, failure, begun_again, more, restore, follow,
    /** Once more what failed. */
    retry: () => repeat(),
  };
}
