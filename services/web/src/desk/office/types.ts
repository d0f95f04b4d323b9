/** What the certification service answers (proto/openapi/certification.yaml). */

import type { StoredFile } from '../uploads';

export const application_states = ['DRAFT', 'SUBMITTED', 'COUNTY_RECOMMENDED', 'UNDER_REVIEW', 'PUBLIC_NOTICE', 'CERTIFIED', 'REJECTED', 'WITHDRAWN'] as const;
export type ApplicationState = (typeof application_states)[number];
export type Action = 'SUBMIT' | 'RECOMMEND' | 'RETURN' | 'BEGIN_REVIEW' | 'PUBLISH_NOTICE' | 'CERTIFY' | 'REJECT' | 'WITHDRAW';

export const evidence_kinds = [
  'TEST_REPORT', 'FOOD_PRODUCTION_LICENCE', 'CONFORMITY_COMMITMENT', 'LINKAGE_CONTRACT', 'PRICE_COMPARISON', 'QUALITY_MARK', 'AGENCY_CONTRACT', 'PICTURE', 'OTHER',
] as const;
export type EvidenceKind = (typeof evidence_kinds)[number];

/** A paper of an application. */
export interface Evidence {
  kind: EvidenceKind;
  file_id: number;
  number: string | null;
  issued_on: string | null;
  valid_until: string | null;
  file: StoredFile | null;
}

/** What the papers show before a person has looked at them. */
export interface Check {
  check: string;
  stops: boolean;
  detail: string;
  evidence: number | null;
}

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
  required_evidence: EvidenceKind[];
  report_months_max: number;
  price_band_bp: number;
  base_required: boolean;
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
  households?: number | null;
  people?: number | null;
  evidence?: Evidence[] | null;
}

export interface Objection {
  objection_id: number;
  application_id: number;
  text: string;
  at: string;
  answer: string | null;
  answered_at: string | null;
  paper_count: number;
  /** For who may answer it, and auditors. */
  papers: StoredFile[];
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
  /** It was sent back (已退回补正) and its house is to supply something; `returned_at` says since when. */
  returned: boolean;
  returned_at: string | null;
  version: number;
  statement: string;
  linkage: string;
  /** How many households its contracts cover; null: it does not say. */
  households?: number | null;
  people?: number | null;
  evidence: Evidence[];
  checks: Check[];
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
  households?: number | null;
  people?: number | null;
  history?: StateChange[];
}

export interface StateChange {
  state: CertificationState;
  reason: string;
  at: string;
  /** Null: nobody but the time. Absent for who is not told. */
  by_account?: number | null;
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

/** With what it is about, as lists have it. */
export interface ListedProposal extends Proposal {
  product_id: number;
  product_name: string | null;
  county_code: string | null;
  scheme: string;
  year: number;
  certificate_number: string;
}

/** What waits for an office today; the most urgent first. */
export interface Due {
  total: number;
  counts: { why: string; count: number }[];
  first: (Pick<Application, 'application_id' | 'scheme' | 'year' | 'product_id' | 'product_name' | 'county_code' | 'state' | 'notice_until'> & { why: string })[];
  on_notice: number;
  proposals: number;
}
