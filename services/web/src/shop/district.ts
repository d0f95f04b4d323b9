/** What comes first in the lists of whoever scanned a district's screen: what its own scheme recognises. */

import { json } from '../shared/api';
import { scannedDistrict } from './kept';
import type { Page } from './types';

interface Scheme {
  scheme: string;
  district_code: string | null;
}

const known = new Map<string, Promise<string>>();
/** How long goods wait for their order: on a weak network everybody's order now is better than a district's later. */
const wait_ms_max = 1_500;

/**
 * The scheme's code, the first of several; empty when no district's screen was scanned, it has none, or nobody has told
 * in time. What is told later counts from the next list on: the one that is read keeps its order.
 */
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
  const late = new Promise<string>((resolve) => setTimeout(() => resolve(''), wait_ms_max));
  return Promise.race([asked, late]);
}
