/**
 * Files that are handed in: announced with their digest, sent in pieces. A bad network costs a piece, never the file:
 * after a lost answer the services tell which byte comes next. What an organisation has handed in before is not sent
 * again.
 */

import { ApiError, type RequestOptions } from './api';

export interface FileForm {
  form: string;
  media_type: string;
  width: number;
  height: number;
  size_bytes: number;
  href: string;
}

export interface StoredFile {
  id: number;
  name: string;
  media_type: string;
  size_bytes: number;
  sha256: string;
  received_bytes: number;
  piece_bytes_max: number;
  state: 'RECEIVING' | 'STORED' | 'REFUSED';
  refusal: { code: string; detail: string } | null;
  forms: FileForm[];
}

export const size_bytes_max = 20 * 1024 * 1024;
export const picture_types = ['image/jpeg', 'image/png', 'image/webp'] as const;
export const paper_types = [...picture_types, 'application/pdf'] as const;

/** Why a file is not even announced; null when it may be. */
export function faultOfFile(file: { type: string; size: number }, types: readonly string[], size_max = size_bytes_max): 'type' | 'size' | 'empty' | null {
  if (!types.includes(file.type)) return 'type';
  if (file.size === 0) return 'empty';
  return file.size > size_max ? 'size' : null;
}

export async function sha256Of(content: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await content.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** How the services are reached; the tests have a bad network of their own. */
export interface Transport {
  announce: (file: { name: string; media_type: string; size_bytes: number; sha256: string }) => Promise<StoredFile>;
  status: (id: number) => Promise<StoredFile>;
  append: (id: number, offset: number, piece: Blob) => Promise<StoredFile>;
  /** Until another try makes sense. */
  pause: (attempt: number) => Promise<void>;
}

const pause_ms_max = 15_000;
const first_pause_ms = 500;
/** How often one piece is tried before a person is asked. */
const attempts_max = 8;
const piece_time_limit_ms = 60_000;

/** To what is handed in below one path, by whoever `ask` asks for. */
export function transportBelow(path: string, ask: (path: string, options?: RequestOptions) => Promise<StoredFile>): Transport {
  return {
    announce: (body) => ask(path, { method: 'POST', body }),
    status: (id) => ask(`${path}/${id}`),
    append: (id, offset, content) =>
      ask(`${path}/${id}`, {
        method: 'PATCH', bytes: { content, type: 'application/partial-upload' }, headers: { 'Upload-Offset': String(offset) }, time_limit_ms: piece_time_limit_ms,
      }),
    pause: (attempt) => new Promise((resolve) => {
      const done = (): void => {
        window.removeEventListener('online', done);
        resolve();
      };
      window.addEventListener('online', done);
      setTimeout(done, Math.min(first_pause_ms * 2 ** (attempt - 1), pause_ms_max));
    }),
  };
}

/** Whether asking where we are and going on makes sense. */
function mayGoOn(error: unknown): boolean {
  return error instanceof ApiError && (error.passing || error.code === 'upload-offset-mismatch' || error.code === 'upload-complete');
}

/**
 * Sends a file and answers what became of it: STORED, or REFUSED and why. `told` hears how many bytes are there.
 * Throws ApiError when it is refused before that, or when the network stays away for long; calling it again goes on.
 */
export async function upload(file: File, transport: Transport, told: (received_bytes: number) => void = () => undefined): Promise<StoredFile> {
  const name = file.name.slice(-100);
  let stored = await transport.announce({ name, media_type: file.type, size_bytes: file.size, sha256: await sha256Of(file) });
  let attempt = 0;
  told(stored.received_bytes);
  while (stored.state === 'RECEIVING') {
    const from = stored.received_bytes;
    try {
      stored = await transport.append(stored.id, from, file.slice(from, from + stored.piece_bytes_max));
      attempt = stored.received_bytes > from ? 0 : attempt + 1;
    } catch (error) {
      attempt += 1;
      if (!mayGoOn(error) || attempt >= attempts_max) throw error;
      await transport.pause(attempt);
      // What came, came: the services know.
      stored = await transport.status(stored.id).catch(() => stored);
    }
    if (attempt >= attempts_max && stored.state === 'RECEIVING') throw new ApiError('timeout');
    told(stored.received_bytes);
  }
  return stored;
}

/** The smallest form of a picture that is at least so wide, else its widest; null of what has none. */
export function formOf(file: StoredFile | null, width: number): FileForm | null {
  const pictures = (file?.forms ?? []).filter((form) => form.width > 0);
  const webp = pictures.filter((form) => form.media_type === 'image/webp');
  const sorted = (webp.length > 0 ? webp : pictures).sort((a, b) => a.width - b.width);
  return sorted.find((form) => form.width >= width) ?? sorted.at(-1) ?? null;
}

/** "421377" → "411 KB". */
export function sizeText(bytes: number): string {
  const kilobytes = bytes / 1024;
  return kilobytes < 1024 ? `${Math.max(1, Math.round(kilobytes))} KB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}
