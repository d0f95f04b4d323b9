import { nextTick, ref, shallowRef } from 'vue';
import { apiError, type ApiError } from '../../shared/api';
import { toast } from '../toasts';

/** Somebody else was first: what is asked for may not be there any more. */
const wasOvertaken = (error: ApiError): boolean => error.problem?.status === 409 || error.problem?.status === 412;

/**
 * A window that asks for a reason before something is done. Where somebody else was first it closes and says so, and the
 * page reads again how it is.
 */
export function useAsking<T>(words: (error: ApiError) => string, readAgain: () => unknown) {
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
        await nextTick(); // What was typed is kept.
        asked.value = null;
        toast(complaint.value, { tone: 'bad' });
        await readAgain();
      }
    } finally {
      busy.value = false;
    }
  }
  return { asked, busy, complaint, begin, send };
}
