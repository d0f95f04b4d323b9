/** Two who change the same thing at once. What each of them did is told by what was opened: only what both changed is asked about. */

import { computed, ref, shallowRef } from 'vue';

export interface Difference {
  member: string;
  mine: string;
  theirs: string;
}

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const asIs = <T extends object>(form: T, member: keyof T & string): unknown => form[member];

/**
 * `taken`: what another changed and I did not, which is as they have it from now on; `asked`: what both changed, each
 * otherwise. Where nobody knows any more what was opened, all that differs is asked about. `of`: what of a member is compared.
 */
export function mergeOf<T extends object, Member extends keyof T & string>(
  opened: T | null, mine: T, theirs: T, members: readonly Member[], of: (form: T, member: Member) => unknown = asIs,
): { taken: Member[]; asked: Member[] } {
  const same = (one: T, other: T, member: Member): boolean => JSON.stringify(of(one, member)) === JSON.stringify(of(other, member));
  const differing = members.filter((member) => !same(mine, theirs, member));
  const taken = differing.filter((member) => opened !== null && same(mine, opened, member));
  return { taken, asked: differing.filter((member) => !taken.includes(member) && (opened === null || !same(theirs, opened, member))) };
}

/**
 * What a form does about it. `opened`: what it began with; `rebase`: from now on it stands on `theirs`; `wordsOf`: what
 * the window shows of a member; `weave`: what becomes of a member that both changed, where both can be had.
 */
export function useConflict<T extends object, Member extends keyof T & string>(form: T, members: readonly Member[], options: {
  opened: () => T | null;
  rebase: (theirs: T) => void;
  wordsOf?: (form: T, member: Member) => string;
  of?: (form: T, member: Member) => unknown;
  weave?: (member: Member, opened: T, mine: T, theirs: T) => T[Member] | null;
}) {
  const { opened, rebase, of, weave, wordsOf = (one, member) => String(one[member] ?? '') } = options;
  const theirs = shallowRef<T | null>(null);
  const shown = ref(false);
  const taken = ref<string[]>([]);
  const asked = shallowRef<Member[]>([]);
  const differences = computed<Difference[]>(() => {
    const others = theirs.value;
    return others === null ? [] : asked.value.map((member) => ({ member, mine: wordsOf(form, member), theirs: wordsOf(others, member) }));
  });

  function take(chosen: readonly string[]): void {
    for (const member of members) if (chosen.includes(member)) form[member] = copy(theirs.value![member]);
  }
  /** Somebody has saved `now` meanwhile. `refused`: they who saved in vain are told even when nothing is left to decide. */
  function meet(now: T, refused = false): void {
    theirs.value = now;
    const merged = mergeOf(opened(), form, now, members, of);
    take(merged.taken);
    const was = opened();
    const woven = merged.asked.filter((member) => {
      const both = was === null ? null : (weave?.(member, was, form, now) ?? null);
      if (both !== null) form[member] = both;
      return both !== null;
    });
    taken.value = [...merged.taken, ...woven];
    asked.value = merged.asked.filter((member) => !woven.includes(member));
    shown.value = refused || taken.value.length + asked.value.length > 0;
    if (asked.value.length === 0) end();
  }
  function end(): void {
    const others = theirs.value;
    theirs.value = null;
    if (others !== null) rebase(others);
  }
  return {
    shown, taken, differences, meet,
    settle: (chosen: string[]): void => {
      if (theirs.value !== null) take(chosen);
      end();
      shown.value = false;
    },
    /** Closed without an answer, it comes again before anything is saved: see `unsettled`. */
    close: (): void => void (shown.value = false),
    /** Whether there is still something to decide; the window shows it again. */
    unsettled: (): boolean => {
      if (theirs.value !== null) shown.value = true;
      return theirs.value !== null;
    },
    /** The form holds what is stored again. */
    drop: (): void => {
      theirs.value = null;
      shown.value = false;
    },
  };
}
