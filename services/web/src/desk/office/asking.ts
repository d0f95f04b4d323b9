import { nextTick, ref, shallowRef } from 'vue';
import { apiError, type ApiError } from '../../shared/api';
import { wasOvertaken } from '../overtaken';
import { toast } from '../toasts';

/**
 * A window that asks for a reason before something is done. Where somebody else was first it closes and says so, and the
 * page reads again how it is. `happened`: what was done meanwhile, in words, once that was read; null where it cannot be told.
 */
export function useAsking<T>(words: (error: ApiError) => string, readAgain: () => unknown, happened: (what: T) => string | null | Promise<string | null> = () => null) {
  /** What it asks about; null: it is closed. */
  const asked = shallowRef<T | null>(null);
  const busy = ref(false);
  const complaint = ref('');

  function begin(what: T): void {
    complaint.value = '';
    asked.value = what;
  }
  /** `work` does it, and returns what is to be said then. */
  async function send(work: (what: T) => Promise<string>): Promise<void> {
    if (asked.value === null) return;
    busy.value = true;
    try {
      const done = await work(asked.value);
      asked.value = null;
      toast(done);
      await readAgain();
    } catch (thrown) {
      const error = apiError(thrown);
      complaint.value = words(error);
      if (wasOvertaken(error)) {
        const what = asked.value;
        await nextTick(); // What was typed is kept.
        asked.value = null;
        await readAgain();
        const news = what === null ? null : await Promise.resolve(happened(what)).catch(() => null);
        toast(news ?? complaint.value, { tone: news === null ? 'bad' : 'info' });
      }
    } finally {
      busy.value = false;
    }
  }
  return { asked, busy, complaint, begin, send };
}
