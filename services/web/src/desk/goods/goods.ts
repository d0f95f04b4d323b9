/** What the pages of goods share: the merchants that one may write for, the categories, the products. */

import { computed, shallowRef, watch, type Ref } from 'vue';
import { json, type ApiError } from '../../shared/api';
import type { Page, Product } from '../../shared/goods';
import { useAllMerchants, useOwnMerchants } from '../known';
import { readAll } from '../list';
import { hasRole } from '../session';
import type { MerchantRecord } from '../types';
import type { Category } from './types';

const categories = shallowRef<Category[]>([]);
let reading: Promise<void> | null = null;
export function useCategories(): Ref<Category[]> {
  reading ??= json<Page<Category>>('/v1/categories').then(
    (page) => {
      categories.value = page.items;
    },
    () => {
      reading = null;
    },
  );
  return categories;
}

/** Those whose goods somebody may change: a merchant's own, for the operator everybody's. */
export function useMerchants() {
  const own = useOwnMerchants();
  const all = hasRole('operator');
  const everybody = all ? useAllMerchants() : shallowRef<MerchantRecord[]>([]);
  const merchants = computed(() => (all ? everybody.value : own.merchants.value));
  const known = computed(() => (all ? everybody.value.length > 0 : own.known.value));
  return {
    merchants,
    known,
    all,
    merchantOf: (id: number | string) => merchants.value.find((one) => String(one.merchant_id) === String(id)) ?? null,
  };
}

/** Those whose books somebody may read: as above, and for the auditor everybody's too. */
export function useReadableMerchants() {
  const everybody = hasRole('operator', 'auditor');
  const own = useOwnMerchants();
  const all = everybody ? useAllMerchants() : shallowRef<MerchantRecord[]>([]);
  return { merchants: computed(() => (everybody ? all.value : own.merchants.value)), everybody };
}

/** Whether it is sold: what is listed may lack a certification, or a merchant who may sell. */
export type SaleState = 'is_listed' | 'not_yet' | 'is_not_listed';
export const saleState = (product: { listed: boolean; saleable: boolean }): SaleState => (!product.listed ? 'is_not_listed' : product.saleable ? 'is_listed' : 'not_yet');
export const sale_tones: Readonly<Record<SaleState, string>> = { is_listed: 'good', not_yet: 'warn', is_not_listed: '' };

/** All products of the own merchants, with those that are not listed. */
export function useOwnProducts() {
  const { merchants, known } = useOwnMerchants();
  const products = shallowRef<Product[] | null>(null);
  const failure = shallowRef<ApiError | null>(null);
  async function load(): Promise<void> {
    failure.value = null;
    try {
      const found = await Promise.all(merchants.value.map((one) => readAll<Product>(`/v1/products?listed=any&merchant_id=${one.merchant_id}`)));
      products.value = found.flat();
    } catch (error) {
      failure.value = error as ApiError;
    }
  }
  watch(known, (now) => {
    if (now) void load();
  }, { immediate: true });
  return { products, failure, load, merchants, merchants_known: known };
}
