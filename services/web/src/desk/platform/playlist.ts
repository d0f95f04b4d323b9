/** A playlist as it is filled in, and what becomes of it when two change it at once. */

export interface PlaylistItem {
  product_id: number;
  from: string;
  to: string;
  seconds: number;
}

/** Each item by its product, and the how-manieth of that product it is. */
function byName(items: readonly PlaylistItem[]): Map<string, PlaylistItem> {
  const met = new Map<number, number>();
  return new Map(items.map((item) => {
    const nth = met.get(item.product_id) ?? 0;
    met.set(item.product_id, nth + 1);
    return [`${item.product_id}.${nth}`, item];
  }));
}
const same = (one: PlaylistItem | undefined, other: PlaylistItem | undefined): boolean => JSON.stringify(one) === JSON.stringify(other);

/**
 * What both did since `opened`, item by item: added, changed, taken out; null where both changed one item otherwise. In
 * my order, with what they added after it.
 */
export function weaveItems(opened: readonly PlaylistItem[], mine: readonly PlaylistItem[], theirs: readonly PlaylistItem[]): PlaylistItem[] | null {
  const [was, ours, others] = [byName(opened), byName(mine), byName(theirs)];
  const woven: PlaylistItem[] = [];
  for (const name of new Set([...ours.keys(), ...others.keys()])) {
    const [before, my, their] = [was.get(name), ours.get(name), others.get(name)];
    if (!same(my, before) && !same(their, before) && !same(my, their)) return null;
    const now = same(my, before) ? their : my;
    if (now) woven.push({ ...now });
  }
  return woven;
}
