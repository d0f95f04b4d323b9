/** What the list is called: by its conditions, in the words that shoppers know them by. */

import { computed, shallowRef, watch, type ComputedRef } from 'vue';
import { placeName, prefectureCode, provinceCode } from '../shared/place_names';
import { readPairings, type Pairing } from './day_county';
import type { Condition, ConditionKey, Looking } from './looking';
import { useShopTexts } from './texts';
import type { Category, County, Product } from './types';

/** What is known of the names by now; what is not is told by its code. */
interface Known {
  looking: () => Looking;
  counties: () => readonly County[];
  categories: () => readonly Category[];
  products: () => readonly Product[];
  merchants: () => readonly { merchant_id: number; name: string }[];
}

export function useConditions(known: Known): ComputedRef<Condition[]> {
  const { t, schemeName, categoryName } = useShopTexts();
  /** A county that is not listed among the assisted ones is named by its goods. */
  const countyName = (code: string): string => placeName(code,
    known.counties().find((one) => one.county_code === code)?.name ?? known.products().find((one) => one.county.county_code === code)?.county.name ?? code);
  /** An area is looked for by its Chinese name, which the address has; any county in it says what it is called in English. */
  const areaName = (area: string): string => {
    const inside = known.counties().find((one) => one.province === area || one.prefecture === area);
    return inside ? placeName(inside.province === area ? provinceCode(inside.county_code) : prefectureCode(inside.county_code), area) : area;
  };
  /** A scheme that the page does not know is named by what is certified under it. */
  const toldName = (code: string): string | null => known.products().flatMap((one) => one.certifications).find((one) => one.scheme === code)?.scheme_name ?? null;
  const merchantName = (id: string): string => known.merchants().find((one) => String(one.merchant_id) === id)?.name ?? known.products().find((one) => String(one.merchant.merchant_id) === id)?.merchant.name ?? t('find.this_merchant');

  return computed(() => {
    const { q, area, county, category, scheme, season, merchant } = known.looking();
    const texts: [ConditionKey, string][] = [
      ['area', area && areaName(area)],
      ['county', county && countyName(county)],
      ['merchant', merchant && merchantName(merchant)],
      ['category', category && categoryName(category, known.categories().find((one) => one.category === category)?.name ?? null)],
      ['scheme', scheme && schemeName(scheme, toldName(scheme))],
      ['season', season && t('find.in_season')],
      ['q', q],
    ];
    return texts.filter(([, text]) => text !== '').map(([key, text]) => ({ key, text }));
  });
}

/** Where the county of the list lies and who supports it; null until that is known. */
export function useCountyLead(looking: () => Looking, counties: () => readonly County[]): ComputedRef<{ place: string; districts: string } | null> {
  const pairings = shallowRef<Pairing[] | null>(null);
  watch(() => looking().county, async (county) => {
    if (county !== '') pairings.value ??= await readPairings().catch(() => null);
  }, { immediate: true });
  return computed(() => {
    const county = counties().find((one) => one.county_code === looking().county);
    if (!county) return null;
    const of_county = (pairings.value ?? []).filter((one) => one.county_code === county.county_code && one.valid_now && one.certainty === 'STATED');
    const province = placeName(provinceCode(county.county_code), county.province);
    const prefecture = placeName(prefectureCode(county.county_code), county.prefecture);
    return { place: province === county.province ? province + prefecture : `${prefecture}, ${province}`, districts: [...new Set(of_county.map((one) => one.district_name))].join('、') };
  });
}
