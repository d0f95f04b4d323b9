/** From the form to an order and its payment, and from what the services refuse to the field at fault. */

import { ApiError, json } from '../shared/api';
import { draftKey, forgetDraft } from './kept';
import type { ShopKey } from './texts';
import type { Order, OrderRequest, PaymentAttempt } from './types';

export type FieldName = 'name' | 'phone' | 'address' | 'quantity' | 'confirmation';

export interface FieldFault {
  field: FieldName;
  key: ShopKey;
}

const fault_keys: Record<FieldName, ShopKey> = {
  name: 'error.name',
  phone: 'error.phone',
  address: 'error.address',
  quantity: 'error.quantity',
  confirmation: 'error.confirmation',
};

const pointers: [RegExp, FieldName][] = [
  [/^\/receiver\/name$/, 'name'],
  [/^\/receiver\/phone$/, 'phone'],
  [/^\/receiver\/(address|region_code)$/, 'address'],
  [/^\/lines\/\d+\/quantity$/, 'quantity'],
  [/^\/confirmed_no_return$/, 'confirmation'],
];

/** A mobile or landline number of mainland China, as the orders service reads it. */
export function isPhone(text: string): boolean {
  return /^(1[3-9]\d{9}|0[1-9]\d{8,10})$/.test(text.replace(/^\+86/, '').replace(/[ -]/g, ''));
}

/** What can be told without asking: the services check again. */
export function faultsOf(request: OrderRequest, quantity_max: number, needs_confirmation: boolean): FieldFault[] {
  const faults: FieldName[] = [];
  const quantity = request.lines[0]?.quantity ?? 0;
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > quantity_max) faults.push('quantity');
  const name_length = [...request.receiver.name].length;
  if (name_length < 1 || name_length > 50) faults.push('name');
  if (!isPhone(request.receiver.phone)) faults.push('phone');
  if ([...request.receiver.address].length < 5) faults.push('address');
  if (needs_confirmation && !request.confirmed_no_return) faults.push('confirmation');
  return faults.map((field) => ({ field, key: fault_keys[field] }));
}

/** The fields that a problem's `errors` point at; a pointer of none of our fields yields nothing. */
export function faultsFrom(error: ApiError): FieldFault[] {
  const faults: FieldFault[] = [];
  for (const { pointer } of error.problem?.errors ?? []) {
    const field = pointers.find(([pattern]) => pattern.test(pointer.replace(/^#/, '')))?.[1];
    if (field && !faults.some((fault) => fault.field === field)) faults.push({ field, key: fault_keys[field] });
  }
  return faults;
}

/** What to say to a person about a failure that no field is to blame for. */
export function failureKey(error: ApiError): ShopKey {
  if (error.failure === 'offline') return 'error.offline';
  if (error.failure === 'timeout') return 'error.timeout';
  const by_code: Record<string, ShopKey> = {
    'sold-out': 'error.sold_out',
    'price-changed': 'error.price_changed',
    'certification-not-valid': 'error.not_certified',
    'not-for-sale': 'error.not_for_sale',
    'catalogue-stale': 'error.stale',
    'key-reused': 'error.reused',
    'not-found': 'error.not_found',
  };
  const known = by_code[error.code];
  if (known) return known;
  if (error.problem?.status === 404) return 'error.not_found';
  return error.passing ? 'error.busy' : 'error.unknown';
}

/** Places the order. May be called again after any failure: the key makes a repetition harmless. */
export async function placeOrder(draft: string, request: OrderRequest): Promise<Order> {
  const key = draftKey(draft, JSON.stringify(request));
  try {
    const order = await json<Order>('/v1/orders', {
      method: 'POST',
      headers: { 'Idempotency-Key': key },
      body: request,
      time_limit_ms: 15_000,
    });
    return order;
  } catch (error) {
    // A refusal is final for this key; with an unknown outcome the key must stay.
    if (error instanceof ApiError && !error.passing) forgetDraft(draft);
    throw error;
  }
}

/** Opens a payment attempt; the shopper goes on at its pay_url. */
export function openPayment(order_number: string, access_token: string): Promise<PaymentAttempt> {
  return json<PaymentAttempt>(`/v1/orders/${encodeURIComponent(order_number)}/payments`, {
    method: 'POST',
    headers: { 'Order-Access-Token': access_token },
    body: { provider: 'sandbox' },
  });
}

/** The page of an order, with the token that opens it. */
export function orderPath(order_number: string, access_token: string): string {
  return `/o/${encodeURIComponent(order_number)}?t=${encodeURIComponent(access_token)}`;
}

/** A payment page of this site or an HTTPS one; anything else ("javascript:…") is refused. */
export function safePayUrl(pay_url: string, origin: string): string | null {
  try {
    const url = new URL(pay_url, origin);
    return url.origin === origin || url.protocol === 'https:' ? url.href : null;
  } catch {
    return null;
  }
}
