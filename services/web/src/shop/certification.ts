import type { Certification, Product } from './types';

export type Standing = 'valid' | 'suspended' | 'revoked' | 'withdrawn' | 'expired' | 'upcoming' | 'none';

export interface Shown {
  standing: Standing;
  certification: Certification | null;
}

function standingOf(certification: Certification, today: string): Standing {
  if (certification.valid_now) return 'valid';
  if (certification.state === 'SUSPENDED') return 'suspended';
  if (certification.state === 'REVOKED') return 'revoked';
  if (certification.state === 'WITHDRAWN') return 'withdrawn';
  return certification.valid_from.slice(0, 10) > today ? 'upcoming' : 'expired';
}

/** The certification that tells most about whether a product may be sold: a valid one, else the latest. */
export function shownCertification(certifications: Certification[], today: string): Shown {
  const latest_first = [...certifications].sort((a, b) => b.valid_to.localeCompare(a.valid_to));
  const certification = latest_first.find((one) => one.valid_now) ?? latest_first[0] ?? null;
  return { certification, standing: certification ? standingOf(certification, today) : 'none' };
}

/** Only certified, listed, saleable products are sold (the services check again). */
export function orderable(product: Product): boolean {
  return product.certified_now && product.listed && product.saleable && product.skus.length > 0;
}
