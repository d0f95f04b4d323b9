import { ref } from 'vue';
import { apiError, type ApiError } from './api';
import { upload, type StoredFile, type Transport } from './uploads';

export interface Sending {
  key: number;
  file: File;
  received_bytes: number;
  /** Why it does not go on; empty while it does. */
  complaint: string;
  again: boolean;
}

export interface SendingWords {
  /** Why a file is not even sent; null when it may be. */
  fault: (file: File) => string | null;
  refusal: (code: string) => string;
  failure: (error: ApiError) => string;
}

/** Room that may be there again soon: once others are handed in, or were cleared away. */
const passing_fullness = ['uploads-open', 'storage-full'];

/** Files on their way, each of which can be tried again and goes on where it stopped. */
export function useSending(transport: () => Transport, words: SendingWords, arrived: (file: StoredFile) => void) {
  const sending = ref<Sending[]>([]);
  let last = 0;

  function patch(key: number, changes: Partial<Sending>): void {
    sending.value = sending.value.map((one) => (one.key === key ? { ...one, ...changes } : one));
  }
  function drop(key: number): void {
    sending.value = sending.value.filter((one) => one.key !== key);
  }
  async function send({ key, file }: Sending): Promise<void> {
    patch(key, { complaint: '', again: false });
    try {
      const stored = await upload(file, transport(), (received_bytes) => patch(key, { received_bytes }));
      if (stored.state === 'REFUSED') return patch(key, { complaint: words.refusal(stored.refusal?.code ?? 'not-readable') });
      drop(key);
      arrived(stored);
    } catch (thrown) {
      const error = apiError(thrown);
      patch(key, { complaint: words.failure(error), again: error.passing || passing_fullness.includes(error.code) });
    }
  }
  function take(files: readonly File[]): void {
    for (const file of files) {
      const one: Sending = { key: ++last, file, received_bytes: 0, complaint: words.fault(file) ?? '', again: false };
      sending.value = [...sending.value, one];
      if (one.complaint === '') void send(one);
    }
  }
  return { sending, take, send, drop };
}
