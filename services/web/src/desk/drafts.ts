/**
 * What is typed into a form is kept on this device by itself, so that a lost network, a reload or a wrong touch loses
 * nothing. Each account has its own; saving or dropping forgets it.
 */

import { onBeforeUnmount, ref, watch } from 'vue';
import { shanghaiMinute } from '../shared/moments';
import { of_browser, readJson } from '../shared/kept';
import { person } from './session';

interface KeptDraft {
  at: number;
  /** The version that it was begun on; null when it is of something new. */
  base: string | null;
  /** What stood there then; drafts of before have it not. */
  opened?: Record<string, unknown>;
  value: Record<string, unknown>;
}

const prefix = 'shanhai.desk.draft.';
const settles_after_ms = 400;

const isDraft = (value: unknown): value is KeptDraft =>
  typeof (value as KeptDraft | null)?.at === 'number' && typeof (value as KeptDraft).value === 'object' && (value as KeptDraft).value !== null;

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** "14:05" of today, the whole minute of an earlier day; in Shanghai. */
export function clockOf(at: number, now = Date.now()): string {
  const minute = shanghaiMinute(new Date(at).toISOString());
  return minute.slice(0, 10) === shanghaiMinute(new Date(now).toISOString()).slice(0, 10) ? minute.slice(11) : minute;
}

const keyOf = (name: string): string => `${prefix}${person.value?.account_id ?? 0}.${name}`;

/** Whether something that was typed under this name waits here. */
export const hasDraft = (name: string): boolean => readJson(of_browser, keyOf(name), isDraft) !== null;

export function useDraft<T extends object>(form: T) {
  const saved_at = ref<number | null>(null);
  /** When what was just brought back had been kept; null when nothing was. */
  const restored_at = ref<number | null>(null);
  let key: string | null = null;
  let initial = '';
  let base: string | null = null;
  /** What it was begun on, as far as that is known; another than `initial` when somebody changed the thing meanwhile. */
  let opened: T | null = null;
  /** As it was brought back, and until something is typed: nothing to keep anew, and the page goes on saying so. */
  let brought_back = '';
  let timer: ReturnType<typeof setTimeout> | undefined;

  function write(at: number): void {
    if (key !== null) of_browser.write(key, JSON.stringify({ at, base, opened, value: form }));
  }
  function keep(): void {
    clearTimeout(timer);
    timer = undefined;
    if (key === null) return;
    const typed = JSON.stringify(form);
    if (typed === brought_back) return;
    brought_back = '';
    if (typed === initial) {
      of_browser.write(key, null);
      saved_at.value = null;
      restored_at.value = null;
      return;
    }
    saved_at.value = Date.now();
    write(saved_at.value);
  }

  /**
   * The form shows what is stored (`loaded`), and over it what was kept of `name` here. Answers the version on which
   * that was begun: another than `tag` when somebody changed the thing meanwhile.
   */
  function begin(name: string, loaded: T, tag: string | null = null): string | null {
    key = keyOf(name);
    initial = JSON.stringify(loaded);
    base = tag;
    opened = copy(loaded);
    Object.assign(form, copy(loaded));
    const kept = readJson(of_browser, key, isDraft);
    restored_at.value = null;
    saved_at.value = null;
    brought_back = '';
    if (kept === null) return tag;
    // Members that this version of the page does not know are not taken over.
    for (const member of Object.keys(loaded) as (keyof T & string)[]) {
      if (member in kept.value) form[member] = copy(kept.value[member]) as T[keyof T & string];
    }
    if (JSON.stringify(form) !== initial) {
      restored_at.value = kept.at;
      brought_back = JSON.stringify(form);
    }
    base = kept.base;
    if (base !== tag) opened = kept.opened ? ({ ...copy(loaded), ...kept.opened } as T) : null;
    return kept.base;
  }

  function forget(): void {
    clearTimeout(timer);
    timer = undefined;
    if (key !== null) of_browser.write(key, null);
    initial = JSON.stringify(form);
    opened = copy(form);
    saved_at.value = null;
    restored_at.value = null;
    brought_back = '';
  }

  watch(() => form, () => {
    clearTimeout(timer);
    timer = setTimeout(keep, settles_after_ms);
  }, { deep: true });
  const left = (): void => {
    if (timer !== undefined) keep();
  };
  window.addEventListener('pagehide', left);
  onBeforeUnmount(() => {
    window.removeEventListener('pagehide', left);
    left();
  });

  return {
    saved_at,
    restored_at,
    begin,
    forget,
    /** Fills in what follows from elsewhere; alone that is nothing to keep. */
    suggest: (changes: Partial<T>): void => {
      const untouched = JSON.stringify(form) === initial;
      Object.assign(form, changes);
      if (untouched) initial = JSON.stringify(form);
    },
    /** What it was begun on; null when nobody knows any more. */
    opened: (): T | null => opened,
    /** From now on the draft is on that version, which is `loaded`: the conflict was settled. */
    rebase: (tag: string | null, loaded: T) => {
      base = tag;
      opened = copy(loaded);
      initial = JSON.stringify(loaded);
      const typed = JSON.stringify(form);
      if (restored_at.value !== null && typed === brought_back && typed !== initial) return write(restored_at.value);
      brought_back = '';
      keep();
    },
  };
}
