/** The people of a house: links that open something once, and who may do what. */

import { json } from '../../shared/api';

/** The token stands behind the `#`: no server and no log sees it. */
export const invitationLink = (origin: string, token: string): string => `${origin}/desk/invitation#t=${encodeURIComponent(token)}`;
export const resetLink = (origin: string, token: string): string => `${origin}/desk/reset#t=${encodeURIComponent(token)}`;
export const tokenInHash = (hash: string): string => new URLSearchParams(hash.replace(/^#/, '')).get('t') ?? '';

/** "GEZDGNBVGY3TQOJQ" → "GEZD GNBV GY3T QOJQ", as people read it to one another. */
export const inGroups = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ');

export interface Enrolment {
  secret: string;
  otpauth_uri: string;
  recovery_codes: string[];
}
interface Known {
  login: string;
  password: string;
  code?: string;
}
export const enrol = (body: Known): Promise<Enrolment> => json('/v1/auth/second-factor', { method: 'POST', body });
export const confirmFactor = (body: Known): Promise<void> => json('/v1/auth/second-factor/confirmation', { method: 'POST', body });
export const removeFactor = (body: Known): Promise<void> => json('/v1/auth/second-factor/removal', { method: 'POST', body });

export interface Preview {
  organisation_name: string;
  role: string;
  position?: 'OWNER' | 'CLERK' | 'FINANCE';
  expires_at: string;
}
export const previewInvitation = (token: string): Promise<Preview> => json('/v1/invitations/previews', { method: 'POST', body: { token } });
export const acceptInvitation = (body: { token: string; login: string; name: string; password: string }): Promise<{ login: string; awaits_administrator?: boolean }> => json('/v1/invitations/acceptances', { method: 'POST', body });
export const resetPassword = (token: string, new_password: string): Promise<void> => json('/v1/auth/password-resets', { method: 'POST', body: { token, new_password } });
