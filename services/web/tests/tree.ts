/** A second, independent Merkle tree and log for the tests: recursive as RFC 6962 §2.1 defines it, with
 *  Node's crypto, where the page's verification is iterative with WebCrypto. */

import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

function sha256(...parts: Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function split(length: number): number {
  let power = 1;
  while (power * 2 < length) power *= 2;
  return power;
}

export function root(leaves: Buffer[]): Buffer {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return sha256(Buffer.of(0), leaves[0]!);
  const left = split(leaves.length);
  return sha256(Buffer.of(1), root(leaves.slice(0, left)), root(leaves.slice(left)));
}

export function inclusionProof(index: number, leaves: Buffer[]): Buffer[] {
  if (leaves.length === 1) return [];
  const left = split(leaves.length);
  return index < left
    ? [...inclusionProof(index, leaves.slice(0, left)), root(leaves.slice(left))]
    : [...inclusionProof(index - left, leaves.slice(left)), root(leaves.slice(0, left))];
}

export interface Signer {
  name: string;
  id: Buffer;
  vkey: string;
  private_key: KeyObject;
}

export function signer(name: string): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const key = Buffer.concat([Buffer.of(1), raw]);
  const id = sha256(Buffer.from(`${name}\n`), key).subarray(0, 4);
  return { name, id, vkey: `${name}+${id.toString('hex')}+${key.toString('base64')}`, private_key: privateKey };
}

export function signatureLine(text: string, by: Signer): string {
  const signature = sign(null, Buffer.from(text), by.private_key);
  return `— ${by.name} ${Buffer.concat([by.id, signature]).toString('base64')}\n`;
}

export function checkpointText(origin: string, size: number, root_hash: Buffer): string {
  return `${origin}\n${size}\n${root_hash.toString('base64')}\n`;
}

export function signedCheckpoint(leaves: Buffer[], by: Signer): string {
  const text = checkpointText(by.name, leaves.length, root(leaves));
  return `${text}\n${signatureLine(text, by)}`;
}
