/** What is sold and where it comes from, as the services answer it to every page (proto/openapi). */

export type CertificationState = 'CERTIFIED' | 'SUSPENDED' | 'REVOKED' | 'WITHDRAWN' | 'EXPIRED';
export type ReturnPolicy = 'SEVEN_DAY' | 'FRESH_EXEMPT' | 'CUSTOM_EXEMPT' | 'CONFIRMED_EXEMPT';

export interface Certification {
  certification_id: number;
  scheme: string;
  /** What its office calls it; null until that was told. */
  scheme_name: string | null;
  year: number;
  authority: string;
  number: string;
  valid_from: string;
  valid_to: string;
  state: CertificationState;
  valid_now: boolean;
  /** Of its county, that its contracts cover; nothing where it does not say. */
  households?: number | null;
  people?: number | null;
}

export interface Sku {
  sku_id: number;
  gtin: string;
  name: string;
  net_content_g: number;
  price_fen: number;
  price_version: number;
  quantity_max: number;
  unit_price_text?: string | null;
}

export interface County {
  county_code: string;
  name: string;
  short_name: string;
  prefecture: string;
  province: string;
  /** How many products it has on sale; not in the county of a product. */
  products?: number;
  /** False for a supporting district. */
  assisted?: boolean;
}

export interface Merchant {
  merchant_id: number;
  name: string;
  kind: string;
  self_operated: boolean;
  sample: boolean;
  uscc?: string | null;
}

export interface Product {
  product_id: number;
  version: number;
  name: string;
  alias: string[];
  category: string;
  category_name: string;
  county: County;
  merchant: Merchant;
  summary: string;
  description: string;
  storage: string;
  shelf_life_days: number | null;
  origin_statement: string;
  return_policy: ReturnPolicy;
  purchase_mode: string;
  tags: string[];
  /** The cover: the first of `images`, else that of the category. */
  image: string | null;
  images: string[];
  listed: boolean;
  saleable: boolean;
  certified_now: boolean;
  certifications: Certification[];
  skus: Sku[];
}

export interface Page<T> {
  items: T[];
  next: string | null;
}

/** By which rule a list of products is ordered; it is shown with it. */
export interface Ranking {
  rule: 'CERTIFIED_FIRST' | 'SCHEME_FIRST' | 'BEST_MATCH_FIRST' | 'CHEAPEST_FIRST' | 'DEAREST_FIRST' | 'NEWEST_FIRST';
  scheme: string | null;
  scheme_name: string | null;
}

export interface ProductPage extends Page<Product> {
  ranking?: Ranking;
  /** What was looked for instead of what was typed, of which nothing was found. */
  corrected_to?: string | null;
}

export interface Lot {
  lot_id: number;
  lot_code: string;
  harvest_date: string | null;
  production_date: string | null;
  expiry_date: string | null;
  net_content_g: number | null;
  quantity: number | null;
  conformity_certificate_no: string | null;
  test_report_no: string | null;
  saleable: boolean;
}

export interface OriginCard {
  product_id: number;
  county: { county_code: string; name: string };
  /** Its position to 0.01 of a degree; null: nobody said. */
  base: { base_id: number; name: string; village: string; mu_x100: number; latitude: number | null; longitude: number | null; merchant_id: number } | null;
  lot: Lot | null;
  steps: { kind: string; at: string | null; place: string | null; detail: string }[];
}

export interface Stock {
  sku_id: number;
  available: number;
  /** First to expire first: the order in which they are sold. */
  lots?: { lot_id: number; lot_code: string; available: number }[];
}
