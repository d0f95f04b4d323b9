/** What becomes of the order form when a receiver is pasted: nothing is overwritten that cannot be had back. */

import { reactive, ref, watch, type Ref } from 'vue';
import { makeTexts } from '../shared/locale';
import chinese, { type PastingTexts } from './messages/pasting.zh-CN';
import type { ReceiverReading } from './receiver_text';
import type { Receiver } from './types';

export const usePastingTexts = makeTexts<PastingTexts>(chinese, async () => (await import('./messages/pasting.en')).default).useTexts;

export type ReceiverField = keyof Receiver;
export const receiver_fields: readonly ReceiverField[] = ['name', 'phone', 'address'];

/** Why a field is to be looked at: it has two readings, it stayed as it was, or nothing was found for it. */
export type FieldNote = 'check' | 'kept' | 'asked';
export type FieldNotes = Partial<Record<ReceiverField, FieldNote>>;

export interface Filled {
  receiver: Receiver;
  notes: FieldNotes;
}

/** The form after a reading; null where nothing was understood, and nothing is to change. */
export function filledIn(before: Receiver, read: ReceiverReading): Filled | null {
  if (receiver_fields.every((field) => read[field].text === '')) return null;
  const filled: Filled = { receiver: { ...before }, notes: {} };
  for (const field of receiver_fields) {
    const { text, state } = read[field];
    if (text !== '') filled.receiver[field] = text;
    const note = text === '' ? (before[field].trim() === '' ? 'asked' : 'kept') : state === 'check' ? 'check' : null;
    if (note) filled.notes[field] = note;
  }
  return filled;
}

const folded = (text: string) => text.replace(/[\uff10-\uff19]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
const telephone = /(?:^|\D)(?:1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}[ )）-]{0,2}\d{7,8})(?!\d)/;

/** Whether a field seems to hold more than its own: somebody pasted the whole into it. Offered, never done unasked. */
export function holdsMore(field: ReceiverField, text: string): boolean {
  const plain = folded(text);
  if (field === 'phone') return false; // Letters are refused there, and told.
  if (telephone.test(plain)) return /\p{L}/u.test(plain);
  return field === 'name' && /\d/.test(plain) && /[省市区县路街镇村号]/.test(plain) && plain.length > 10;
}

/** Whether so much came at once that it was not typed: pasted, dropped, or chosen from a keyboard's clipboard. */
export function cameAtOnce(event: { inputType?: string; data?: string | null }): boolean {
  return ['insertFromPaste', 'insertFromDrop', 'insertReplacementText'].includes(event.inputType ?? '') || (event.inputType === 'insertText' && (event.data?.length ?? 0) >= 8);
}

/** Of a box in which somebody stands already, whoever was pasted beside them; all of it where that is one person. */
export function newestIn(before: string, now: string): string {
  const added = now.startsWith(before) ? now.slice(before.length) : now.endsWith(before) ? now.slice(0, -before.length) : '';
  return telephone.test(folded(before)) && telephone.test(folded(added)) ? added.trim() : now;
}

export type Outcome =
  | { kind: 'filled'; receiver: Receiver; doubtful: ReceiverField[]; left: string[] }
  | { kind: 'nothing' | 'failed' | 'undone' }
  | { kind: 'too_long'; n: number };

const loadReader = () => import('./receiver_text');

export function usePasting(receiver: Ref<Receiver>) {
  const notes = reactive<FieldNotes>({});
  const outcome = ref<Outcome | null>(null);
  const before = ref<Receiver | null>(null);
  const reading = ref(false);
  let asked = 0;

  function note(now: FieldNotes): void {
    for (const field of receiver_fields) {
      if (now[field]) notes[field] = now[field];
      else delete notes[field];
    }
  }

  function fill(read: ReceiverReading, from: Receiver): void {
    const filled = filledIn(from, read);
    if (!filled) {
      outcome.value = { kind: 'nothing' };
      return;
    }
    before.value = { ...receiver.value };
    receiver.value = { ...filled.receiver }; // What is corrected is compared with it.
    note(filled.notes);
    outcome.value = { kind: 'filled', receiver: filled.receiver, doubtful: receiver_fields.filter((field) => filled.notes[field]), left: read.left };
  }

  /** Reads a text into the form; `origin`: the field that it stands in, which is emptied of it. */
  async function read(text: string, origin: ReceiverField | null = null): Promise<void> {
    if (text.trim() === '') return;
    const turn = (asked += 1);
    reading.value = true;
    outcome.value = null;
    try {
      const { pasted_max, readReceiver } = await loadReader();
      if (turn !== asked) return; // Another text was pasted meanwhile.
      if (text.length > pasted_max) outcome.value = { kind: 'too_long', n: pasted_max };
      else fill(readReceiver(text), origin ? { ...receiver.value, [origin]: '' } : receiver.value);
    } catch {
      if (turn === asked) outcome.value = { kind: 'failed' };
    } finally {
      if (turn === asked) reading.value = false;
    }
  }

  function undo(): void {
    if (!before.value) return;
    receiver.value = before.value;
    before.value = null;
    note({});
    outcome.value = { kind: 'undone' };
  }

  // Whoever corrects a field has looked at it.
  for (const field of receiver_fields) {
    watch(() => receiver.value[field], (now) => {
      if (outcome.value?.kind !== 'filled' || now !== outcome.value.receiver[field]) delete notes[field];
    });
  }

  /** Fetched while the box is being opened, so that it is there when the text is. */
  const prepare = () => void loadReader().catch(() => undefined);
  return { notes, outcome, before, reading, read, undo, prepare };
}
