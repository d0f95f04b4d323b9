/** What the services answer to the staff (proto/openapi). */

export type { Certification, County, Lot, Merchant, OriginCard, Page, Product, Sku, Stock } from '../shared/goods';

export interface Organisation {
  organisation_id: number;
  name: string;
  kind: 'MERCHANT' | 'DISTRICT_OFFICE' | 'OPERATOR' | 'AUDIT_OFFICE';
  uscc?: string;
  county_code?: string;
  version: number;
}

/** A merchant as the list of merchants has it. */
export interface MerchantRecord {
  merchant_id: number;
  name: string;
  kind: string;
  county_code: string;
  active: boolean;
  /** Nobody looked at its papers in time: nothing of it is sold. */
  lapsed?: boolean;
  self_operated: boolean;
  sample: boolean;
  area_note: string;
  version: number;
  uscc?: string;
  food_licence?: string;
  service_phone?: string;
  organisation_id?: number;
}
