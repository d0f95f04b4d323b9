/** What is about to be certified, and what anybody said against it (proto/openapi/certification.yaml). */

import { ApiError, json, withQuery } from '../shared/api';
import type { County, Page } from './types';

export interface Notice {
  application_id: number;
  scheme: string;
  year: number;
  product_id: number;
  product_name: string | null;
  county_code: string | null;
  notice_until: string | null;
  statement: string;
  linkage: string;
}

export interface Objection {
  objection_id: number;
  text: string;
  at: string;
  answer: string | null;
  answered_at: string | null;
}

const day_ms = 86_400_000;

export function readNotices(cursor: string | null = null): Promise<Page<Notice>> {
  return json<Page<Notice>>(withQuery('/v1/notices', { limit: 100, cursor }));
}

/** The one of that application; null when it is not on notice. */
export async function findNotice(application_id: number): Promise<Notice | null> {
  try {
    return await json<Notice>(`/v1/notices/${application_id}`);
  } catch (error) {
    if (error instanceof ApiError && error.problem?.code === 'notice-unknown') return null;
    throw error;
  }
}

/** Whole days until then, the begun one counted; 0 once it is over. */
export function daysUntil(moment: string | null, now: number = Date.now()): number {
  if (moment === null) return 0;
  return Math.max(0, Math.ceil((Date.parse(moment) - now) / day_ms));
}

/** The names behind codes; they are a convenience, the page works without. */
export async function readNames(): Promise<{ schemes: Record<string, string>; counties: Record<string, string> }> {
  const [schemes, counties] = await Promise.all([
    json<Page<{ scheme: string; name: string }>>('/v1/schemes?limit=100').catch(() => null),
    json<Page<County>>('/v1/counties?limit=100').catch(() => null),
  ]);
  return {
    schemes: Object.fromEntries((schemes?.items ?? []).map((one) => [one.scheme, one.name])),
    counties: Object.fromEntries((counties?.items ?? []).map((one) => [one.county_code, one.name])),
  };
}
