import { shallowRef, watch } from 'vue';
import { readLowest, type LowestPrice } from '../shared/prices';
import type { Sku } from './types';

const versionOf = (sku: Sku): string => `${sku.sku_id}.${sku.price_version}`;

/**
 * The price that may stand struck through beside an SKU's; asked for once the page shows the SKU, and never waited for.
 * It is of one version of the price: beside any other there is none.
 */
export function useComparedPrices(skus: () => readonly Sku[]) {
  const known = shallowRef(new Map<number, LowestPrice>());
  const asked = new Set<string>(); // Once a version: what was not told is not asked for again with each further page.

  async function ask(wanted: number[]): Promise<void> {
    const found = await readLowest(wanted).catch(() => []); // Without it there is nothing to compare with.
    known.value = new Map([...known.value, ...found.map((one): [number, LowestPrice] => [one.sku_id, one])]);
  }
  const current = (sku: Sku): boolean => known.value.get(sku.sku_id)?.price_version === sku.price_version;

  watch(
    () => skus().map(versionOf).join(),
    () => {
      const wanted = skus().filter((sku) => !asked.has(versionOf(sku)));
      for (const sku of wanted) asked.add(versionOf(sku));
      if (wanted.length > 0) void ask(wanted.map((sku) => sku.sku_id));
    },
    { immediate: true },
  );
  return (sku: Sku): number | null => {
    const compared = current(sku) ? known.value.get(sku.sku_id)!.compared_fen : null;
    return compared !== null && compared > sku.price_fen ? compared : null;
  };
}
