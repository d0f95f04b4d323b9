/** What an address names by its number and no list has told: its name, or that there is no such thing. */

import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import { apiError, json } from '../shared/api';
import type { Looking } from './looking';
import type { County } from './types';

interface Told {
  looking: () => Looking;
  /** The counties that are listed, once they are; those need not be asked for. */
  listed: Promise<void>;
  counties: () => readonly County[];
  /** Nothing was found: the goods that were would name their merchant. */
  nothing_found: () => boolean;
}

export interface Named {
  counties: Ref<County[]>;
  merchants: Ref<{ merchant_id: number; name: string }[]>;
  /** Which of what the address names there is not. */
  missing: ComputedRef<'county' | 'merchant' | null>;
  /** Nobody has answered yet whether there is. */
  asking: ComputedRef<boolean>;
}

export function useNamed({ looking, listed, counties: known, nothing_found }: Told): Named {
  const counties = shallowRef<County[]>([]);
  const merchants = shallowRef<{ merchant_id: number; name: string }[]>([]);
  const gone = ref<string[]>([]);
  const asked = ref(0);

  async function read<T>(path: string, keep: (found: T) => void): Promise<void> {
    asked.value += 1;
    try {
      keep(await json<T>(path));
    } catch (thrown) {
      if (apiError(thrown).problem?.status === 404) gone.value = [...gone.value, path];
    } finally {
      asked.value -= 1;
    }
  }
  const pathOf = ({ county, merchant }: Looking) => ({ county: county && `/v1/counties/${county}`, merchant: merchant && `/v1/merchants/${merchant}` });

  watch(() => looking().county, async (county) => {
    asked.value += 1;
    await listed;
    asked.value -= 1;
    if (county === '' || [...known(), ...counties.value].some((one) => one.county_code === county)) return;
    await read<County>(`/v1/counties/${county}`, (found) => (counties.value = [...counties.value, found]));
  }, { immediate: true });
  watch(() => (nothing_found() ? looking().merchant : ''), async (merchant) => {
    if (merchant === '' || merchants.value.some((one) => String(one.merchant_id) === merchant)) return;
    await read<{ name: string }>(`/v1/merchants/${merchant}`, ({ name }) => (merchants.value = [...merchants.value, { merchant_id: Number(merchant), name }]));
  }, { immediate: true });

  return {
    counties,
    merchants,
    missing: computed(() => {
      const path = pathOf(looking());
      if (gone.value.includes(path.county)) return 'county';
      return gone.value.includes(path.merchant) ? 'merchant' : null;
    }),
    asking: computed(() => asked.value > 0),
  };
}
