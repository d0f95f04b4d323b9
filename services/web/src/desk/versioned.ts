/**
 * A form of a thing that has versions, by number or by tag: a new one, or the next version of what there is. What is typed is kept (drafts.ts),
 * nothing of what another has saved meanwhile is overwritten (conflict.ts), and what was refused stands at its field.
 */

import { computed, ref, shallowRef, watch, type Ref } from 'vue';
import { apiError, type ApiError, type Tagged } from '../shared/api';
import { useConflict } from './conflict';
import { useDraft } from './drafts';
import { toFirstFault, useFaults, type Faults } from './faults';
import { useDeskTexts } from './texts';

export interface VersionedOptions<Thing extends object, Form extends object, Member extends keyof Form & string> {
  /** What such things are called among the drafts: "bundle". */
  kind: string;
  /** Which one; nothing for a new one. */
  id: () => string | undefined;
  /** What two may change at once. */
  members: readonly Member[];
  blank: () => Form;
  formOf: (thing: Thing) => Form;
  read: (id: string) => Promise<Tagged<Thing>>;
  /** Who saved its newest version, where that is told. */
  hand?: (id: string) => Promise<number | null>;
  /** `tag` goes into `If-Match`; null for a new one. */
  send: (tag: string | null) => Promise<Tagged<Thing>>;
  /** Says so, and leads a new one to its own address. */
  saved: (thing: Thing, was_new: boolean) => unknown;
  /** What can be seen to be wrong before it is sent. */
  faultsHere?: () => Faults;
  /** As of `useConflict`. */
  wordsOf?: (form: Form, member: Member) => string;
  of?: (form: Form, member: Member) => unknown;
  weave?: (member: Member, opened: Form, mine: Form, theirs: Form) => Form[Member] | null;
}

const versionOf = ({ value, tag }: Tagged<object>): string => String('version' in value ? value.version : tag);

/** Reads at once, so whatever `blank`, `formOf` and `read` need stands above the call. */
export function useVersioned<Thing extends object, Form extends object, Member extends keyof Form & string>(form: Form, options: VersionedOptions<Thing, Form, Member>) {
  const { t, failure: wordsOfError } = useDeskTexts();
  const { faultsIn } = useFaults();
  const draft = useDraft<Form>(form);
  const stored = shallowRef<Tagged<Thing> | null>(null);
  const failure: Ref<ApiError | null> = ref(null);
  const faults = ref<Faults>({});
  const complaint = ref('');
  const busy = ref(false);
  /** Who saved what this form is in conflict with; null where nobody tells. */
  const by = ref<number | null>(null);
  const is_new = computed(() => options.id() === undefined);
  const conflict = useConflict<Form, Member>(form, options.members, {
    opened: draft.opened,
    rebase: (theirs) => draft.rebase(stored.value === null ? null : versionOf(stored.value), theirs),
    ...(options.wordsOf && { wordsOf: options.wordsOf }),
    ...(options.of && { of: options.of }),
    ...(options.weave && { weave: options.weave }),
  });

  const handOf = async (id: string): Promise<number | null> => (await options.hand?.(id).catch(() => null)) ?? null;

  async function load(): Promise<void> {
    failure.value = null;
    faults.value = {};
    complaint.value = '';
    const id = options.id();
    if (id === undefined) {
      draft.begin(`${options.kind}.new`, options.blank());
      return;
    }
    try {
      const found = await options.read(id);
      if (options.id() !== id) return; // Another one is looked at by now.
      stored.value = found;
      const version = versionOf(found);
      if (draft.begin(`${options.kind}.${id}`, options.formOf(found.value), version) === version) return;
      by.value = await handOf(id);
      if (options.id() === id) conflict.meet(options.formOf(found.value));
    } catch (error) {
      if (options.id() === id) failure.value = apiError(error);
    }
  }
  watch(options.id, () => {
    stored.value = null;
    conflict.drop();
    void load();
  }, { immediate: true });

  /** Something else of it was changed, by us or by others: what is typed stands on its newest version from now on. */
  async function refresh(refused = false): Promise<void> {
    const id = options.id();
    if (id === undefined) return;
    const [found, hand] = await Promise.all([options.read(id), handOf(id)]);
    if (options.id() !== id) return;
    stored.value = found;
    by.value = hand;
    conflict.meet(options.formOf(found.value), refused);
  }
  function refuse(error: ApiError): void {
    faults.value = faultsIn(error);
    complaint.value = error.failure === 'offline' ? t('form.offline') : wordsOfError(error);
  }
  async function save(): Promise<void> {
    faults.value = options.faultsHere?.() ?? {};
    const count = Object.keys(faults.value).length;
    complaint.value = count > 0 ? t('form.faults', { n: count }) : '';
    if (count > 0) return toFirstFault();
    if (conflict.unsettled()) return;
    const was_new = is_new.value;
    busy.value = true;
    try {
      const made = await options.send(was_new ? null : (stored.value?.tag ?? '*'));
      draft.forget();
      await options.saved(made.value, was_new);
      if (!was_new) await load();
    } catch (thrown) {
      const error = apiError(thrown);
      const overtaken = !was_new && error.problem?.status === 412;
      if (!overtaken || !(await refresh(true).then(() => true, () => false))) refuse(error);
    } finally {
      busy.value = false;
    }
  }
  /** What was typed is given up for what is stored. */
  async function drop(): Promise<void> {
    draft.forget();
    conflict.drop();
    await load();
  }
  return { is_new, stored, failure, faults, complaint, busy, by, draft, conflict, load, refresh, save, drop };
}
