/**
 * What the shop keeps: for the tab, where the scan came from, the form as far as it is filled, and the key of an
 * order in the making; for the browser, the keys that open the orders made in it, and a receiver whom the shopper
 * asked to remember. They are never in an address that is sent to a server or to another site.
 */

import { of_browser, of_tab, readJson } from '../shared/kept';
import { randomUuid } from '../shared/random';
import type { Product, Ranking, Receiver } from './types';

const attribution_key = 'shanhai.attribution';
const district_key = 'shanhai.district';
const draft_prefix = 'shanhai.draft.';
const form_key = 'shanhai.form';
const product_key = 'shanhai.product';
const list_key = 'shanhai.list';
const orders_key = 'shanhai.orders';
const orders_max = 20;
const receiver_key = 'shanhai.receiver';
const searches_key = 'shanhai.searches';
const searches_max = 8;

/**
 * Remembers the attribution of a scan ("?a=…"); the last scan counts. What is plainly none ("spring-campaign")
 * is not kept: where an order comes from is our interest, and never a reason to refuse it.
 */
export function keepAttribution(value: unknown, district?: unknown): void {
  if (typeof value !== 'string' || !/^[0-9A-Za-z_-]{24,100}$/.test(value)) return;
  of_tab.write(attribution_key, value);
  of_tab.write(district_key, typeof district === 'string' && /^\d{6}$/.test(district) ? district : null);
}

/** The district whose screen was scanned last; empty when it was the whole city's, or none was. */
export function scannedDistrict(): string {
  return of_tab.read(district_key) ?? '';
}

export function attribution(): string | undefined {
  return of_tab.read(attribution_key) ?? undefined;
}

/** FNV-1a, twice with different starts: enough to notice that a draft changed, too little to read it back. */
export function fingerprint(text: string): string {
  const run = (start: number) => {
    let hash = start;
    for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    return (hash >>> 0).toString(16).padStart(8, '0');
  };
  return run(0x811c9dc5) + run(0x9e3779b9);
}

/**
 * The Idempotency-Key of an order draft. The same draft has the same key, also after a reload, so that a
 * retry after a lost answer finds the order that was made; a changed draft is another order, with another key.
 */
export function draftKey(draft: string, body: string): string {
  const mark = fingerprint(body);
  const [key, kept_mark] = (of_tab.read(draft_prefix + draft) ?? '').split(' ');
  if (key && kept_mark === mark) return key;
  const fresh = randomUuid();
  of_tab.write(draft_prefix + draft, `${fresh} ${mark}`);
  return fresh;
}

/** The draft became an order (or its key is spent): the next one is new. */
export function forgetDraft(draft: string): void {
  of_tab.write(draft_prefix + draft, null);
}

/** The form of one product as far as it is filled. It lives in this tab only, and until it is an order. */
export interface KeptForm {
  /** 0 of a bundle. */
  product_id: number;
  sku_id: number;
  bundle_id?: number;
  quantity: number;
  receiver: Receiver;
}

function isReceiver(value: unknown): value is Receiver {
  const receiver = value as Receiver | null;
  return typeof receiver?.name === 'string' && typeof receiver.phone === 'string' && typeof receiver.address === 'string';
}

const isForm = (value: unknown): value is KeptForm => isReceiver((value as KeptForm | null)?.receiver);

export function keepForm(form: KeptForm | null): void {
  of_tab.write(form_key, form && JSON.stringify(form));
}

/** Who receives is the same for every product; size and number belong to the one they were for. */
export function keptForm(): KeptForm | null {
  return readJson(of_tab, form_key, isForm);
}

/** For the next order on this device, only where the shopper asked for it; null forgets. */
export function keepReceiver(receiver: Receiver | null): void {
  of_browser.write(receiver_key, receiver && JSON.stringify(receiver));
}

export function keptReceiver(): Receiver | null {
  return readJson(of_browser, receiver_key, isReceiver);
}

const isProduct = (value: unknown): value is Product => Array.isArray((value as Product | null)?.skus);

/** The product on the page, so that a reload without a network still shows it, and the form with it. */
export function keepProduct(product: Product): void {
  of_tab.write(product_key, JSON.stringify(product));
}

export function keptProduct(product_id: string): Product | null {
  const product = readJson(of_tab, product_key, isProduct);
  return product !== null && String(product.product_id) === product_id ? product : null;
}

export interface ListFilters {
  /** A province or prefecture by its name. */
  area: string;
  county: string;
  category: string;
  q: string;
  /** The scheme whose goods come first. */
  first: string;
  /** Certified under it now. */
  scheme: string;
  /** "now", or nothing. */
  season: string;
  merchant_id: string;
  /** "true": what was typed is not put right. */
  exact: string;
  /** Another order, alone; '': the usual one. */
  sort: string;
}

/** The list as far as it was loaded, so that Back finds its place also after the page itself was left. */
export interface KeptList {
  choice: string;
  /** How it was asked for: its cursor is good for that only. */
  asked: ListFilters;
  items: Product[];
  next: string | null;
  ranking?: Ranking | null;
  corrected_to?: string | null;
  loaded_at: number;
}

const isList = (value: unknown): value is KeptList =>
  Array.isArray((value as KeptList | null)?.items) && typeof (value as KeptList).asked?.first === 'string';

export function keepList(list: KeptList): void {
  of_tab.write(list_key, JSON.stringify(list));
}

export function keptList(): KeptList | null {
  return readJson(of_tab, list_key, isList);
}

const isSearches = (value: unknown): value is string[] => Array.isArray(value) && value.every((one) => typeof one === 'string');

/** What was searched in this browser, the latest first. */
export function keptSearches(): string[] {
  return readJson(of_browser, searches_key, isSearches) ?? [];
}

export function keepSearch(words: string): void {
  if (words === '') return;
  const others = keptSearches().filter((one) => one !== words);
  of_browser.write(searches_key, JSON.stringify([words, ...others].slice(0, searches_max)));
}

export function forgetSearches(): void {
  of_browser.write(searches_key, null);
}

type OrderKeys = [order_number: string, access_token: string][];

const isOrderKeys = (value: unknown): value is OrderKeys =>
  Array.isArray(value) && value.every((one) => Array.isArray(one) && typeof one[0] === 'string' && typeof one[1] === 'string');

function orderKeys(): OrderKeys {
  return readJson(of_browser, orders_key, isOrderKeys) ?? [];
}

/** Remembers what opens an order: the payment page comes back without it, perhaps in another tab. */
export function keepOrderKey(order_number: string, access_token: string): void {
  const others = orderKeys().filter(([number]) => number !== order_number);
  of_browser.write(orders_key, JSON.stringify([[order_number, access_token], ...others].slice(0, orders_max)));
}

/** The order is gone, or is nobody's business on this device any more. */
export function forgetOrderKey(order_number: string): void {
  of_browser.write(orders_key, JSON.stringify(orderKeys().filter(([number]) => number !== order_number)));
}

export function orderKey(order_number: string): string {
  return orderKeys().find(([number]) => number === order_number)?.[1] ?? '';
}

/** The orders that this browser can open, the newest first. */
export function knownOrders(): string[] {
  return orderKeys().map(([number]) => number);
}
