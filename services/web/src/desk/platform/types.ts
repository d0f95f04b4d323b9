/** What the services answer to those who run the platform (proto/openapi/identity.yaml, channel.yaml, platform.yaml). */

export const roles = ['merchant', 'certifier', 'operator', 'auditor', 'admin'] as const;
export const organisation_kinds = ['MERCHANT', 'DISTRICT_OFFICE', 'OPERATOR', 'AUDIT_OFFICE'] as const;
export const merchant_kinds = ['COOPERATIVE', 'COMPANY', 'FAMILY_FARM', 'ASSISTANCE_WORKSHOP', 'VILLAGE_COLLECTIVE', 'ASSOCIATION', 'DISTRIBUTOR'] as const;
export const channels = [
  'METRO_QR', 'PACKAGE', 'EXHIBITION_CENTER', 'EVENT', 'LIVESTREAM', 'RADIO', 'STORE', 'WHOLESALE', 'INST_GOV', 'SUPERMARKET', 'INST_CANTEEN', 'INST_CAMPUS',
  'COMMUNITY', 'ENTERPRISE', 'ONLINE',
] as const;

export interface Account {
  account_id: number;
  login: string;
  name: string;
  roles: string[];
  organisation_id?: number;
  disabled?: boolean;
  password_temporary?: boolean;
  /** Invited into an office by a colleague: an administrator has yet to let them in. */
  awaits_administrator?: boolean;
}

interface OrganisationFacts {
  name: string;
  uscc?: string;
  county_code?: string;
}
export interface OrganisationChange {
  change_id: number;
  at: string;
  by_account: number;
  reason: string;
  before: OrganisationFacts;
  after: OrganisationFacts;
}

export interface Campaign {
  campaign_id: number;
  name: string;
  organiser: string;
  district_code: string | null;
  from: string;
  to: string;
  programme_tag: string | null;
}

export interface PlaylistItem {
  product_id: number;
  from: string;
  to: string;
  seconds: number;
}

export interface Placement {
  placement_id: number;
  campaign_id: number;
  name: string;
  channel: string;
  token: string;
  url: string;
  playlist?: PlaylistItem[];
}

/** A house that was verified and is no merchant; without a hindrance nobody has tried yet. */
export interface HinderedHouse {
  organisation_id: number;
  name: string;
  uscc: string;
  county_code: string;
  hindrance?: 'COUNTY_UNKNOWN' | 'CODE_TAKEN' | 'NAME_TAKEN' | 'PAPERS_DIFFER';
}

export interface Readiness {
  status: 'ready' | 'degraded' | 'unready' | 'draining';
  checks: { name: string; good: boolean; detail: string }[];
}
