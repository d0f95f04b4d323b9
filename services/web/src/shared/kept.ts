/**
 * Storage that may be missing, full or forbidden (private windows): then what is kept lives as long as the page, so
 * that a repeated order still has the key of the first try.
 */

export interface Kept {
  read(key: string): string | null;
  /** null forgets the key. */
  write(key: string, value: string | null): void;
}

function keptIn(storage: () => Storage): Kept {
  const of_page = new Map<string, string>();
  return {
    read(key) {
      const here = of_page.get(key);
      if (here !== undefined) return here;
      try {
        return storage().getItem(key);
      } catch {
        return null;
      }
    },
    write(key, value) {
      of_page.delete(key);
      try {
        if (value === null) storage().removeItem(key);
        else storage().setItem(key, value);
      } catch {
        if (value !== null) of_page.set(key, value);
      }
    },
  };
}

/** As long as the tab. */
export const of_tab = keptIn(() => sessionStorage);
/** Until it is forgotten, in every tab. */
export const of_browser = keptIn(() => localStorage);

/** A JSON value of that shape, or null when it is not one. */
export function readJson<T>(kept: Kept, key: string, isOne: (value: unknown) => value is T): T | null {
  try {
    const value: unknown = JSON.parse(kept.read(key) ?? 'null');
    return isOne(value) ? value : null;
  } catch {
    return null;
  }
}
