/** What the services answer about goods to those who offer them (proto/openapi/catalog.yaml, trace.yaml, orders.yaml). */

import type { ReturnPolicy, Sku } from '../../shared/goods';

export interface Category {
  category: string;
  name: string;
  image: string;
  food: boolean;
  perishable: boolean;
}

export const return_policies = ['SEVEN_DAY', 'FRESH_EXEMPT', 'CUSTOM_EXEMPT', 'CONFIRMED_EXEMPT'] as const satisfies readonly ReturnPolicy[];
export const purchase_modes = ['ASSISTED_SALE', 'DIRECT_PURCHASE'] as const;

/** An SKU as those who offer it see it. */
export interface OwnSku extends Sku {
  min_remaining_days: number;
}

export interface TextVersion {
  version: number;
  created_at: string;
  snapshot_hash: string;
  text: string;
  /** Null: nobody, of invented goods. Absent for who is not told. */
  by_account?: number | null;
}

export interface Base {
  base_id: number;
  merchant_id: number;
  county_code: string;
  name: string;
  village: string;
  product_words: string[];
  mu_x100: number;
  yield_kg_per_mu: number;
  /** 1 to 12; empty: nobody said. */
  harvest_months: number[];
  /** In WGS84; null: nobody said. To 0.01 of a degree for those who are not of its house. */
  latitude: number | null;
  longitude: number | null;
  version: number;
  confirmed: boolean;
}

export interface LotRecord {
  lot_id: number;
  lot_code: string;
  harvest_date: string | null;
  production_date: string;
  expiry_date: string | null;
  net_content_g: number;
  quantity: number;
  conformity_certificate_no: string | null;
  test_report_no: string | null;
  saleable: boolean;
  base_id: number;
  sku_id: number;
  product_id: number;
  merchant_id: number;
  county_code: string;
  block_reason: string | null;
}

export interface StockLevel {
  sku_id: number;
  available: number;
  lots: { lot_id: number; lot_code: string; expiry_date: string | null; available: number }[];
}

export interface JournalEntry {
  entry_id: number;
  lot_id: number;
  kind: 'RECEIPT' | 'RESERVE' | 'RELEASE' | 'SALE' | 'CORRECTION';
  delta_on_hand: number;
  delta_reserved: number;
  order_number: string | null;
  at: string;
}
