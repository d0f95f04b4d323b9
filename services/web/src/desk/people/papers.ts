/** The papers of a house that applies: what is typed, what is wrong with it, what is sent. */

import type { Faults } from '../faults';
import { areaFault, bankReference, businessLicence, countyCode, creditCode, foodLicence, licenceEnd, login, password as passwordRule, telephone, type Rule } from '../rules';
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

/** What the service says where something is missing. */
export const missing = 'is missing';

/** What the services would say of what was filled in, by their pointers and in their words (rules.ts); nothing of what is empty. */
export function seenIn(papers: Papers, password: string | null, now: Date = new Date()): Faults {
  const faults: Faults = {};
  const judge = (place: string, value: string, rule: Rule): void => {
    const detail = value === '' ? null : rule(value);
    if (detail !== null) faults[place] = detail;
  };
  const end: Rule = (day) => licenceEnd(day, now);
  const code = codeTyped(papers.uscc);
  const licence = codeTyped(papers.food_licence);
  judge('/uscc', code, creditCode);
  judge('/county_code', papers.county_code.trim(), countyCode);
  judge('/business_licence', codeTyped(papers.business_licence), businessLicence);
  judge('/business_licence_until', papers.business_licence_until, end);
  judge('/food_licence', licence, foodLicence);
  judge('/food_licence_until', papers.food_licence_until, end);
  judge('/bank_reference', papers.bank_reference.trim(), bankReference);
  judge('/contact/phone', papers.contact_phone.trim(), telephone);
  judge('/owner/login', papers.login.trim(), login);
  judge('/owner/password', password ?? '', passwordRule);
  const lone = licence === '' ? '/food_licence' : '/food_licence_until';
  if ((licence === '') !== (papers.food_licence_until === '')) faults[lone] ??= 'goes with a food licence, and a food licence with it';
  if (papers.kind === 'DISTRIBUTOR' || papers.county_code.trim() === '' || '/county_code' in faults) return faults;
  const of_area = (place: string, area: string): void => {
    const detail = place in faults ? null : areaFault(area, papers.county_code.trim(), papers.area_note.trim() !== '');
    if (detail !== null) faults[place] = detail;
  };
  if (code !== '') of_area('/uscc', code.slice(2, 8));
  if (licence !== '') of_area('/food_licence', licence.slice(5, 11));
  return faults;
}

/** All that would be refused if it were sent now. A correction leaves out what stays; `password` is null where none is needed. */
export function faultsOf(papers: Papers, password: string | null, correcting: boolean, now: Date = new Date()): Faults {
  const faults = seenIn(papers, password, now);
  for (const member of Object.keys(places) as (keyof typeof places)[]) {
    const stays = correcting && (kept_members as readonly string[]).includes(member);
    if (papers[member].trim() === '' && !stays) faults[places[member]] = missing;
  }
  if (password === '') faults['/owner/password'] = missing;
  return faults;
}

/** A refusal of the whole that is about one field. */
export const field_of_refusal: Readonly<Record<string, string>> = { 'organisation-exists': '/uscc' };

/** The key stands behind the `#`: no server and no log sees it. */
export const applicationLink = (origin: string, id: number, key: string): string => `${origin}/desk/join/${id}#k=${encodeURIComponent(key)}`;
export function keyInHash(hash: string): string {
  return new URLSearchParams(hash.replace(/^#/, '')).get('k') ?? '';
}
