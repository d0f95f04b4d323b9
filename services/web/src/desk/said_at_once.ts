/** A long form says what is wrong with a field once that is left, and takes it back while it is mended; not only once all was sent. */

import { computed, ref } from 'vue';
import type { Faults } from './faults';
import type { Rule } from './rules';

/** What these rules say of what is typed there, in words; nothing of what is empty. */
export function seenBy(rules: readonly (readonly [place: string, typed: string, rule: Rule])[], words: (detail: string) => string): Faults {
  return Object.fromEntries(rules.flatMap(([place, typed, rule]) => {
    const detail = typed.trim() === '' ? null : rule(typed);
    return detail === null ? [] : [[place, words(detail)]];
  }));
}

/**
 * `seen`: what can be seen to be wrong now, by place, in words. `beside`: whose refusal may have its reason in that place, so that
 * it is no longer said once something is typed there.
 */
export function useSaidAtOnce(seen: () => Faults, beside: Readonly<Record<string, readonly string[]>> = {}) {
  /** Told when it was sent, here or by the services. */
  const told = ref<Faults>({});
  const left = ref<ReadonlySet<string>>(new Set());
  /** For who hears the page: what was found where they just were. */
  const heard = ref('');
  const shown = computed<Faults>(() => {
    const found = seen();
    return { ...Object.fromEntries(Object.entries(found).filter(([place]) => left.value.has(place))), ...told.value };
  });

  function judge(place: string): void {
    left.value = new Set([...left.value, place]);
  }
  function leave(place: string, event: FocusEvent): void {
    const field = event.currentTarget as Element | null;
    if (field?.contains(event.relatedTarget as Node | null)) return;
    judge(place);
    heard.value = shown.value[place] ?? '';
  }
  function typed(place: string): void {
    const over = [place, ...(beside[place] ?? [])];
    if (place in told.value) judge(place);
    if (over.some((one) => one in told.value)) told.value = Object.fromEntries(Object.entries(told.value).filter(([one]) => !over.includes(one)));
  }
  return {
    shown,
    heard,
    /** As if it had been left: what is there is whole. */
    judge,
    tell: (faults: Faults): void => {
      told.value = faults;
      heard.value = '';
    },
    /** For the `Field` of that place. */
    at: (place: string) => ({ fault: shown.value[place], onFocusout: (event: FocusEvent) => leave(place, event), onInput: () => typed(place) }),
  };
}
