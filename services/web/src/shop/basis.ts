import { json } from '../shared/api';
import type { Certification, CertificationState, Page } from './types';

/** What a certification was decided on (GET /v1/certifications/{certification_id}). */
export interface Basis {
  application_id: number;
  statement: string;
  linkage: string;
  evidence_sha256: string;
  evidence: { kind: string; number: string | null; issued_on: string | null; valid_until: string | null; sha256: string }[];
}
export interface Decided extends Certification {
  history: { state: CertificationState; reason: string; at: string }[];
  /** Null: it was entered without an application. */
  basis: Basis | null;
}

export const readDecided = (id: number): Promise<Decided> => json<Decided>(`/v1/certifications/${id}`);

/** The moment that stands for a day: its noon in Shanghai, or now, if that is still to come. */
export function momentOf(day: string, now: Date): string {
  const noon = new Date(`${day}T12:00:00+08:00`);
  return (noon > now ? now : noon).toISOString();
}

/** The product's certifications as they were then. */
export async function certifiedThen(product_id: number, moment: string): Promise<Certification[]> {
  const { items } = await json<Page<Certification>>(`/v1/certifications?product_id=${product_id}&at=${encodeURIComponent(moment)}&limit=100`);
  return items.filter((one) => one.valid_now);
}
