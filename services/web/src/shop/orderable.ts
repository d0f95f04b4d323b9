/** What an order form sells: so many of one size of a product, or of one bundle. */

import { atMost, namesOf, type Bundle, type BundleComponent } from '../shared/bundles';
import type { KeptForm } from './kept';
import type { OrderRequestLine, Product, Sku } from './types';

export interface Orderable {
  /** What the draft of its order is kept by. */
  draft: string;
  /** What a kept form was filled in for. */
  kept: Pick<KeptForm, 'product_id' | 'sku_id' | 'bundle_id'>;
  price_fen: number;
  quantity_max: number;
  needs_confirmation: boolean;
  /** Which parts of a bundle are not taken back once that is agreed to; none named where it is the product itself. */
  confirmed_parts: string[];
  line: (quantity: number) => OrderRequestLine;
}

/** What so many cost; null for what nobody can order, be it typed as it may. */
export const totalOf = (price_fen: number, quantity: unknown, quantity_max: number): number | null =>
  typeof quantity === 'number' && Number.isInteger(quantity) && quantity >= 1 && quantity <= quantity_max ? price_fen * quantity : null;

export const orderableSku = (product: Product, sku: Sku): Orderable => ({
  draft: String(product.product_id),
  kept: { product_id: product.product_id, sku_id: sku.sku_id },
  price_fen: sku.price_fen,
  quantity_max: sku.quantity_max,
  needs_confirmation: product.return_policy === 'CONFIRMED_EXEMPT',
  confirmed_parts: [],
  line: (quantity) => ({ sku_id: sku.sku_id, quantity, price_version: sku.price_version }),
});

const asksFirst = (one: BundleComponent): boolean => one.return_policy === 'CONFIRMED_EXEMPT';

export const orderableBundle = (bundle: Bundle): Orderable => ({
  draft: `b${bundle.bundle_id}`,
  kept: { product_id: 0, sku_id: 0, bundle_id: bundle.bundle_id },
  price_fen: bundle.price_fen,
  quantity_max: atMost(bundle.components, (one) => one.quantity_max) ?? 1,
  needs_confirmation: bundle.components.some(asksFirst),
  confirmed_parts: namesOf(bundle.components.filter(asksFirst)),
  line: (quantity) => ({ bundle_id: bundle.bundle_id, quantity, bundle_version: bundle.version }),
});
