/** What an order is of, as people count it: an SKU that was taken from two lots, or put in twice, is one. */

import type { OrderLine } from './types';

export interface OrderedGoods {
  sku_id: number;
  name: string;
  quantity: number;
}

export function goodsOf(lines: readonly OrderLine[]): OrderedGoods[] {
  const goods = new Map<number, OrderedGoods>();
  for (const { sku_id, product_name, sku_name, quantity } of lines) {
    const before = goods.get(sku_id)?.quantity ?? 0;
    goods.set(sku_id, { sku_id, name: `${product_name} ${sku_name}`, quantity: before + quantity });
  }
  return [...goods.values()];
}
