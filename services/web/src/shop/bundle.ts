import { computed, onBeforeUnmount, ref, watch } from 'vue';
import { apiError, json, type ApiError } from '../shared/api';
import { takeFirst } from '../shared/first';
import { atMost, namesOf, type Bundle, type BundleComponent } from '../shared/bundles';
import { orderable } from './certification';
import type { ShopKey } from './texts';
import type { Promised } from './promises';
import type { Lot, OriginCard, Product, Stock } from './types';

/** A page that comes back to the eye after this long is read again: prices and stock change. */
const fresh_for_ms = 30_000;

type ByProduct = Readonly<Record<number, Product>>;
type BySku = Readonly<Record<number, number>>;

/** Why a bundle cannot be ordered now, with the parts that it is for where the data say which; null when it can. */
export function haltOf(bundle: Bundle, products: ByProduct, stock: BySku): { key: ShopKey; parts: string } | null {
  const partsThat = (holds: (one: BundleComponent) => boolean): string => namesOf(bundle.components.filter(holds)).join('、');
  if (!bundle.listed) return { key: 'bundle.unlisted', parts: '' };
  if (!bundle.saleable) {
    const parts = partsThat(({ product_id, sku_id }) => {
      const product = products[product_id];
      return product !== undefined && !(orderable(product) && product.skus.some((one) => one.sku_id === sku_id));
    });
    if (parts !== '') return { key: 'bundle.part_not_for_sale', parts };
    return { key: bundle.price_fen > bundle.parts_fen ? 'bundle.price_changing' : 'bundle.not_for_sale', parts };
  }
  const parts = partsThat((one) => (stock[one.sku_id] ?? one.quantity) < one.quantity);
  return parts === '' ? null : { key: 'bundle.part_sold_out', parts };
}

/** The bundle of a page with the stock of its parts, read again when the id changes and when the page comes back to the eye. */
export function useBundle(bundle_id: () => string) {
  const bundle = ref<Bundle | null>(null);
  const stock = ref<Record<number, number>>({});
  /** The lots that the next order takes from, by SKU; the page stands without. */
  const lots = ref<Record<number, Lot | null>>({});
  /** What is known of its parts' products; the page stands without. */
  const products = ref<Record<number, Product>>({});
  const failure = ref<ApiError | null>(null);
  let loaded_at = 0;

  /** Bundles that the stock of every part allows; null while the stock of one is not known. */
  const available = computed(() => (bundle.value ? atMost(bundle.value.components, (one) => stock.value[one.sku_id] ?? null) : null));

  async function loadProducts(of: Bundle): Promise<void> {
    await Promise.all(
      [...new Set(of.components.map((one) => one.product_id))].map(async (product_id) => {
        const found = await json<Product>(`/v1/products/${product_id}`).catch(() => null);
        if (found) products.value = { ...products.value, [product_id]: found };
      }),
    );
  }

  async function load(): Promise<void> {
    const id = bundle_id();
    try {
      const loaded = takeFirst<Bundle>(`/v1/bundles/${id}`) ?? (await json<Bundle>(`/v1/bundles/${id}`));
      if (id !== bundle_id()) return;
      bundle.value = loaded;
      failure.value = null;
      loaded_at = Date.now();
      void loadProducts(loaded);
      await Promise.all(
        loaded.components.map(async ({ sku_id }) => {
          // Without the figure the form still works: the services decide when the order is placed.
          const found = await json<Stock>(`/v1/stock/${sku_id}`).catch(() => null);
          if (!found) return;
          stock.value = { ...stock.value, [sku_id]: found.available };
          const next = found.lots?.find((one) => one.available > 0);
          const card = next && (await json<OriginCard>(`/v1/origin-cards/lots/${next.lot_id}`).catch(() => null));
          if (id === bundle_id()) lots.value = { ...lots.value, [sku_id]: card?.lot ?? null };
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
    lots.value = {};
    products.value = {};
    failure.value = null;
    void load();
  }, { immediate: true });
  const halt = computed(() => (bundle.value ? haltOf(bundle.value, products.value, stock.value) : null));
  const promised = computed<Promised[]>(() => (bundle.value?.components ?? []).map((one) => ({ return_policy: one.return_policy, lot: lots.value[one.sku_id] ?? null, county_code: one.county?.county_code })));
  return { bundle, available, products, promised, halt, failure, load };
}
