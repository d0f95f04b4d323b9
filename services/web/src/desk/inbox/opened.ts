/** What somebody has before them they have been told of: the messages about it are read, by whichever way they came. */

import { watch } from 'vue';
import { authorised } from '../session';
import { here, momentOf, setUnread, unread, type Unread } from './unread';

export type Thing = 'MESSAGE' | 'APPLICATION' | 'CERTIFICATION' | 'PRODUCT' | 'LOT' | 'MERCHANT';

/**
 * Reads what was told about that thing, of a page what was told until it was read; false where it could not be said, and everything stays as it was.
 */
export async function markOpened(thing: Thing, id: number, seen_at?: string): Promise<boolean> {
  try {
    setUnread(await authorised<Unread>('/v1/messages/opened', { method: 'POST', body: { thing, id, ...(seen_at !== undefined && { seen_at }) } }));
    return true;
  } catch {
    return false; // It is no reason to stay on a page, nor to say anything.
  }
}

/**
 * For the page of a thing: `id` is that of the one that is shown, nothing before it is. While nothing is unread nothing is asked. What is told
 * while the page stands there is not on it.
 */
export function useOpened(thing: Thing, id: () => number | null | undefined): void {
  let began = here();
  let seen_at: string | null = null;
  watch([id, () => unread.value > 0] as const, ([shown, any], [before]) => {
    if (before != null && shown !== before) {
      began = here(); // The one before is gone, and the next is asked for only now.
      seen_at = null;
    }
    seen_at ??= momentOf(began); // Reckoned once: the nearer an answer, the better.
    if (shown != null && any && seen_at !== null) void markOpened(thing, shown, seen_at);
  }, { immediate: true, flush: 'sync' });
}
