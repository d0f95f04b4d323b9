/** What a size costs, as the pages show it. */

import { pricePer500g, yuan } from '../shared/money';
import type { Product, Sku } from './types';

/** What is shown on a card: the least that one has to pay. */
export function cheapest(product: Product): Sku | null {
  return product.skus.reduce<Sku | null>((least, sku) => (least === null || sku.price_fen < least.price_fen ? sku : least), null);
}

/** In yuan, of what is sold by weight (the services say which goods are: they have a unit price). */
export function yuanPer500g(sku: Sku): string | null {
  const fen = sku.unit_price_text ? pricePer500g(sku.price_fen, sku.net_content_g) : null;
  return fen === null ? null : yuan(fen);
}
