/** What the pages of the platform share. */

import { ref, type Ref } from 'vue';
import { apiError, type ApiError } from '../../shared/api';
import { useFaults, type Faults } from '../faults';
import { useDeskTexts } from '../texts';
import type { PlaylistItem } from './types';

/** Sends one thing at a time, and tells what was wrong with it. */
export function useSending(): { busy: Ref<boolean>; faults: Ref<Faults>; complaint: Ref<string>; send: <T>(work: () => Promise<T>) => Promise<T | null>; error: Ref<ApiError | null> } {
  const { failure, t } = useDeskTexts();
  const { faultsIn } = useFaults();
  const busy = ref(false);
  const faults = ref<Faults>({});
  const complaint = ref('');
  const error = ref<ApiError | null>(null);
  async function send<T>(work: () => Promise<T>): Promise<T | null> {
    busy.value = true;
    faults.value = {};
    complaint.value = '';
    error.value = null;
    try {
      return await work();
    } catch (thrown) {
      error.value = apiError(thrown);
      faults.value = faultsIn(error.value);
      complaint.value = error.value.failure === 'offline' ? t('form.offline') : failure(error.value);
      return null;
    } finally {
      busy.value = false;
    }
  }
  return { busy, faults, complaint, send, error };
}

/** What a placement shows at that moment: those that play take turns, each for its seconds. */
export function playingAt(playlist: readonly PlaylistItem[], now: Date): PlaylistItem[] {
  return playlist.filter((item) => new Date(item.from) <= now && now < new Date(item.to));
}

/** "2026-05-01T08:00" (Shanghai, as a field has it) → "2026-05-01T08:00:00+08:00". */
export const momentOf = (field: string): string => `${field}:00+08:00`;

/** Those of a list that are asked for: by a part of the name, by channel and by campaign. */
export function found<T extends { name: string; channel: string; campaign_id: number }>(all: readonly T[], asked: { q: string; channel: string; campaign_id: string }): T[] {
  const part = asked.q.trim().toLowerCase();
  return all.filter((one) => one.name.toLowerCase().includes(part) && (asked.channel === '' || one.channel === asked.channel) && (asked.campaign_id === '' || String(one.campaign_id) === asked.campaign_id));
}
