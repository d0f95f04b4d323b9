/** The ranking of a month, as lengths beside one another. */

import type { Row } from './types';

/** So many bars are drawn; the table holds all. */
export const bars_max = 12;

/** How long each bar is, in percent of the longest. What was returned of earlier months may outweigh a month: that has no length. */
export function partsOf(rows: readonly Pick<Row, 'net_fen'>[]): number[] {
  const largest = Math.max(0, ...rows.map((row) => row.net_fen));
  return rows.map((row) => (largest === 0 ? 0 : Math.max(0, Math.round((row.net_fen / largest) * 1000) / 10)));
}
