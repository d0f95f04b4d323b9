import { json } from '../shared/api';
import { shanghaiDay } from '../shared/moments';
import type { Certification, CertificationState, Page } from './types';

/** What a certification was decided on (GET /v1/certifications/{certification_id}). */
export interface Basis {
  application_id: number;
  statement: string;
  linkage: string;
  households?: number | null;
  people?: number | null;
  evidence_sha256: string;
  evidence: { kind: string; number: string | null; issued_on: string | null; valid_until: string | null; sha256: string }[];
}
export interface Decided extends Certification {
  history: { state: CertificationState; reason: string; at: string }[];
  /** Null: it was entered without an application. */
  basis: Basis | null;
}

export const readDecided = (id: number): Promise<Decided> => json<Decided>(`/v1/certifications/${id}`);

/** Before the first schemes there was nothing to ask about; whoever types a year digit by digit passes through such days. */
export const first_day = '2016-01-01';

/** The moment that stands for a day: its noon in Shanghai, of today now at the latest. Null for a day that is no answer's: still to come, or long before. */
export function momentOf(day: string, now: Date): string | null {
  const today = shanghaiDay(now.toISOString());
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || day < first_day || day > today) return null;
  const noon = new Date(`${day}T12:00:00+08:00`);
  return (noon > now ? now : noon).toISOString();
}

/** The product's certifications as they were then. */
export async function certifiedThen(product_id: number, moment: string): Promise<Certification[]> {
  const { items } = await json<Page<Certification>>(`/v1/certifications?product_id=${product_id}&at=${encodeURIComponent(moment)}&limit=100`);
  return items.filter((one) => one.valid_now);
}
