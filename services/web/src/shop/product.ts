import { computed, onBeforeUnmount, ref, watch } from 'vue';
import { apiError, json, type ApiError } from '../shared/api';
import { takeFirst } from '../shared/first';
import { loadPlaces } from '../shared/place_names';
import { positionOf } from '../shared/positions';
import { orderable } from './certification';
import { keepProduct, keptProduct } from './kept';
import type { OriginCard, Product, Stock } from './types';

/** A page that comes back to the eye after this long is read again: prices and certifications change. */
const fresh_for_ms = 30_000;

/**
 * The product of a page with its stock and origin, read again whenever the id changes, when it is asked for and
 * when the page comes back to the eye. `start` is called for each new product and says which size to show (0: any).
 */
export function useProduct(product_id: () => string, start: () => number) {
  const product = ref<Product | null>(null);
  const origin = ref<OriginCard | null>(null);
  const origin_missing = ref(false);
  const stock = ref<Record<number, Stock>>({});
  const failure = ref<ApiError | null>(null);
  const is_kept_copy = ref(false);
  const sku_id = ref(0);
  let loaded_at = 0;

  const sku = computed(() => product.value?.skus.find((one) => one.sku_id === sku_id.value) ?? product.value?.skus[0] ?? null);
  const in_stock = computed(() => (sku.value ? (stock.value[sku.value.sku_id]?.available ?? null) : null));
  /** The sizes of which nothing is left, as far as that is known. */
  const sold_out_sizes = computed(() => (product.value?.skus ?? []).filter((one) => stock.value[one.sku_id]?.available === 0).map((one) => one.sku_id));
  const sold_out = computed(() => product.value !== null && sold_out_sizes.value.length === product.value.skus.length);
  const refusal = computed(() => {
    const one = product.value;
    if (!one || orderable(one)) return null;
    // Nobody waits for the certification of what is not offered any more.
    if (!one.listed) return 'badge.unlisted' as const;
    return one.certified_now ? ('badge.unsaleable' as const) : ('badge.not_for_sale' as const);
  });

  async function loadStock(of: Product): Promise<void> {
    await Promise.all(
      of.skus.map(async ({ sku_id: id }) => {
        // Without the figure the form still works: the services decide when the order is placed.
        const found = await json<Stock>(`/v1/stock/${id}`).catch(() => null);
        if (found) stock.value = { ...stock.value, [id]: found };
      }),
    );
  }

  /** The card of the lot that the next order of this SKU takes from; else the product's. */
  async function loadOrigin(id: string): Promise<void> {
    const lot = stock.value[sku_id.value]?.lots?.find((one) => one.available > 0);
    const of_lot = lot && (await json<OriginCard>(`/v1/origin-cards/lots/${lot.lot_id}`).catch(() => null));
    const found = of_lot ?? (await json<OriginCard>(`/v1/origin-cards/products/${id}`).catch(() => null));
    // Where nobody said where it grows, the county's seat stands for it; it is here before the card is.
    if (found && positionOf(found.base) === null) await loadPlaces().catch(() => undefined);
    if (id !== product_id()) return;
    origin.value = found ?? origin.value;
    origin_missing.value = origin.value === null;
  }

  function show(loaded: Product): void {
    const chosen = loaded.skus.some((one) => one.sku_id === sku_id.value);
    product.value = loaded;
    if (!chosen) sku_id.value = loaded.skus[0]?.sku_id ?? 0;
  }

  /** Nobody is shown an empty shelf first while another size is there. */
  function preferStocked(chosen: number): void {
    if (sku_id.value !== chosen || in_stock.value !== 0) return;
    const stocked = product.value?.skus.find((one) => (stock.value[one.sku_id]?.available ?? 0) > 0);
    if (stocked) sku_id.value = stocked.sku_id;
  }

  function failed(error: ApiError, id: string): void {
    failure.value = error;
    if (!error.passing) {
      product.value = null;
      return;
    }
    const kept = product.value ?? keptProduct(id);
    is_kept_copy.value = kept !== null;
    if (kept) show(kept);
  }

  async function load(): Promise<void> {
    const id = product_id();
    const first = product.value === null;
    try {
      const loaded = takeFirst<Product>(`/v1/products/${id}`) ?? (await json<Product>(`/v1/products/${id}`));
      if (id !== product_id()) return; // The shopper has gone on to another product.
      failure.value = null;
      is_kept_copy.value = false;
      loaded_at = Date.now();
      show(loaded);
      keepProduct(loaded);
      const chosen = sku_id.value;
      await loadStock(loaded);
      if (first) preferStocked(chosen);
      await loadOrigin(id);
    } catch (error) {
      if (id === product_id()) failed(apiError(error), id);
    }
  }

  function onVisible(): void {
    if (!document.hidden && product.value && Date.now() - loaded_at > fresh_for_ms) void load();
  }

  watch(
    product_id,
    () => {
      product.value = null;
      stock.value = {};
      origin.value = null;
      origin_missing.value = false;
      failure.value = null;
      is_kept_copy.value = false;
      sku_id.value = start();
      void load();
    },
    { immediate: true },
  );
  watch(sku_id, (_now, before) => {
    if (before !== 0 && product.value) void loadOrigin(product_id());
  });

  const onOnline = () => void (failure.value?.passing && load());
  document.addEventListener('visibilitychange', onVisible);
  window.addEventListener('pageshow', onVisible);
  window.addEventListener('online', onOnline);
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', onVisible);
    window.removeEventListener('pageshow', onVisible);
    window.removeEventListener('online', onOnline);
  });
  return { product, origin, origin_missing, failure, is_kept_copy, sku, sku_id, in_stock, sold_out, sold_out_sizes, refusal, load };
}
