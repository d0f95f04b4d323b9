/** What an order is of, as people count it: an SKU that was taken from two lots, or put in twice, is one. */

import { groupsOf } from '../../shared/order_lines';
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

export interface OrderedGroup {
  /** Null for what was bought by itself. */
  bundle_name: string | null;
  goods: OrderedGoods[];
}

/** As it is packed: what was bought as a bundle stands together, also where the same is bought by itself. */
export const groupsOfGoods = (lines: readonly OrderLine[]): OrderedGroup[] =>
  groupsOf(lines).map((group) => ({ bundle_name: group.name, goods: goodsOf(group.lines) }));
