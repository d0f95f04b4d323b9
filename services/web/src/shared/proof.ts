/**
 * Proves, with nothing but the log's public key, that an entry stands in the signed ledger:
 * entry → leaf (RFC 6962) → root (inclusion proof, RFC 9162 §2.1.3.2) → signed checkpoint (C2SP).
 * No part trusts what the server says about itself; whatever fails is named.
 */

import { verifyAsync as verifyEd25519Portably } from '@noble/ed25519';

type Bytes = Uint8Array<ArrayBuffer>;

export type StepName = 'entry' | 'leaf' | 'key' | 'checkpoint' | 'signature' | 'size' | 'path' | 'root';

export interface Step {
  name: StepName;
  passed: boolean;
  /** What was found: a hash, a key's name, the reason of the failure. */
  detail: string;
}

export interface PathNode {
  /** On which side of the running hash the sibling of the proof stands. */
  side: 'left' | 'right';
  sibling: string;
  hash: string;
}

export interface Verdict {
  verified: boolean;
  steps: Step[];
  /** Every hash between the leaf and the root, for who wants to follow by hand. */
  path: PathNode[];
}

export interface Evidence {
  index: number;
  /** The canonical JSON text of the entry, exactly as it was logged. */
  entry: string;
  /** Hashes of the inclusion proof from the leaf upwards, base64. */
  hashes: string[];
  /** The signed note. */
  checkpoint: string;
  /** The log's key: "name+hex8+base64(algorithm ‖ key)". */
  vkey: string;
}

/**
 * The version of an entry: 1 holds an order number and a lasting pseudonym, 2 holds commitments (SHA-256 in hex) in
 * their place. Both are leaves of the same tree. Throws ProofError for what is neither.
 */
export function entryVersion(entry: string): 1 | 2 {
  const fields = JSON.parse(entry) as { v?: unknown; order?: unknown; buyer?: unknown };
  if (fields.v === 1) return 1;
  if (fields.v !== 2) throw new ProofError('entry', 'the entry is of a version that this page does not know');
  for (const commitment of [fields.order, fields.buyer]) {
    if (typeof commitment !== 'string' || !/^[0-9a-f]{64}$/.test(commitment)) {
      throw new ProofError('entry', 'the entry holds something else than commitments');
    }
  }
  return 2;
}

/** A reason for which evidence is refused; the message says which part is at fault. */
export class ProofError extends Error {
  constructor(
    readonly step: StepName,
    reason: string,
  ) {
    super(reason);
    this.name = 'ProofError';
  }
}

const hash_length = 32;
const signature_length = 64;
const ed25519_algorithm = 0x01;
const signatures_max = 100;

// --- Bytes ---

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/** Strict base64: canonical padding, no spaces; null for anything else. */
export function fromBase64(text: string): Bytes | null {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return null;
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return toBase64(bytes) === text ? bytes : null;
}

function joined(...parts: Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

function same(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, i) => byte === right[i]);
}

function utf8(text: string): Bytes {
  return new Uint8Array(new TextEncoder().encode(text));
}

