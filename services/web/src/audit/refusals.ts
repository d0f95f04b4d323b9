import type { AuditKey } from './texts';

/** What each refusal means at the desk, by its problem code; held against proto/openapi by a test. */
export const refusals = {
  'login-failed': 'login.wrong',
  'refresh-invalid': 'error.session_over',
  'refresh-reused': 'error.session_over',
  'token-missing': 'error.session_over',
  'token-invalid': 'error.session_over',
  'token-expired': 'error.session_over',
  'token-revoked': 'error.session_over',
  'password-change-required': 'login.change_password',
  'password-changed': 'login.changed_elsewhere',
  'role-missing': 'error.forbidden',
  'entry-unknown': 'error.not_found',
  'invalid-cursor': 'error.invalid',
  'malformed-path': 'error.not_found',
  'malformed-query': 'error.invalid',
  'validation-failed': 'error.invalid',
  'recomputation-running': 'side.recomputing',
  'revocations-unknown': 'error.busy',
  'body-too-large': 'error.invalid',
  'malformed-json': 'error.page_outdated',
  'unsupported-media-type': 'error.page_outdated',
  'quota-exceeded': 'error.too_many',
  'login-rate-limited': 'error.too_many',
  'database-busy': 'error.busy',
  'database-unavailable': 'error.busy',
  overloaded: 'error.busy',
} as const satisfies Record<string, AuditKey>;

/** The operations of proto/openapi that the desk calls. */
export const operations = [
  'logIn', 'changePassword', 'refreshSession', 'logOut', 'listAuditMonths', 'getMonthReport', 'getCountyMonth', 'getMerchantMonth',
  'getProductMonth', 'listLotLines', 'recomputeMonth', 'getEntry', 'getInclusionProof', 'getLogKey',
] as const;

/** By its code, else by its status; null when there are no words for it. */
export function refusalKey(code: string, status: number): AuditKey | null {
  const known = (refusals as Record<string, AuditKey | undefined>)[code];
  if (known) return known;
  if (status === 401) return 'error.session_over';
  if (status === 403) return 'error.forbidden';
  if (status === 404) return 'error.not_found';
  if (status === 429) return 'error.too_many';
  return [502, 503, 504].includes(status) ? 'error.busy' : null;
}
