import { ref, type Ref } from 'vue';

/**
 * Pictures side by side in a track that snaps to one of them. `at` is the one that is shown; `wanted` how many are
 * fetched, from the first: each before its turn.
 */
export function useSlides(track: Ref<HTMLElement | null>, count: () => number, start = 0) {
  const at = ref(start);
  const wanted = ref(start + 1);
  /** On the way there by a key or button: what passes meanwhile is not where the next step begins. */
  let bound_for: number | null = null;

  function reach(last: number): void {
    wanted.value = Math.max(wanted.value, Math.min(last + 1, count()));
  }
  function look(): void {
    const width = track.value?.clientWidth ?? 0;
    if (width === 0) return;
    const now = Math.round(track.value!.scrollLeft / width);
    if (bound_for !== null && now !== bound_for) return;
    bound_for = null;
    at.value = now;
    reach(now + 1);
  }
  function show(i: number, behavior: ScrollBehavior = 'auto'): void {
    const next = Math.min(Math.max(i, 0), count() - 1);
    reach(next + 1);
    if (!track.value) return;
    const left = next * track.value.clientWidth;
    bound_for = Math.abs(track.value.scrollLeft - left) < 1 ? null : next;
    at.value = next;
    track.value.scrollTo({ left, behavior });
  }
  /** Whoever swipes goes elsewhere than the last key led, and where the way ended it is over. */
  function takeOver(): void {
    bound_for = null;
  }
  return { at, wanted, look, reach, show, takeOver };
}
