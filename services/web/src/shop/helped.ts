/** Whom goods help, as far as a certification says so: households that contracts cover. */

import type { Certification } from './types';

/** What that certification says; null where it says nothing, or does not hold now. Never added up: two goods may help the same households. */
export function helpedBy(certification: Pick<Certification, 'valid_now' | 'households' | 'people'> | null): { households: number; people: number | null } | null {
  const { valid_now, households, people } = certification ?? {};
  if (!valid_now || typeof households !== 'number' || households < 1) return null;
  return { households, people: typeof people === 'number' ? people : null };
}

/** The numbers of the contracts among those papers; null where there is none. */
export function contractsOf(evidence: readonly { kind: string; number: string | null }[]): string[] | null {
  const contracts = evidence.filter((paper) => paper.kind === 'LINKAGE_CONTRACT');
  return contracts.length === 0 ? null : contracts.map((paper) => paper.number ?? '').filter(Boolean);
}
