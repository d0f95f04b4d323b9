/** From the form to an order and its payment, and from what the services refuse to the field at fault. */

import { ApiError, json } from '../shared/api';
import { draftKey, forgetDraft } from './kept';
import { refusalKey } from './refusals';
import type { ShopKey } from './texts';
import type { Order, OrderRequest, PaymentAttempt } from './types';

export type FieldName = 'name' | 'phone' | 'address' | 'quantity' | 'confirmation';

export interface FieldFault {
  field: FieldName;
  key: ShopKey;
  /** The services' own words, when we have none for what they found. */
  detail?: string;
}

const pointers: [RegExp, FieldName][] = [
  [/^\/receiver\/name$/, 'name'],
  [/^\/receiver\/phone$/, 'phone'],
  [/^\/receiver\/(address|region_code)$/, 'address'],
  [/^\/lines\/\d+\/quantity$/, 'quantity'],
  [/^\/confirmed_no_return$/, 'confirmation'],
];

/** What the services say of a text, in the shopper's language; what is not here is shown as they say it. */
const details: [RegExp, ShopKey][] = [
  [/Hong Kong, Macao or Taiwan/, 'error.phone_beyond'],
  [/not a telephone number/, 'error.phone'],
  [/must be one line/, 'error.one_line'],
  [/empty or blank|can be seen/, 'error.blank'],
  [/control characters|direction of writing|byte order mark|do not exist/, 'error.characters'],
];

const length = (text: string) => [...text.trim()].length;

/** Whether this may be a telephone number, however it is written. Which ones there are is the services' to know. */
export function mayBePhone(text: string): boolean {
  const digits = text.normalize('NFKC').replace(/\D/g, '');
  // A mobile number that lacks a digit is told with the other faults, not after them.
  const short_mobile = /^(?:(?:00)?86)?1[3-9]\d{0,8}$/.test(digits);
  return digits.length >= 7 && digits.length <= 20 && !short_mobile;
}

/** How many may be ordered: of one SKU in one order, and as far as the stock goes; null while that is not known. */
export interface QuantityLimits {
  per_order: number;
  available: number | null;
}

/** Nothing is left: the form as a whole is halted then, and the number in it is not to blame. */
const few = ({ available }: QuantityLimits, quantity: number) => available !== null && available > 0 && quantity > available;

function quantityFault(quantity: number, limits: QuantityLimits): ShopKey | null {
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > limits.per_order) return 'error.quantity';
  return few(limits, quantity) ? 'product.few_left' : null;
}

function localFault(field: FieldName, request: OrderRequest, limits: QuantityLimits, needs_confirmation: boolean): ShopKey | null {
  const { name, phone, address } = request.receiver;
  switch (field) {
    case 'quantity':
      return quantityFault(request.lines[0]?.quantity ?? 0, limits);
    case 'name':
      return length(name) >= 1 && length(name) <= 50 ? null : 'error.name';
    case 'phone':
      return mayBePhone(phone) ? null : 'error.phone';
    case 'address':
      return length(address) > 200 ? 'error.address_long' : length(address) < 5 ? 'error.address' : null;
    case 'confirmation':
      return needs_confirmation && !request.confirmed_no_return ? 'error.confirmation' : null;
  }
}

const fields: FieldName[] = ['quantity', 'name', 'phone', 'address', 'confirmation'];

/** What can be told without asking: the services check again. */
export function faultsOf(request: OrderRequest, limits: QuantityLimits, needs_confirmation: boolean): FieldFault[] {
  return fields.flatMap((field) => {
    const key = localFault(field, request, limits, needs_confirmation);
    return key ? [{ field, key }] : [];
  });
}

/**
 * The refusals that blame a field, and their words where the services' own need none. Any other may point at a field
 * as well, where nothing is wrong with what was typed (what is held, what is sold out): it is told by its type.
 */
const field_words: Record<string, Partial<Record<FieldName, ShopKey>>> = {
  'validation-failed': { quantity: 'error.quantity', confirmation: 'error.confirmation' },
  'quantity-above-cap': { quantity: 'error.quantity_cap' },
  'confirmation-missing': { confirmation: 'error.confirmation' },
};

/** The fields that a problem's `errors` point at, and what is really wrong there; other pointers yield nothing. */
export function faultsFrom(error: ApiError): FieldFault[] {
  const own_words = field_words[error.code];
  if (!own_words) return [];
  const faults: FieldFault[] = [];
  for (const { pointer, detail } of error.problem?.errors ?? []) {
    const field = pointers.find(([pattern]) => pattern.test(pointer.replace(/^#/, '')))?.[1];
    if (!field || faults.some((fault) => fault.field === field)) continue;
    const key = own_words[field] ?? details.find(([pattern]) => pattern.test(detail))?.[1];
    faults.push(key ? { field, key } : { field, key: 'error.refused_field', detail });
  }
  return faults;
}

/** Whose unpaid orders hold what they may: `hold-limit` has one type for five caps, and points at which one it is. */
const held_by: [RegExp, ShopKey][] = [
  [/^\/receiver\/phone$/, 'error.held_by_phone'],
  [/^\/receiver\/address$/, 'error.held_by_address'],
  [/^\/lines\/\d+\/sku_id$/, 'error.held_by_network_share'],
  [/^\/lines\/\d+\/quantity$/, 'error.goods_held'],
];

function heldKey(error: ApiError): ShopKey {
  const pointer = error.problem?.errors[0]?.pointer ?? '';
  return held_by.find(([pattern]) => pattern.test(pointer))?.[1] ?? 'error.held_by_network';
}

/**
 * Nobody was reached, or nobody answered: what is kept meanwhile, and what to do. `form`: what was typed is being sent;
 * `step`: an order is being paid or cancelled; `page`: something is being read.
 */
const unreached = {
  form: { offline: 'error.offline', timeout: 'error.timeout' },
  step: { offline: 'error.offline_step', timeout: 'error.timeout_step' },
  page: { offline: 'error.offline_page', timeout: 'error.timeout_page' },
} as const satisfies Record<string, Record<'offline' | 'timeout', ShopKey>>;

/** What to say to a person about a failure that no field is to blame for. */
export function failureKey(error: ApiError, during: keyof typeof unreached): ShopKey {
  if (error.failure !== 'refused') return unreached[during][error.failure];
  if (error.code === 'hold-limit') return heldKey(error);
  return refusalKey(error.code, error.problem?.status ?? 0);
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

/** Cancels an order that is not paid. May be called again after any failure: a cancelled order stays one. */
export async function cancelOrder(order_number: string, access_token: string): Promise<void> {
  await json(`/v1/orders/${encodeURIComponent(order_number)}/cancel`, {
    method: 'POST',
    headers: { 'Order-Access-Token': access_token },
    time_limit_ms: 20_000, // Open payments are closed at their provider first.
  });
}

/** The page of an order. Its key stands behind the "#": no server, log or other site sees it. */
export function orderPath(order_number: string, access_token: string): string {
  const path = `/o/${encodeURIComponent(order_number)}`;
  return access_token === '' ? path : `${path}#k=${encodeURIComponent(access_token)}`;
}

/** The key in an address made by orderPath; '' without one. */
export function keyInHash(hash: string): string {
  return new URLSearchParams(hash.replace(/^#/, '')).get('k') ?? '';
}

/** What was decided on the payment page that led here ("#paid"); null when somebody comes from elsewhere. */
export function broughtBack(hash: string): 'paid' | 'declined' | null {
  return hash === '#paid' ? 'paid' : hash === '#declined' ? 'declined' : null;
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
