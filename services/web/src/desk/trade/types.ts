/** What the services answer of orders and sales, as far as the desk reads it (proto/openapi/orders.yaml, audit.yaml). */

export const order_states = ['CREATED', 'PAID', 'EXPIRED', 'CANCELLED'] as const;
export type OrderState = (typeof order_states)[number];

export interface OrderLine {
  sku_id: number;
  product_id: number;
  product_name: string;
  sku_name: string;
  quantity: number;
  unit_price_fen: number;
  total_fen: number;
  lot_id: number;
  lot_code: string;
  /** Of what was bought as a bundle. */
  bundle_id?: number;
  bundle_name?: string;
  merchant_id?: number;
  merchant_name?: string;
}

interface OrderFacts {
  order_number: string;
  state: OrderState;
  total_fen: number;
  created_at: string;
  expires_at: string;
  paid_at?: string;
  close_reason?: string;
  lines: OrderLine[];
  receiver: { name: string; phone: string; address: string };
}

export interface ListedOrder extends OrderFacts {
  channel: string;
}

export interface WholeOrder extends OrderFacts {
  channel?: string;
  payments: { attempt_number: string; provider: string; amount_fen: number; state: string }[];
  refunds: { amount_fen: number; reason: string; state: string; refunded_at?: string }[];
  history?: { what: string; name: string; reason: string; asked_at: string }[];
}

/** A line of an order as the ledger holds it. */
export interface OrderEntry {
  index: number;
  fields: { county: string; merchant: number; product: number; lot: number; lot_code: string; paid_at: string; total_fen: number };
}

export interface SaleFigures {
  net_fen: number;
  gross_fen: number;
  refund_fen: number;
  uncounted_fen: number;
  quantity: number;
  uncounted_quantity: number;
}

export interface SalesRow extends SaleFigures {
  day?: string;
  channel?: string;
  product_id?: number;
  name?: string;
}

export interface MerchantSales {
  merchant_id: number;
  merchant_name: string;
  from: string;
  to: string;
  totals: SaleFigures;
  by_day: SalesRow[];
  by_channel: SalesRow[];
  by_product: SalesRow[];
}
