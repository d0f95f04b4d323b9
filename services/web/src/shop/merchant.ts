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

/** As people read it: 400-810-1234, 138 1234 5678, 0870-2123456. */
export function groupedPhone(digits: string): string {
  const parts = /^(400)(\d{3})(\d{4})$/.exec(digits) ?? /^(010|02\d)(\d{4})(\d{4})$/.exec(digits) ?? /^(0[3-9]\d\d)(\d{7,8})$/.exec(digits);
  if (parts) return parts.slice(1).join('-');
  return digits.replace(/^(1\d\d)(\d{4})(\d{4})$/, '$1 $2 $3');
}
