/** The lines of an order as a buyer knows them: what was bought as a bundle stands together. */

interface Line {
  total_fen: number;
  bundle_id?: number;
  bundle_name?: string;
}

export interface LineGroup<T> {
  /** Null for what was bought by itself. */
  bundle_id: number | null;
  name: string | null;
  total_fen: number;
  lines: T[];
}

/** In the order in which each first comes; packs bought by themselves are one group. */
export function groupsOf<T extends Line>(lines: readonly T[]): LineGroup<T>[] {
  const groups = new Map<number | null, LineGroup<T>>();
  for (const line of lines) {
    const bundle_id = line.bundle_id ?? null;
    const group = groups.get(bundle_id) ?? { bundle_id, name: line.bundle_name ?? null, total_fen: 0, lines: [] };
    group.total_fen += line.total_fen;
    group.lines.push(line);
    groups.set(bundle_id, group);
  }
  return [...groups.values()];
}
