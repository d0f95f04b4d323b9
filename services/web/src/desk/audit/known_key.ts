/** The log's key as this browser saw it first: a log that changes its key must explain itself. */

const storage_key = 'shanhai.log-key';

export type KeyHistory = 'first' | 'same' | 'changed';

export function compareWithFirstSight(vkey: string): KeyHistory {
  try {
    const known = localStorage.getItem(storage_key);
    if (known === null) {
      localStorage.setItem(storage_key, vkey);
      return 'first';
    }
    return known === vkey ? 'same' : 'changed';
  } catch {
    return 'first';
  }
}
