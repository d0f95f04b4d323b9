/** What areas are called in English and where county seats lie, by their GB/T 2260 code: the table that the services read, too. */

import table from '../../../vocabulary/data/places.csv?raw';
import type { Position } from './positions';

interface Area {
  english: string;
  /** Where the county's government sits, to a tenth of a degree; null of prefectures and provinces. */
  seat: Position | null;
}

const areas = new Map<string, Area>();
for (const line of table.trim().split('\n').slice(1)) {
  // Names of several peoples have commas; they stand last.
  const [code, latitude, longitude, ...english] = line.trim().split(',');
  areas.set(code!, { english: english.join(','), seat: latitude ? { latitude: Number(latitude), longitude: Number(longitude) } : null });
}

/** "Daguan County"; null of an area that nobody entered. */
export const englishOf = (code: string): string | null => areas.get(code)?.english ?? null;
export const seatOf = (code: string): Position | null => areas.get(code)?.seat ?? null;
