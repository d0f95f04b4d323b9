/** Days and sums of sales; nothing here asks a service. */

import { dayAfter } from '../../shared/moments';
import type { SaleFigures, SalesRow } from './types';

export const days_max = 366;
const day_ms = 86_400_000;

/** How many days there are, both included; 0 when the range means nothing. */
export function daysIn(from: string, to: string): number {
  const days = Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / day_ms) + 1;
  return Number.isFinite(days) && days > 0 && days <= days_max ? days : 0;
}

/** What was sold, whether it counts or not, less what went back. */
export function soldFen(figures: SaleFigures): number {
  return figures.net_fen + figures.uncounted_fen;
}
export function soldPacks(figures: SaleFigures): number {
  return figures.quantity + figures.uncounted_quantity;
}

export interface DayOfSales {
  day: string;
  counted_fen: number;
  uncounted_fen: number;
}

/** Every day of the range, those without sales as well, so that a chart's distances are true. */
export function everyDay(from: string, to: string, rows: readonly SalesRow[]): DayOfSales[] {
  const known = new Map(rows.map((row) => [row.day, row]));
  return Array.from({ length: daysIn(from, to) }, (_, i) => {
    const day = dayAfter(from, i);
    const row = known.get(day);
    return { day, counted_fen: row?.net_fen ?? 0, uncounted_fen: row?.uncounted_fen ?? 0 };
  });
}
