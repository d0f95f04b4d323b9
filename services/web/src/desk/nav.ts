/** Which parts of the desk somebody needs for their work, in the order of the day. What they may do, the services decide. */

import type { IconName } from './parts/Icon.vue';
import type { DeskPage } from './pages';

export interface Way {
  to: DeskPage | 'audit';
  icon: IconName;
  roles: readonly string[];
}

export const ways: readonly Way[] = [
  { to: 'home', icon: 'home', roles: ['merchant', 'certifier', 'operator', 'admin'] },
  { to: 'audit', icon: 'chart', roles: ['auditor'] },
  { to: 'products', icon: 'bag', roles: ['merchant', 'operator'] },
  { to: 'applications', icon: 'inbox', roles: ['merchant', 'certifier', 'operator', 'auditor'] },
  { to: 'lots', icon: 'layers', roles: ['merchant', 'operator'] },
  { to: 'stock', icon: 'box', roles: ['merchant', 'operator'] },
  { to: 'orders', icon: 'receipt', roles: ['merchant', 'operator', 'auditor'] },
  { to: 'sales', icon: 'chart', roles: ['merchant', 'finance', 'operator', 'auditor'] },
  { to: 'bases', icon: 'leaf', roles: ['merchant', 'operator'] },
  { to: 'certifications', icon: 'badge', roles: ['certifier', 'auditor'] },
  { to: 'year', icon: 'chart', roles: ['certifier', 'operator', 'auditor'] },
  { to: 'ending', icon: 'clock', roles: ['merchant', 'certifier', 'auditor', 'operator'] },
  { to: 'editions', icon: 'globe', roles: ['certifier', 'auditor', 'operator'] },
  { to: 'proposals', icon: 'people', roles: ['certifier', 'auditor'] },
  { to: 'schemes', icon: 'book', roles: ['certifier', 'auditor'] },
  { to: 'team', icon: 'people', roles: ['owner', 'merchant', 'finance', 'certifier', 'auditor'] },
  { to: 'onboardings', icon: 'people', roles: ['operator'] },
  { to: 'merchants', icon: 'store', roles: ['operator'] },
  { to: 'placements', icon: 'code', roles: ['operator'] },
  { to: 'organisations', icon: 'building', roles: ['operator', 'admin'] },
  { to: 'accounts', icon: 'key', roles: ['admin'] },
  { to: 'status', icon: 'pulse', roles: ['operator', 'admin'] },
];

export function waysOf(roles: readonly string[]): Way[] {
  return ways.filter((way) => way.roles.some((role) => roles.includes(role)));
}

/** What a telephone has at its bottom; the rest is behind «more». */
export const at_thumb_max = 4;

/** The part of the desk that a page belongs to, to say in the bar where one is. */
export function wayOf(page: string): string {
  if (['level', 'lines', 'entry'].includes(page)) return 'audit';
  const of_parts: Record<string, string> = {
    new_application: 'applications', application: 'applications', certification: 'certifications', figures: 'applications', new_scheme: 'schemes', scheme: 'schemes',
    new_product: 'products', product: 'products', imports: 'products', bundles: 'products', new_bundle: 'products', bundle: 'products', new_base: 'bases', base: 'bases', new_lot: 'lots', lot: 'lots', new_merchant: 'merchants', hindered: 'merchants', onboarding: 'onboardings', edition: 'editions',
    order: 'orders', merchant: 'merchants', organisation: 'organisations', sheet: 'placements', placement: 'placements',
  };
  return of_parts[page] ?? page;
}
