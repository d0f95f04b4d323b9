/** The names behind the numbers of an entry: a convenience, and no part of what is proved. */

import { json } from '../../shared/api';

export type EntryNames = Partial<Record<'merchant' | 'product' | 'district', string>>;

const nameAt = async (path: string, id: unknown, member: string): Promise<string | undefined> => {
  if (typeof id !== 'number' || id <= 0) return undefined;
  const found = await json<Record<string, unknown>>(`${path}/${id}`).catch(() => null);
  return typeof found?.[member] === 'string' ? found[member] : undefined;
};

export async function readEntryNames(facts: Record<string, unknown>): Promise<EntryNames> {
  const [merchant, product, district] = await Promise.all([
    nameAt('/v1/merchants', facts.merchant, 'name'),
    nameAt('/v1/products', facts.product, 'name'),
    nameAt('/v1/pairings', facts.pairing, 'district_name'),
  ]);
  return { merchant, product, district };
}
