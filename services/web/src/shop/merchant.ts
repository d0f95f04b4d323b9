import { ref, watch, type Ref } from 'vue';
import { json } from '../shared/api';
import type { MerchantPapers } from './types';

/** What a merchant shows by law (电子商务法, article 15) and where it is registered; null until it is known, and where nobody told. */
export function useMerchantPapers(merchant_id: () => number | undefined): Ref<MerchantPapers | null> {
  const papers = ref<MerchantPapers | null>(null);
  watch(
    merchant_id,
    async (id) => {
      papers.value = null;
      if (id === undefined) return;
      const found = await json<MerchantPapers>(`/v1/merchants/${id}`).catch(() => null);
      if (id === merchant_id()) papers.value = found;
    },
    { immediate: true },
  );
  return papers;
}
