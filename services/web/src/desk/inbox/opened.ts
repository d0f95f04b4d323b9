/** What somebody has before them they have been told of: the messages about it are read, by whichever way they came. */

import { watch } from 'vue';
import { authorised } from '../session';
import { setUnread, unread } from './unread';

export type Thing = 'MESSAGE' | 'APPLICATION' | 'CERTIFICATION' | 'PRODUCT' | 'LOT' | 'MERCHANT';

/** Reads what was told about that thing; false where it could not be said, and everything stays as it was. */
export async function markOpened(thing: Thing, id: number): Promise<boolean> {
  try {
    setUnread((await authorised<{ unread: number }>('/v1/messages/opened', { method: 'POST', body: { thing, id } })).unread);
    return true;
  } catch {
    return false; // It is no reason to stay on a page, nor to say anything.
  }
}

/** For the page of a thing: `id` is that of the one that is shown, nothing before it is. While nothing is unread nothing is asked. */
export function useOpened(thing: Thing, id: () => number | null | undefined): void {
  watch([id, () => unread.value > 0], ([shown, any]) => {
    if (shown != null && any) void markOpened(thing, shown);
  }, { immediate: true });
}
