/** What an organisation is told (proto/openapi/messages.yaml): where each message leads, how it looks, by which days it stands. */

import type { RouteLocationRaw } from 'vue-router';
import { shanghaiDay } from '../../shared/moments';
import { authorised } from '../session';
import type { Unread } from './unread';

/** In the order in which a filter offers them. */
export const kinds = [
  'APPLICATION_TO_RECOMMEND', 'APPLICATION_TO_REVIEW', 'OBJECTION_TO_ANSWER',
  'PROPOSAL_TO_ANSWER', 'PROPOSAL_AGREED', 'PROPOSAL_REFUSED', 'PROPOSAL_TAKEN_BACK', 'PROPOSAL_OVERTAKEN',
  'HOUSE_TO_VERIFY', 'HOUSE_TO_VERIFY_SECOND',
  'APPLICATION_RETURNED', 'APPLICATION_RECOMMENDED', 'NOTICE_PUBLISHED', 'APPLICATION_REJECTED',
  'CERTIFIED', 'CERTIFICATION_SUSPENDED', 'CERTIFICATION_REINSTATED', 'CERTIFICATION_REVOKED', 'CERTIFICATION_WITHDRAWN',
  'CERTIFICATION_ENDS_60', 'CERTIFICATION_ENDS_30', 'CERTIFICATION_ENDS_14', 'EDITION_PUBLISHED', 'LOT_BLOCKED',
  'MERCHANT_VERIFIED', 'MERCHANT_STOPPED', 'MERCHANT_RESUMED',
] as const;
export type Kind = (typeof kinds)[number];

export interface Message {
  message_id: number;
  /** One that the page does not know is of a platform that is newer. */
  kind: Kind | (string & {});
  at: string;
  due_on: string | null;
  unread: boolean;
  /** What it asks for has been done meanwhile. */
  settled: boolean;
  application_id: number | null;
  product_id: number | null;
  product_name: string | null;
  certification_id: number | null;
  edition_id: number | null;
  proposal_id: number | null;
  onboarding_id: number | null;
  /** What the certification was to become. */
  proposed: string | null;
  scheme: string | null;
  year: number | null;
  lot_id: number | null;
  lot_code: string | null;
  merchant_id: number | null;
  merchant_name: string | null;
  reason: string;
}

/** Which kinds somebody may get: offices and the operator what waits for them, houses what is theirs. */
export const kindsFor = (roles: readonly string[]): Kind[] => {
  const offices = roles.includes('certifier');
  const houses = roles.includes('merchant') || roles.includes('operator');
  return kinds.filter((kind) => {
    if (kind.startsWith('HOUSE_TO_')) return roles.includes('operator');
    return /^(APPLICATION_TO|OBJECTION|PROPOSAL)_/.test(kind) ? offices : houses;
  });
};

export interface Place {
  to?: RouteLocationRaw;
  /** A page of the shop. */
  href?: string;
}

/** Where one acts, or sees more; nothing where there is no such page for whoever has these roles. */
export function placeOf(one: Message, roles: readonly string[]): Place {
  if (one.application_id !== null) return { to: { name: 'application', params: { application_id: one.application_id } } };
  if (one.onboarding_id !== null) return { to: { name: 'onboarding', params: { onboarding_id: one.onboarding_id } } };
  if (one.kind === 'PROPOSAL_TO_ANSWER' && !one.settled) return { to: { name: 'proposals' } };
  if (one.proposal_id !== null && one.certification_id !== null) return { to: { name: 'certification', params: { certification_id: one.certification_id } } };
  if (one.edition_id !== null) return { href: `/editions/${one.edition_id}` };
  if (one.lot_id !== null) return { to: { name: 'lot', params: { lot_id: one.lot_id } } };
  if (one.kind.startsWith('CERTIFICATION_ENDS_')) return { to: { name: 'ending' } };
  if (one.product_id !== null) return { to: { name: 'product', params: { product_id: one.product_id } } };
  if (one.merchant_id !== null && roles.includes('operator')) return { to: { name: 'merchant', params: { merchant_id: one.merchant_id } } };
  return one.kind === 'MERCHANT_VERIFIED' ? { to: { name: 'products' } } : {};
}

const bad = ['APPLICATION_REJECTED', 'CERTIFICATION_SUSPENDED', 'CERTIFICATION_REVOKED', 'CERTIFICATION_WITHDRAWN', 'CERTIFICATION_ENDS_14', 'LOT_BLOCKED', 'MERCHANT_STOPPED'];
const warn = ['APPLICATION_TO_RECOMMEND', 'APPLICATION_TO_REVIEW', 'APPLICATION_RETURNED', 'OBJECTION_TO_ANSWER', 'PROPOSAL_TO_ANSWER', 'HOUSE_TO_VERIFY', 'HOUSE_TO_VERIFY_SECOND', 'CERTIFICATION_ENDS_60', 'CERTIFICATION_ENDS_30'];
const good = ['CERTIFIED', 'CERTIFICATION_REINSTATED', 'MERCHANT_VERIFIED', 'MERCHANT_RESUMED', 'APPLICATION_RECOMMENDED'];

/** Of the badge beside it. */
export function toneOf(kind: string): 'bad' | 'warn' | 'good' | 'info' {
  if (bad.includes(kind)) return 'bad';
  if (warn.includes(kind)) return 'warn';
  return good.includes(kind) ? 'good' : 'info';
}

export interface Day {
  day: string;
  messages: Message[];
}

/** By the day in Shanghai on which it happened, in the order in which they came: one that was told late joins its day. */
export function byDay(messages: readonly Message[]): Day[] {
  const days = new Map<string, Message[]>();
  for (const one of messages) {
    const day = shanghaiDay(one.at);
    days.set(day, [...(days.get(day) ?? []), one]);
  }
  return [...days].map(([day, of_day]) => ({ day, messages: of_day }));
}

/** What the sentences of a message are filled with. */
export const namesOf = (one: Message): Record<string, unknown> => ({
  product: one.product_name ?? (one.product_id === null ? '' : `#${one.product_id}`),
  lot: one.lot_code ?? '',
  merchant: one.merchant_name ?? '',
  year: one.year ?? '',
});

export const markRead = (through: number): Promise<Unread> =>
  authorised<Unread>('/v1/messages/read', { method: 'POST', body: { through } });
