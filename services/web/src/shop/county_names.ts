import { ref, watch, type Ref } from 'vue';
import { json } from '../shared/api';
import type { County } from './types';

/** Each is asked for once; what could not be read is asked for again on the next occasion. */
const known = new Map<string, Promise<string>>();

function nameOf(county_code: string): Promise<string> {
  const asked = known.get(county_code) ?? json<County>(`/v1/counties/${county_code}`).then((county) => county.name);
  known.set(county_code, asked);
  asked.catch(() => known.delete(county_code));
  return asked;
}

/** The names of these counties, by code, as far as they are known. */
export function useCountyNames(codes: () => readonly string[]): Ref<Record<string, string>> {
  const names = ref<Record<string, string>>({});
  watch(
    () => codes().join(),
    () => {
      for (const code of codes()) {
        void nameOf(code).then((name) => {
          names.value = { ...names.value, [code]: name };
        }, () => undefined);
      }
    },
    { immediate: true },
  );
  return names;
}
