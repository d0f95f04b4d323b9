/** What may be done about one organisation, and what a correction changed. The services decide; the page offers nothing that they refuse. */

import type { Organisation } from '../types';
import type { OrganisationChange } from './types';

export const parts_of_organisation = ['name', 'uscc', 'county_code'] as const;
export type OrganisationPart = (typeof parts_of_organisation)[number];

export const partsChanged = ({ before, after }: OrganisationChange): OrganisationPart[] => parts_of_organisation.filter((part) => before[part] !== after[part]);

/** An operator corrects who sells; who decides, audits or runs the platform is an administrator's to correct. */
export const mayCorrect = (kind: Organisation['kind'], hasRole: (role: string) => boolean): boolean => hasRole('admin') || (kind === 'MERCHANT' && hasRole('operator'));

export interface PlaceOffered {
  role: 'merchant' | 'certifier' | 'auditor';
  position?: 'OWNER' | 'CLERK' | 'FINANCE';
}

/** What an administrator can invite somebody to be there; nobody is invited into the operator's house, whose accounts are opened. */
export function placesIn(kind: Organisation['kind']): PlaceOffered[] {
  if (kind === 'DISTRICT_OFFICE') return [{ role: 'certifier' }, { role: 'auditor' }];
  if (kind === 'AUDIT_OFFICE') return [{ role: 'auditor' }];
  return kind === 'MERCHANT' ? (['OWNER', 'CLERK', 'FINANCE'] as const).map((position) => ({ role: 'merchant', position })) : [];
}