async function sha256(bytes: Bytes): Promise<Bytes> {
  if (!globalThis.crypto?.subtle) {
    throw new ProofError('leaf', 'this browser gives no cryptography to pages without HTTPS');
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

// --- The tree ---

/** H(0x00 ‖ data). */
export function leafHash(data: Uint8Array): Promise<Bytes> {
  return sha256(joined(Uint8Array.of(0x00), data));
}

/** H(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Promise<Bytes> {
  return sha256(joined(Uint8Array.of(0x01), left, right));
}

export interface Climb {
  root: Bytes;
  path: PathNode[];
}

/** The root that a leaf and its inclusion proof lead to. Throws ProofError when the proof does not fit. */
export async function climb(index: number, size: number, leaf: Uint8Array, proof: Uint8Array[]): Promise<Climb> {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) {
    throw new ProofError('size', `entry ${index} is not in a tree of ${size}`);
  }
  if (leaf.length !== hash_length) throw new ProofError('leaf', 'a leaf hash has 32 bytes');
  // Sizes may exceed 32 bits, where JavaScript's shifts end: halve by arithmetic.
  let node = index;
  let last = size - 1;
  let running: Bytes = new Uint8Array(leaf);
  const path: PathNode[] = [];
  for (const sibling of proof) {
    if (sibling.length !== hash_length) throw new ProofError('path', 'a hash of the proof has not 32 bytes');
    if (last === 0) throw new ProofError('path', 'the proof has more hashes than the tree has levels');
    const on_left = node % 2 === 1 || node === last;
    running = on_left ? await nodeHash(sibling, running) : await nodeHash(running, sibling);
    path.push({ side: on_left ? 'left' : 'right', sibling: toBase64(sibling), hash: toBase64(running) });
    while (on_left && node % 2 === 0 && node !== 0) {
      node = Math.floor(node / 2);
      last = Math.floor(last / 2);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  if (last !== 0) throw new ProofError('path', 'the proof has fewer hashes than the tree has levels');
  return { root: running, path };
}

// --- The signed checkpoint ---

export interface LogKey {
  name: string;
  id: Bytes;
  public_key: Bytes;
}

/** Reads "name+hex8+base64(0x01 ‖ key)" and checks that the id belongs to name and key. */
export async function parseLogKey(vkey: string): Promise<LogKey> {
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(vkey.trim());
  if (!match) throw new ProofError('key', 'the key is not of the form name+id+key');
  const [, name = '', id_text = '', key_text = ''] = match;
  const key = fromBase64(key_text);
  if (!key || key.length !== 33 || key[0] !== ed25519_algorithm) {
    throw new ProofError('key', 'the key is not an Ed25519 key');
  }
  const id = (await sha256(joined(utf8(`${name}\n`), key))).slice(0, 4);
  if (hex(id) !== id_text) throw new ProofError('key', 'the id does not belong to this name and key');
  return { name, id, public_key: key.slice(1) };
}

export interface Checkpoint {
  origin: string;
  size: number;
  root: Bytes;
}

interface Note {
  text: string;
  signatures: { name: string; id: Uint8Array; signature: Bytes }[];
}

/** Takes a signed note apart: text, blank line, "— name base64(id ‖ signature)" lines. */
function parseNote(note: string): Note {
  if (/[\u0000-\u0009\u000b-\u001f\u007f\ufffd]/.test(note)) {
    throw new ProofError('checkpoint', 'a note holds no control characters');
  }
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n')) throw new ProofError('checkpoint', 'the note has no signature lines');
  const lines = note.slice(split + 2, -1).split('\n');
  if (lines.length > signatures_max) throw new ProofError('checkpoint', 'the note has too many signatures');
  const signatures = lines.map((line) => {
    const match = /^— (\S+) (\S+)$/.exec(line);
    const bytes = match ? fromBase64(match[2] ?? '') : null;
    if (!match || !bytes || bytes.length < 5) {
      throw new ProofError('checkpoint', 'a signature line is malformed');
    }
    return { name: match[1] ?? '', id: bytes.slice(0, 4), signature: bytes.slice(4) };
  });
  return { text: note.slice(0, split + 1), signatures };
}

/** Reads "origin\nsize\nbase64(root)\n…", the text of a checkpoint. */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin = '', size_text = '', root_text = ''] = text.split('\n');
  if (origin === '') throw new ProofError('checkpoint', 'the checkpoint has no origin');
  const size = Number(size_text);
  if (!/^(0|[1-9][0-9]*)$/.test(size_text) || !Number.isSafeInteger(size)) {
    throw new ProofError('checkpoint', 'the size of the tree is malformed');
  }
  const root = fromBase64(root_text);
  if (!root || root.length !== hash_length) throw new ProofError('checkpoint', 'the root is malformed');
  return { origin, size, root };
}

async function verifyEd25519(key: Bytes, message: Bytes, signature: Bytes): Promise<boolean> {
  try {
    const imported = await crypto.subtle.importKey('raw', key, { name: 'Ed25519' }, false, ['verify']);
    return await crypto.subtle.verify({ name: 'Ed25519' }, imported, signature, message);
  } catch {
    // This browser's WebCrypto does not know Ed25519 yet.
    return verifyEd25519Portably(signature, message, key).catch(() => false);
  }
}

/** The checkpoint in a note, when the key signed it. Other signers' lines do not matter; a wrong one of
 *  this key does. Throws ProofError. */
export async function openCheckpoint(note_text: string, key: LogKey): Promise<Checkpoint> {
  const note = parseNote(note_text);
  const checkpoint = parseCheckpoint(note.text);
  if (checkpoint.origin !== key.name) {
    throw new ProofError('checkpoint', `the checkpoint is of ${checkpoint.origin}, the key of ${key.name}`);
  }
  const own = note.signatures.filter((line) => line.name === key.name && same(line.id, key.id));
  if (own.length === 0) throw new ProofError('signature', 'the key did not sign this checkpoint');
  for (const line of own) {
    const valid =
      line.signature.length === signature_length &&
      (await verifyEd25519(key.public_key, utf8(note.text), line.signature));
    if (!valid) throw new ProofError('signature', 'the signature does not fit the checkpoint');
  }
  return checkpoint;
}

// --- The whole ---

/** Goes through every step and stops at the first that fails. Never throws for bad evidence. */
export async function verifyEvidence(evidence: Evidence): Promise<Verdict> {
  const verdict: Verdict = { verified: false, steps: [], path: [] };
  const pass = (name: StepName, detail: string) => verdict.steps.push({ name, passed: true, detail });
  try {
    entryVersion(evidence.entry);
    pass('entry', `${utf8(evidence.entry).length}`);
    const leaf = await leafHash(utf8(evidence.entry));
    pass('leaf', toBase64(leaf));
    const key = await parseLogKey(evidence.vkey);
    pass('key', `${key.name}+${hex(key.id)}`);
    const checkpoint = await openCheckpoint(evidence.checkpoint, key);
    pass('signature', `${checkpoint.size}`);
    const hashes = evidence.hashes.map(fromBase64);
    if (hashes.some((hash) => hash === null)) throw new ProofError('path', 'a hash of the proof is not base64');
    const climbed = await climb(evidence.index, checkpoint.size, leaf, hashes as Bytes[]);
    verdict.path = climbed.path;
    pass('path', `${climbed.path.length}`);
    if (!same(climbed.root, checkpoint.root)) {
      throw new ProofError('root', `${toBase64(climbed.root)} ≠ ${toBase64(checkpoint.root)}`);
    }
    pass('root', toBase64(climbed.root));
    verdict.verified = true;
  } catch (error) {
    const known = error instanceof ProofError;
    const step = known ? error.step : error instanceof SyntaxError ? 'entry' : 'root';
    verdict.steps.push({ name: step, passed: false, detail: known ? error.message : String(error) });
  }
  return verdict;
}
