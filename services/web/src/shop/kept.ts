/**
 * What the shop keeps while a tab lives: where the scan came from, and the key of an order in the making.
 * Nothing personal is kept; a browser that keeps nothing loses only convenience.
 */

const attribution_key = 'shanhai.attribution';
const draft_prefix = 'shanhai.draft.';

function read(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string | null): void {
  try {
    if (value === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, value);
  } catch {
    // Private windows may refuse; the page works on without.
  }
}

/** Remembers the attribution of a scan ("?a=…"); the last scan counts. */
export function keepAttribution(value: unknown): void {
  if (typeof value === 'string' && /^[0-9A-Za-z_-]{1,200}$/.test(value)) write(attribution_key, value);
}

export function attribution(): string | undefined {
  return read(attribution_key) ?? undefined;
}

/** A random UUID, also where the page is not served over HTTPS and crypto.randomUUID is missing. */
export function randomUuid(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** FNV-1a, twice with different starts: enough to notice that a draft changed, too little to read it back. */
export function fingerprint(text: string): string {
  const run = (start: number) => {
    let hash = start;
    for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    return (hash >>> 0).toString(16).padStart(8, '0');
  };
  return run(0x811c9dc5) + run(0x9e3779b9);
}

/**
 * The Idempotency-Key of an order draft. The same draft has the same key, also after a reload, so that a
 * retry after a lost answer finds the order that was made; a changed draft is another order, with another key.
 */
export function draftKey(draft: string, body: string): string {
  const mark = fingerprint(body);
  const [key, kept_mark] = (read(draft_prefix + draft) ?? '').split(' ');
  if (key && kept_mark === mark) return key;
  const fresh = randomUuid();
  write(draft_prefix + draft, `${fresh} ${mark}`);
  return fresh;
}

/** The draft became an order (or its key is spent): the next one is new. */
export function forgetDraft(draft: string): void {
  write(draft_prefix + draft, null);
}
