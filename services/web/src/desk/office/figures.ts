/** What came of a batch or a year, and where each figure leads: the list of exactly those that it counts. */

import type { LocationQueryRaw } from 'vue-router';
import type { Action, Batch } from './types';

export const figure_names = ['applied', 'returned', 'recommended', 'certified', 'rejected', 'withdrawn', 'suspended', 'open'] as const;
export type FigureName = (typeof figure_names)[number];
export type Counts = Record<FigureName, number>;

export interface Wait {
  /** What ended the waiting; null: the whole way. */
  action: Action | null;
  count: number;
  median_hours: number;
  ninetieth_hours: number;
}

export interface Figures {
  total: Counts;
  schemes: (Counts & { scheme: string })[];
  counties: (Counts & { county_code: string | null })[];
  categories: (Counts & { category: string | null })[];
  waits: Wait[];
}

export interface BatchFigures extends Figures {
  batch: Batch;
}
export interface YearFigures extends Figures {
  year: number;
  before: Figures;
}

/** What is counted, as the list of applications names it: one batch, or all of a year. */
export type Round = { batch_id: number } | { year: number };
/** A part of it; null: no list tells it apart. */
export interface Part {
  scheme?: string;
  county?: string | null;
  category?: string | null;
}

const counted_by: Record<FigureName, LocationQueryRaw> = {
  applied: { step: 'SUBMIT' },
  returned: { step: 'RETURN' },
  recommended: { step: 'RECOMMEND' },
  certified: { step: 'SUBMIT', state: 'CERTIFIED' },
  rejected: { step: 'SUBMIT', state: 'REJECTED' },
  withdrawn: { step: 'SUBMIT', state: 'WITHDRAWN' },
  suspended: { step: 'SUBMIT', certification_state: 'SUSPENDED' },
  open: { step: 'SUBMIT', state: 'DRAFT,SUBMITTED,COUNTY_RECOMMENDED,UNDER_REVIEW,PUBLIC_NOTICE' }, // A draft: it was returned.
};

/** The filters of the list that a figure counts; null for a part that no list tells apart. */
export function listOf(figure: FigureName, round: Round, of: Part = {}): LocationQueryRaw | null {
  if (of.county === null || of.category === null) return null;
  const counted = 'year' in round ? { year: String(round.year) } : { batch_id: String(round.batch_id) };
  return { ...counted, ...counted_by[figure], ...(of.scheme && { scheme: of.scheme }), ...(of.county && { county: of.county }), ...(of.category && { category: of.category }) };
}

/** In days, as offices count: one place after the point below ten. */
export function daysOf(hours: number): string {
  const days = hours / 24;
  return days < 10 ? (Math.round(days * 10) / 10).toString() : Math.round(days).toString();
}

/** The order in which an application goes; the whole way last. */
export const wait_order: readonly (Action | null)[] = ['RECOMMEND', 'BEGIN_REVIEW', 'RETURN', 'SUBMIT', 'PUBLISH_NOTICE', 'CERTIFY', 'REJECT', 'WITHDRAW', null];
export const inOrder = (waits: readonly Wait[]): Wait[] => [...waits].sort((a, b) => wait_order.indexOf(a.action) - wait_order.indexOf(b.action));

/** What the same step took the year before, in days; null when nothing went that way. */
export function waitBefore(before: Figures, wait: Wait): { median: string; ninetieth: string } | null {
  const same = before.waits.find((one) => one.action === wait.action);
  return same ? { median: daysOf(same.median_hours), ninetieth: daysOf(same.ninetieth_hours) } : null;
}
