import { computed, onBeforeUnmount, ref, watch } from 'vue';
import { apiError, json, type ApiError } from '../shared/api';
import { atMost, type Bundle } from '../shared/bundles';
import type { Stock } from './types';

/** A page that comes back to the eye after this long is read again: prices and stock change. */
const fresh_for_ms = 30_000;

/** The bundle of a page with the stock of its parts, read again when the id changes and when the page comes back to the eye. */
export function useBundle(bundle_id: () => string) {
  const bundle = ref<Bundle | null>(null);
  const stock = ref<Record<number, number>>({});
  const failure = ref<ApiError | null>(null);
  let loaded_at = 0;

  /** Bundles that the stock of every part allows; null while the stock of one is not known. */
  const available = computed(() => (bundle.value ? atMost(bundle.value.components, (one) => stock.value[one.sku_id] ?? null) : null));

  async function load(): Promise<void> {
    const id = bundle_id();
    try {
      const loaded = await json<Bundle>(`/v1/bundles/${id}`);
      if (id !== bundle_id()) return;
      bundle.value = loaded;
      failure.value = null;
      loaded_at = Date.now();
      await Promise.all(
        loaded.components.map(async ({ sku_id }) => {
          // Without the figure the form still works: the services decide when the order is placed.
          const found = await json<Stock>(`/v1/stock/${sku_id}`).catch(() => null);
          if (found) stock.value = { ...stock.value, [sku_id]: found.available };
        }),
      );
    } catch (error) {
      if (id !== bundle_id()) return;
      failure.value = apiError(error);
      if (!failure.value.passing) bundle.value = null;
    }
  }

  function onVisible(): void {
    if (!document.hidden && bundle.value && Date.now() - loaded_at > fresh_for_ms) void load();
  }
  const onOnline = () => void (failure.value?.passing && load());
  document.addEventListener('visibilitychange', onVisible);
  window.addEventListener('online', onOnline);
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', onVisible);
    window.removeEventListener('online', onOnline);
  });
  watch(bundle_id, () => {
    bundle.value = null;
    stock.value = {};
    failure.value = null;
    void load();
  }, { immediate: true });
  return { bundle, available, failure, load };
}
