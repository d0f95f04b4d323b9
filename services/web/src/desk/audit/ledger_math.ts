/** Sums that the page makes itself, to compare with what the server says. */

import type { Figures, LedgerLine } from './types';

/** What must be equal between a figure and the sum of its parts. */
export const measures = ['net_fen', 'gross_fen', 'refund_fen', 'uncounted_fen', 'weight_g', 'lines'] as const;
export type Measure = (typeof measures)[number];
export type Sums = Record<Measure, number>;

function zero(): Sums {
  return { net_fen: 0, gross_fen: 0, refund_fen: 0, uncounted_fen: 0, weight_g: 0, lines: 0 };
}

export function sumOfRows(rows: Pick<Figures, Measure>[]): Sums {
  const sums = zero();
  for (const row of rows) for (const measure of measures) sums[measure] += row[measure];
  return sums;
}

/** The figures that a set of ledger lines amounts to, computed from the lines themselves. */
export function sumOfLines(lines: LedgerLine[]): Sums {
  const sums = zero();
  for (const line of lines) {
    if (!line.counted) {
      sums.uncounted_fen += line.total_fen;
      continue;
    }
    sums.lines += 1;
    sums.weight_g += line.weight_g;
    if (line.kind === 'REFUND') sums.refund_fen += Math.abs(line.total_fen);
    else sums.gross_fen += line.total_fen;
  }
  sums.net_fen = sums.gross_fen - sums.refund_fen;
  return sums;
}

/** The measures in which a sum is not its parent's figure; empty when every one agrees to the fen. */
export function differences(sums: Sums, parent: Pick<Figures, Measure>): Measure[] {
  return measures.filter((measure) => sums[measure] !== parent[measure]);
}
