/** What a shopper is told about an order: made of its state, its payments and its refunds, never of hopes. */

import type { ShopKey } from './texts';
import type { Order, Refund } from './types';

export type Mood = 'waiting' | 'good' | 'over' | 'bad';

export interface Story {
  /** The word in large letters. */
  word: ShopKey;
  text: ShopKey;
  mood: Mood;
  /** Why it was closed, or why money goes back. */
  reason: ShopKey | null;
  reason_code: string;
  /** A result of a payment is still to come. */
  expecting: boolean;
  /** Its goods are held for it and no money has come: it may be paid, or cancelled. */
  may_pay: boolean;
  refunds: Refund[];
}

/** The reasons that the orders service gives (`close_reason`, `refunds[].reason`); an unknown one is shown by its name. */
export const reasons: Record<string, ShopKey> = {
  'lot-blocked': 'order.reason_lot_blocked',
  'lot-expired': 'order.reason_lot_expired',
  'expiry-unknown': 'order.reason_lot_expired',
  'merchant-inactive': 'order.reason_merchant',
  'certification-not-valid': 'order.reason_not_certified',
  'paid-twice': 'order.reason_twice',
  'paid-after-expiry': 'order.reason_late',
  'paid-after-cancellation': 'order.reason_cancelled',
  'other-amount': 'order.reason_amount',
  'not-applied': 'order.reason_not_applied',
};

const refund_texts: Record<string, ShopKey> = {
  PENDING: 'order.REFUND_PENDING',
  SUCCESS: 'order.REFUND_DONE',
  FAILED: 'order.REFUND_FAILED',
};

export function refundKey(refund: Refund): ShopKey {
  return refund_texts[refund.state] ?? 'order.REFUND_PENDING';
}

function open(order: Order, now: number): Pick<Story, 'word' | 'text' | 'mood' | 'expecting' | 'may_pay'> {
  const last = order.payments?.at(-1)?.state ?? '';
  const expecting = last === 'CREATED' || last === 'PENDING';
  if (order.expires_at !== null && Date.parse(order.expires_at) <= now) {
    return { word: 'order.CREATED', text: 'order.OVERDUE_text', mood: 'waiting', expecting, may_pay: false };
  }
  if (last === 'FAILED') return { word: 'order.DECLINED', text: 'order.DECLINED_text', mood: 'bad', expecting: false, may_pay: true };
  return { word: 'order.CREATED', text: 'order.CREATED_text', mood: 'waiting', expecting, may_pay: true };
}

function closed(order: Order, money_back: boolean): Pick<Story, 'word' | 'text' | 'mood'> {
  if (order.close_reason) return { word: 'order.CLOSED', text: money_back ? 'order.closed_text' : 'order.closed_unpaid', mood: 'over' };
  switch (order.state) {
    case 'PAID':
      return { word: 'order.PAID', text: 'order.PAID_text', mood: 'good' };
    case 'CANCELLED':
      return { word: 'order.CANCELLED', text: money_back ? 'order.closed_text' : 'order.CANCELLED_text', mood: 'over' };
    case 'EXPIRED':
      return { word: 'order.EXPIRED', text: money_back ? 'order.closed_text' : 'order.EXPIRED_text', mood: 'over' };
    case 'REFUNDED':
    case 'REFUNDING':
      return { word: 'order.REFUNDED', text: 'order.closed_text', mood: 'over' };
    default:
      return { word: 'order.other', text: 'order.other_text', mood: 'over' };
  }
}

/** Of what was paid, how much goes back. */
export function refundedFen(order: Order): number {
  return (order.refunds ?? []).reduce((sum, one) => sum + one.amount_fen, 0);
}

export function storyOf(order: Order, now: number): Story {
  const refunds = order.refunds ?? [];
  const reason_code = order.close_reason || refunds.at(-1)?.reason || '';
  const reason = reasons[reason_code] ?? (reason_code === '' ? null : 'order.reason_other');
  const told = { reason, reason_code, refunds };
  if (order.state === 'CREATED') return { ...open(order, now), ...told };
  return { ...closed(order, refunds.length > 0), expecting: false, may_pay: false, ...told };
}

/** Something may still change by itself: a payment that is open, a refund on its way. */
export function unsettled(order: Order): boolean {
  return order.state === 'CREATED' || (order.refunds ?? []).some((one) => one.state === 'PENDING');
}
