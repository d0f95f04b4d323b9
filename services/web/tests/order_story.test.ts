import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { reasons, storyOf, unsettled } from '../src/shop/order_story';
import type { Order } from '../src/shop/types';

const now = Date.parse('2026-11-24T03:00:00Z');

function order(over: Partial<Order>): Order {
  return {
    order_number: 'SH1', state: 'CREATED', total_fen: 2560, created_at: '2026-11-24T02:55:00Z', expires_at: '2026-11-24T03:10:00Z', lines: [], ...over,
  };
}
const attempts = (...states: string[]) => states.map((state, i) => ({ attempt_number: String(i), provider: 'sandbox', pay_url: '', amount_fen: 2560, state }));
const refund = (state: string, reason: string) => ({ amount_fen: 2560, reason, state });

describe('an open order', () => {
  it('waits for a result only while a payment is open', () => {
    expect(storyOf(order({ payments: [] }), now)).toMatchObject({ expecting: false, may_pay: true, text: 'order.CREATED_text' });
    expect(storyOf(order({ payments: attempts('FAILED', 'PENDING') }), now)).toMatchObject({ expecting: true, may_pay: true });
  });
  it('says that the payment was declined, and how long it can be repeated', () => {
    expect(storyOf(order({ payments: attempts('FAILED') }), now)).toMatchObject({ word: 'order.DECLINED', expecting: false, may_pay: true });
  });
  it('cannot be paid when its time is over', () => {
    expect(storyOf(order({}), now + 600_000)).toMatchObject({ text: 'order.OVERDUE_text', may_pay: false });
  });
});

describe('a closed order', () => {
  it('promises goods only when it is paid and stays paid', () => {
    expect(storyOf(order({ state: 'PAID' }), now).text).toBe('order.PAID_text');
    const blocked = storyOf(order({ state: 'CANCELLED', close_reason: 'lot-blocked', refunds: [refund('PENDING', 'lot-blocked')] }), now);
    expect(storyOf(order({ state: 'PAID', close_reason: 'lot-blocked', refunds: blocked.refunds }), now).text).toBe('order.closed_text');
    expect(storyOf(order({ state: 'EXPIRED', close_reason: 'lot-blocked' }), now).text).toBe('order.closed_unpaid');
    expect(blocked).toMatchObject({ text: 'order.closed_text', reason: 'order.reason_lot_blocked', may_pay: false });
  });
  it('never says that nothing was charged when money goes back', () => {
    const late = order({ state: 'EXPIRED', refunds: [refund('PENDING', 'paid-after-expiry')] });
    expect(storyOf(late, now)).toMatchObject({ text: 'order.closed_text', reason: 'order.reason_late' });
    expect(storyOf(order({ state: 'EXPIRED' }), now).text).toBe('order.EXPIRED_text');
  });
  it.each([...Object.keys(reasons), 'never-heard-of'])('has words for the reason %s', (reason) => {
    expect(storyOf(order({ state: 'EXPIRED', close_reason: reason }), now).reason).toMatch(/^order\.reason_/);
  });
  it('has words for every reason of proto/openapi', () => {
    const yaml = readFileSync(fileURLToPath(new URL('../../../proto/openapi/orders.yaml', import.meta.url)), 'utf8');
    const told = [/close_reason:\n[^]*?examples:/, /Refund:\n[^]*?state:/].flatMap((part) => [...part.exec(yaml)![0].matchAll(/`([a-z-]+)`/g)].map(([, name]) => name!));
    expect(told.length).toBeGreaterThan(7);
    expect([...new Set(told)].sort()).toEqual(Object.keys(reasons).sort());
  });
  it('is read again until the refund is done', () => {
    expect(unsettled(order({ state: 'EXPIRED', refunds: [refund('PENDING', 'x')] }))).toBe(true);
    expect(unsettled(order({ state: 'EXPIRED', refunds: [refund('SUCCESS', 'x')] }))).toBe(false);
    expect(unsettled(order({ state: 'SOMETHING_NEW' }))).toBe(false);
  });
});
