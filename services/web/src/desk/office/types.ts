/** What the certification service answers (proto/openapi/certification.yaml). */

export const application_states = ['DRAFT', 'SUBMITTED', 'COUNTY_RECOMMENDED', 'UNDER_REVIEW', 'PUBLIC_NOTICE', 'CERTIFIED', 'REJECTED', 'WITHDRAWN'] as const;
export type ApplicationState = (typeof application_states)[number];
export type Action = 'SUBMIT' | 'RECOMMEND' | 'RETURN' | 'BEGIN_REVIEW' | 'PUBLISH_NOTICE' | 'CERTIFY' | 'REJECT' | 'WITHDRAW';

export interface Scheme {
  scheme: string;
  version: number;
  name: string;
  offices: string[];
  district_code: string | null;
  counties: string[];
  term_unit: 'CALENDAR_YEARS' | 'MONTHS';
  term: number;
  notice_days: number;
  recommendations: number;
  by_application: boolean;
}

export interface Batch {
  batch_id: number;
  scheme: string;
  scheme_version: number;
  year: number;
  applications_from: string;
  applications_until: string;
  valid_from: string;
  valid_to: string;
}

export interface Step {
  action: Action;
  state: ApplicationState;
  reason: string;
  at: string;
  by_account: number;
  organisation_id: number | null;
  statement: string | null;
  linkage: string | null;
}

export interface Objection {
  objection_id: number;
  application_id: number;
  text: string;
  at: string;
  answer: string | null;
  answered_at: string | null;
}

export interface Application {
  application_id: number;
  batch_id: number;
  scheme: string;
  year: number;
  product_id: number;
  product_name: string | null;
  county_code: string | null;
  state: ApplicationState;
  notice_until: string | null;
  version: number;
  statement: string;
  linkage: string;
  product_changed: boolean;
  certification_id: number | null;
  renews: number | null;
  steps: Step[];
  objections: Objection[];
}

export type CertificationState = 'CERTIFIED' | 'SUSPENDED' | 'REVOKED' | 'WITHDRAWN';

export interface CertificationRecord {
  certification_id: number;
  scheme: string;
  year: number;
  authority: string;
  number: string;
  valid_from: string;
  valid_to: string;
  state: CertificationState;
  valid_now: boolean;
  product_id: number;
  product_name: string | null;
  county_code: string | null;
  state_since: string;
  reason: string;
  history?: { state: CertificationState; reason: string; at: string }[];
}

export interface Proposal {
  proposal_id: number;
  certification_id: number;
  state: 'SUSPENDED' | 'REVOKED' | 'WITHDRAWN';
  reason: string;
  at: string;
  by_account: number;
  organisation_id: number;
  outcome: 'WAITING' | 'AGREED' | 'REFUSED' | 'OVERTAKEN';
  answer: string | null;
  answered_at: string | null;
  answered_by: number | null;
}
