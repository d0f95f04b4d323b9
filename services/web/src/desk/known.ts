/** What is asked once a visit: the names behind codes and numbers. A list that cannot be read is empty, and asked again later. */

import { computed, shallowRef } from 'vue';
import type { County } from '../shared/goods';
import { placeName } from '../shared/place_names';
import { readAll } from './list';
import { person } from './session';
import type { MerchantRecord, Organisation } from './types';

function onceRead<T>(read: () => Promise<T[]>) {
  const found = shallowRef<T[]>([]);
  let reading: Promise<void> | null = null;
  const use = (): typeof found => {
    reading ??= read().then(
      (all) => {
        found.value = all;
      },
      () => {
        reading = null;
      },
    );
    return found;
  };
  /** Somebody has added to it. */
  const again = (): void => {
    reading = null;
    use();
  };
  return { use, again };
}

const { use: useOrganisations, again: rereadOrganisations } = onceRead(() => readAll<Organisation>('/v1/organisations'));
const { use: useCounties } = onceRead(() => readAll<County>('/v1/counties'));
/** Those of everybody, for the operator and the auditor. */
const { use: useAllMerchants, again: rereadMerchants } = onceRead(() => readAll<MerchantRecord>('/v1/merchants'));
export { rereadMerchants, rereadOrganisations, useAllMerchants };

/** The merchants that this person writes for. */
let mine_of: number | null = null;
const mine = shallowRef<MerchantRecord[]>([]);
const mine_known = shallowRef(false);
export function useOwnMerchants() {
  const organisation = person.value?.organisation_id ?? null;
  if (organisation !== mine_of || !mine_known.value) {
    mine_of = organisation;
    mine.value = [];
    mine_known.value = organisation === null;
    if (organisation !== null) void readOwnMerchants(organisation);
  }
  return { merchants: mine, known: mine_known };
}
async function readOwnMerchants(organisation: number): Promise<void> {
  const found = await readAll<MerchantRecord>(`/v1/merchants?organisation_id=${organisation}`).catch(() => null);
  if (found === null || organisation !== mine_of) return;
  mine.value = found;
  mine_known.value = true;
}

export function useNames() {
  const organisations = useOrganisations();
  const counties = useCounties();
  const own = computed(() => organisations.value.find((one) => one.organisation_id === person.value?.organisation_id) ?? null);
  const onPapers = (code: string | null | undefined): string => counties.value.find((one) => one.county_code === code)?.name ?? code ?? '—';
  return {
    organisations,
    counties,
    /** The organisation that this person works for; null when there is none or it is not known yet. */
    own,
    organisationName: (id: number | null) => organisations.value.find((one) => one.organisation_id === id)?.name ?? (id === null ? '—' : `#${id}`),
    /** In the language of the page, for a sentence. */
    countyName: (code: string | null | undefined) => placeName(code, onPapers(code)),
    countyNameOnPapers: onPapers,
  };
}
