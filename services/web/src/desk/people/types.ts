/** What the services answer about houses that apply, their people and accounts (proto/openapi/identity.yaml). */

export const merchant_kinds = ['COOPERATIVE', 'COMPANY', 'FAMILY_FARM', 'ASSISTANCE_WORKSHOP', 'VILLAGE_COLLECTIVE', 'ASSOCIATION', 'DISTRIBUTOR'] as const;
export type MerchantKind = (typeof merchant_kinds)[number];
export const onboarding_states = ['SUBMITTED', 'VERIFIED_ONCE', 'RETURNED', 'VERIFIED', 'REJECTED', 'WITHDRAWN'] as const;
export type OnboardingState = (typeof onboarding_states)[number];
export type OnboardingAction = 'SUBMIT' | 'VERIFY' | 'RETURN' | 'REJECT' | 'WITHDRAW';
export const positions = ['OWNER', 'CLERK', 'FINANCE'] as const;
export type Position = (typeof positions)[number];

export interface OnboardingStep {
  action: OnboardingAction;
  state: OnboardingState;
  version: number;
  reason?: string;
  at: string;
  /** Told to the staff only. */
  by_account?: number;
}

export interface Onboarding {
  onboarding_id: number;
  state: OnboardingState;
  version: number;
  name: string;
  kind: MerchantKind;
  uscc: string;
  county_code: string;
  business_licence: string;
  business_licence_until?: string;
  food_licence?: string;
  food_licence_until?: string;
  bank_reference: string;
  area_note?: string;
  login?: string;
  organisation_id?: number;
  /** Other open applications with its code or name; told to the staff only. */
  rivals?: number;
  steps: OnboardingStep[];
}

export interface CreditCode {
  valid: boolean;
  code?: string;
  fault?: string;
  area_code?: string;
  county?: { county_code: string; name: string };
  registered?: boolean;
}

export interface Member {
  account_id: number;
  login: string;
  name: string;
  roles: string[];
  position?: Position;
  disabled?: boolean;
  second_factor?: boolean;
  second_factor_required?: boolean;
  /** Whose invitation opened it. */
  let_in_by?: number;
  /** Invited by a colleague: an administrator has yet to let them in. */
  awaits_administrator?: boolean;
}

export const key_scopes = ['certifications:read', 'certifications:write', 'goods:write', 'origin:read', 'origin:write', 'screens:read'] as const;
export type KeyScope = (typeof key_scopes)[number];
export interface ApiKey {
  api_key_id: number;
  name: string;
  prefix: string;
  scopes: KeyScope[];
  state: 'ACTIVE' | 'EXPIRED' | 'WITHDRAWN';
  made_at: string;
  made_by: number;
  expires_at: string;
  last_used_at?: string;
}

export interface Invitation {
  invitation_id: number;
  role: Member['roles'][number];
  /** In a merchant's house. */
  position?: Position;
  state: 'OPEN' | 'USED' | 'EXPIRED' | 'WITHDRAWN';
  made_at: string;
  expires_at: string;
  account_id?: number;
}
