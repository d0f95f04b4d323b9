/** What comes first in the lists of whoever scanned a district's screen: what its own scheme recognises. */

import { json } from '../shared/api';
import { scannedDistrict } from './kept';
import type { Page } from './types';

interface Scheme {
  scheme: string;
  district_code: string | null;
}

const known = new Map<string, Promise<string>>();

/** The scheme's code, the first of several; empty when no district's screen was scanned, or it has none. */
export function schemeOfScan(): Promise<string> {
  const district = scannedDistrict();
  if (district === '') return Promise.resolve('');
  const asked = known.get(district) ?? json<Page<Scheme>>('/v1/schemes?limit=100').then(
    ({ items }) => items.find((one) => one.district_code === district)?.scheme ?? '',
    () => {
      known.delete(district); // The list is shown in everybody's order, and asks again next time.
      return '';
    },
  );
  known.set(district, asked);
  return asked;
}
