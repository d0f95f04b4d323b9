/** What the services answer, as far as the shop reads it (proto/openapi). */

export * from '../shared/goods';

/** What `GET /v1/merchants/{id}` says of one beyond what stands with its goods. */
export interface MerchantPapers {
  merchant_id: number;
  county_code: string;
  business_licence?: string;
  food_licence?: string;
  /** Digits alone. */
  service_phone?: string;
}

export interface Category {
  category: string;
  name: string;
}

/** How many listed products there are of each kind; each kind counts what all other choices leave. */
export interface Facets {
  products: number;
  counties: { county_code: string; name: string | null; province: string | null; prefecture?: string | null; products: number }[];
  categories: { category: string; name: string; products: number }[];
  schemes: { scheme: string; name: string | null; products: number }[];
  /** The fullest of them, and the chosen one. */
  merchants?: { merchant_id: number; name: string; products: number }[];
  in_season: number;
}

/** What somebody may be about to type. */
export interface Suggestion {
  kind: 'COUNTY' | 'CATEGORY' | 'PRODUCT';
  text: string;
  county_code: string | null;
  category: string | null;
  product_id: number | null;
  products: number | null;
}

export interface Receiver {
  name: string;
  phone: string;
  address: string;
}

/** So many of a size at the price that was shown, or of a bundle as it was shown. */
export type OrderRequestLine =
  | { sku_id: number; quantity: number; price_version: number }
  | { bundle_id: number; quantity: number; bundle_version: number };

export interface OrderRequest {
  lines: OrderRequestLine[];
  attribution?: string;
  receiver: Receiver;
  confirmed_no_return?: boolean;
}

export interface OrderLine {
  sku_id: number;
  product_id: number;
  product_name: string;
  sku_name: string;
  quantity: number;
  unit_price_fen: number;
  total_fen: number;
  lot_id: number | null;
  lot_code: string | null;
  county_code: string;
  /** Of what was bought as a bundle. */
  bundle_id?: number;
  bundle_name?: string;
}

export interface Order {
  order_number: string;
  access_token?: string;
  state: string;
  total_fen: number;
  created_at: string;
  expires_at: string | null;
  paid_at?: string;
  lines: OrderLine[];
  payments?: PaymentAttempt[];
  /** Why we closed it ("lot-blocked"); absent when we did not. */
  close_reason?: string;
  refunds?: Refund[];
  /** What it brings each county by the rules of the ledger; absent where nothing counts. */
  brought?: Brought[];
  /** Masked; empty texts once the personal data is erased. Not in the answer to an order just placed. */
  receiver?: Receiver;
}

export interface Brought {
  county_code: string;
  amount_fen: number;
}

export interface Refund {
  amount_fen: number;
  reason: string;
  state: string;
  refunded_at?: string;
}

export interface PaymentAttempt {
  attempt_number: string;
  provider: string;
  pay_url: string;
  amount_fen: number;
  state: string;
}
