/** Counties as people look for them: by province and prefecture, in the order of GB/T 2260. */

import type { County } from './goods';
import { placeName, prefectureCode, provinceCode } from './place_names';

export interface CountyGroup {
  /** "云南省 昭通市"; of a county right under its province, the province alone. */
  name: string;
  counties: County[];
}

export function countyGroups(counties: readonly County[]): CountyGroup[] {
  const groups = new Map<string, County[]>();
  for (const county of [...counties].sort((a, b) => a.county_code.localeCompare(b.county_code))) {
    const around = [placeName(provinceCode(county.county_code), county.province), placeName(prefectureCode(county.county_code), county.prefecture)];
    const name = [...new Set(around.filter(Boolean))].join(' ');
    groups.set(name, [...(groups.get(name) ?? []), county]);
  }
  return [...groups].map(([name, own]) => ({ name, counties: own }));
}
