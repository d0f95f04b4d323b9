/** Storage that may be missing, full or forbidden (private windows): then nothing is kept, and nothing breaks. */

export interface Kept {
  read(key: string): string | null;
  /** null forgets the key. */
  write(key: string, value: string | null): void;
}

function keptIn(storage: () => Storage): Kept {
  return {
    read(key) {
      try {
        return storage().getItem(key);
      } catch {
        return null;
      }
    },
    write(key, value) {
      try {
        if (value === null) storage().removeItem(key);
        else storage().setItem(key, value);
      } catch {
        // The page works on without.
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
