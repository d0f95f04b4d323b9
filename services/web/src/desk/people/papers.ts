/** The papers of a house that applies: what is typed, what is wrong with it, what is sent. */

import type { Faults } from '../faults';
import type { MerchantKind, Onboarding } from './types';

export interface Papers {
  name: string;
  kind: MerchantKind;
  uscc: string;
  county_code: string;
  area_note: string;
  /** Empty: it is the credit code. */
  business_licence: string;
  business_licence_until: string;
  food_licence: string;
  food_licence_until: string;
  bank_reference: string;
  contact_name: string;
  contact_phone: string;
  owner_name: string;
  login: string;
  /** Of a request whose outcome is unknown: it is repeated with the same key. Empty while nothing is under way. */
  request_key: string;
}

export const password_length_min = 12;
export const code_length = 18;

export function blankPapers(): Papers {
  return {
    name: '', kind: 'COOPERATIVE', uscc: '', county_code: '', area_note: '', business_licence: '', business_licence_until: '', food_licence: '',
    food_licence_until: '', bank_reference: '', contact_name: '', contact_phone: '', owner_name: '', login: '', request_key: '',
  };
}

/** What was handed in. Whom to call is never told again: where nothing is typed it stays. */
export function papersOf(one: Onboarding): Papers {
  return {
    ...blankPapers(), name: one.name, kind: one.kind, uscc: one.uscc, county_code: one.county_code, area_note: one.area_note ?? '',
    business_licence: one.business_licence === one.uscc ? '' : one.business_licence, business_licence_until: one.business_licence_until ?? '',
    food_licence: one.food_licence ?? '', food_licence_until: one.food_licence_until ?? '', bank_reference: one.bank_reference, login: one.login ?? '',
  };
}

/** As people read it from a licence: blanks between the groups, small letters. */
export const codeTyped = (text: string): string => text.replace(/\s/g, '').toUpperCase();

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

const kept_members = ['contact_name', 'contact_phone', 'owner_name'] as const;

export function bodyOf(papers: Papers, password: string): Record<string, unknown> {
  return {
    name: papers.name.trim(), kind: papers.kind, uscc: codeTyped(papers.uscc), county_code: papers.county_code.trim(), area_note: orNull(papers.area_note),
    business_licence: orNull(codeTyped(papers.business_licence)), business_licence_until: orNull(papers.business_licence_until),
    food_licence: orNull(codeTyped(papers.food_licence)), food_licence_until: orNull(papers.food_licence_until), bank_reference: papers.bank_reference.trim(),
    contact: { name: orNull(papers.contact_name), phone: orNull(papers.contact_phone) },
    owner: { name: orNull(papers.owner_name), login: papers.login.trim(), ...(password !== '' && { password }) },
  };
}

export type AreaStanding = 'same' | 'prefecture' | 'elsewhere' | 'unknown';

/** How the area in a credit code lies to the county; a distributor may be registered anywhere. */
export function areaStanding(area: string | undefined, papers: Pick<Papers, 'county_code' | 'kind'>): AreaStanding {
  if (!area || papers.county_code === '' || papers.kind === 'DISTRIBUTOR') return 'unknown';
  if (area === papers.county_code) return 'same';
  return area.endsWith('00') && area.slice(0, 4) === papers.county_code.slice(0, 4) ? 'prefecture' : 'elsewhere';
}

/** Where each member is, as the services point to it. */
export const places = {
  name: '/name', uscc: '/uscc', county_code: '/county_code', bank_reference: '/bank_reference', contact_name: '/contact/name', contact_phone: '/contact/phone',
  owner_name: '/owner/name', login: '/owner/login',
} as const;

/** What can be seen without asking anybody; `say` has the words. A correction leaves out what stays. */
export function faultsOf(papers: Papers, password: string | null, correcting: boolean, say: (what: 'missing' | 'code' | 'password' | 'licence_until' | 'licence' | 'login') => string): Faults {
  const faults: Faults = {};
  for (const member of Object.keys(places) as (keyof typeof places)[]) {
    const stays = correcting && (kept_members as readonly string[]).includes(member);
    if (papers[member].trim() === '' && !stays) faults[places[member]] = say('missing');
  }
  const code = codeTyped(papers.uscc);
  if (code !== '' && code.length !== code_length) faults['/uscc'] = say('code');
  if (papers.food_licence.trim() !== '' && papers.food_licence_until === '') faults['/food_licence_until'] = say('licence_until');
  if (papers.food_licence.trim() === '' && papers.food_licence_until !== '') faults['/food_licence'] = say('licence');
  if (papers.login.trim() !== '' && !/^[A-Za-z0-9][A-Za-z0-9._@-]{2,63}$/.test(papers.login.trim())) faults['/owner/login'] = say('login');
  if (password !== null && [...password].length < password_length_min) faults['/owner/password'] = say('password');
  return faults;
}

/** A refusal of the whole that is about one field. */
export const field_of_refusal: Readonly<Record<string, string>> = { 'organisation-exists': '/uscc' };

/** The key stands behind the `#`: no server and no log sees it. */
export const applicationLink = (origin: string, id: number, key: string): string => `${origin}/desk/join/${id}#k=${encodeURIComponent(key)}`;
export function keyInHash(hash: string): string {
  return new URLSearchParams(hash.replace(/^#/, '')).get('k') ?? '';
}
