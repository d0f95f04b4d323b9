/** Certifications that end soon, and how their renewal begins. */

import { readAll } from '../list';
import { authorised } from '../session';
import type { Application, Batch, CertificationRecord } from './types';

export interface Expiring extends CertificationRecord {
  /** Days of Shanghai until it is over; 1 on its last day. */
  days_left: number;
  /** Another certification under that scheme that goes on after it. */
  continued_by: number | null;
  warnings: { days_ahead: number; warned_at: string }[];
}

/** By which people plan; the services warn on these days. */
export const horizons = [60, 30, 14] as const;
/** As far as the services look ahead: all that a house holds. */
export const horizon_max = 366;

/** The batch in which somebody applies now for what comes after: of that scheme, for a later year, the next one. */
export function batchAfter(one: Pick<Expiring, 'scheme' | 'valid_to'>, batches: readonly Batch[], today: string): Batch | null {
  const open = batches.filter((batch) => batch.scheme === one.scheme && batch.applications_from <= today && today < batch.applications_until && batch.valid_to > one.valid_to);
  return open.sort((a, b) => a.valid_from.localeCompare(b.valid_from))[0] ?? null;
}

/** The application that led to it: the last one of its product that was certified under its scheme. */
export function applicationOf(one: Pick<Expiring, 'scheme' | 'product_id' | 'year'>, applications: readonly Application[]): Application | null {
  const led = applications.filter((application) => application.state === 'CERTIFIED' && application.scheme === one.scheme && application.product_id === one.product_id && application.year <= one.year);
  return led.sort((a, b) => b.year - a.year || b.application_id - a.application_id)[0] ?? null;
}

/** One that is under way for a later year, also when that year's batch takes no more. */
export function underWay(one: Pick<Expiring, 'scheme' | 'product_id' | 'year'>, applications: readonly Application[]): Application | null {
  const later = (application: Application): boolean => application.scheme === one.scheme && application.product_id === one.product_id && application.year > one.year;
  return applications.find((application) => later(application) && !['REJECTED', 'WITHDRAWN'].includes(application.state)) ?? null;
}

const pages_max = { own: 3, everybody: 10 };
export const readOwnApplications = (): Promise<Application[]> => readAll<Application>('/v1/applications', pages_max.own);
/** What others than merchants see of renewals: those that are not decided. */
export const readRenewals = (): Promise<Application[]> => readAll<Application>('/v1/applications?state=DRAFT,SUBMITTED,COUNTY_RECOMMENDED,UNDER_REVIEW,PUBLIC_NOTICE', pages_max.everybody);

export const renew = (application: Application, batch: Batch): Promise<Application> =>
  authorised<Application>(`/v1/applications/${application.application_id}/renewals`, { method: 'POST', body: { batch_id: batch.batch_id } });
