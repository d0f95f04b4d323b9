import { placeNames, provinceCode, placeName } from '../shared/place_names';
import type { County } from '../shared/goods';

/** A county among others to choose from: "云南省 大关县"; on an English page "Yunnan · Daguan County 大关县". */
export function provinceAndCounty({ county_code, name, province }: County): string {
  const of_county = placeNames(county_code, name);
  return of_county === name ? `${province} ${name}` : `${placeName(provinceCode(county_code), province)} · ${of_county}`;
}
