/** What an order brings to counties: what stands beside it. */

import type { Order } from './types';

/** Providers that move no money: the ledger marks such sales as samples. */
const without_money = ['sandbox', 'sample'];

/** Whether no money moved; an order of which no payment is known is not called one. */
export function isDemonstration(order: Order): boolean {
  const paid = (order.payments ?? []).filter((one) => one.state === 'SUCCESS');
  return paid.length > 0 && paid.every((one) => without_money.includes(one.provider));
}
