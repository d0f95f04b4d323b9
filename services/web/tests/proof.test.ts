import { afterEach, describe, expect, it, vi } from 'vitest';
import { climb, entryVersion, fromBase64, hex, leafHash, parseLogKey, toBase64, verifyEvidence, type Evidence } from '../src/shared/proof';
import { checkpointText, inclusionProof, root, signatureLine, signedCheckpoint, signer } from './tree';

const log = signer('shanhai.test/ledger');
const entries = (count: number) =>
  Array.from({ length: count }, (_, i) => Buffer.from(`{"county_code":"530624","fen":${1280 + i},"n":"箬竹面","v":1}`));

function evidenceFor(index: number, leaves: Buffer[]): Evidence {
  return {
    index,
    entry: leaves[index]!.toString(),
    hashes: inclusionProof(index, leaves).map((hash) => hash.toString('base64')),
    checkpoint: signedCheckpoint(leaves, log),
    vkey: log.vkey,
  };
}

async function failedStep(evidence: Evidence): Promise<string> {
  const verdict = await verifyEvidence(evidence);
  expect(verdict.verified).toBe(false);
  const last = verdict.steps.at(-1)!;
  expect(last.passed).toBe(false);
  return last.name;
}

function withFlippedBit(base64: string, bit: number): string {
  const bytes = Buffer.from(base64, 'base64');
  bytes[bit >> 3]! ^= 1 << (bit & 7);
  return bytes.toString('base64');
}

describe('an entry', () => {
  const commitment = 'ab'.repeat(32);

  it('is of version 1 or 2, and of the second it holds commitments only', () => {
    expect(entryVersion('{"order":"SH2026050412345678901","v":1}')).toBe(1);
    expect(entryVersion(JSON.stringify({ buyer: commitment, order: commitment, v: 2 }))).toBe(2);
    for (const bad of [
      { v: 3 }, {}, { v: '2' }, { v: 2 }, { buyer: commitment, order: 'SH2026050412345678901', v: 2 },
      { buyer: commitment.toUpperCase(), order: commitment, v: 2 }, { buyer: 1, order: commitment, v: 2 },
    ]) {
      expect(() => entryVersion(JSON.stringify(bad))).toThrow();
    }
  });
});

describe('an honest proof', () => {
  it('is verified for every entry of every tree up to 33 entries', async () => {
    for (let size = 1; size <= 33; size += 1) {
      const leaves = entries(size);
      for (let index = 0; index < size; index += 1) {
        const verdict = await verifyEvidence(evidenceFor(index, leaves));
        expect(verdict.steps.filter((step) => !step.passed)).toEqual([]);
        expect(verdict.verified).toBe(true);
      }
    }
  });

  it('names its steps in order and ends in the root', async () => {
    const leaves = entries(7);
    const verdict = await verifyEvidence(evidenceFor(4, leaves));
    expect(verdict.steps.map((step) => step.name)).toEqual(['entry', 'leaf', 'key', 'signature', 'path', 'root']);
    expect(verdict.path.at(-1)!.hash).toBe(root(leaves).toString('base64'));
  });

  it('may carry signatures of others', async () => {
    const leaves = entries(3);
    const evidence = evidenceFor(1, leaves);
    const text = checkpointText(log.name, 3, root(leaves));
    evidence.checkpoint += signatureLine(text, signer('witness.test'));
    expect((await verifyEvidence(evidence)).verified).toBe(true);
  });

  it('hashes the empty leaf as RFC 6962 does', async () => {
    expect(hex(await leafHash(new Uint8Array()))).toBe(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    );
  });

  it('climbs trees larger than 32 bits', async () => {
    const leaf = await leafHash(new Uint8Array([1]));
    const proof = Array.from({ length: 40 }, (_, i) => new Uint8Array(32).fill(i));
    const climbed = await climb(2 ** 39 + 5, 2 ** 40, leaf, proof);
    expect(climbed.path[39]!.side).toBe('left');
    expect(climbed.path.slice(0, 4).map((node) => node.side)).toEqual(['left', 'right', 'left', 'right']);
  });
});

describe('a proof that was tampered with', () => {
  const leaves = entries(11);

  it('fails at the root when one fen of the entry changed', async () => {
    const evidence = evidenceFor(6, leaves);
    expect(await failedStep({ ...evidence, entry: evidence.entry.replace('1286', '1287') })).toBe('root');
  });

  it('fails at the root when the entry is claimed at a neighbouring place', async () => {
    expect(await failedStep({ ...evidenceFor(6, leaves), index: 7 })).toBe('root');
  });

  it('fails at the root for any flipped bit of any hash of the path', async () => {
    const evidence = evidenceFor(6, leaves);
    for (let i = 0; i < evidence.hashes.length; i += 1) {
      const hashes = evidence.hashes.map((hash, j) => (i === j ? withFlippedBit(hash, 37 * i) : hash));
      expect(await failedStep({ ...evidence, hashes })).toBe('root');
    }
  });

  it('fails in the path when hashes are missing, surplus, short or no base64', async () => {
    const evidence = evidenceFor(6, leaves);
    const [first = '', ...others] = evidence.hashes;
    const wrong = [others, [...evidence.hashes, first], ['AAAA', ...others], ['not base64!', ...others], []];
    for (const hashes of wrong) expect(await failedStep({ ...evidence, hashes })).toBe('path');
  });

  it('fails when the entry is not in the tree of the checkpoint', async () => {
    for (const index of [11, 1e6, -1, 1.5, Number.NaN]) {
      expect(await failedStep({ ...evidenceFor(6, leaves), index })).toBe('size');
    }
  });

  it('fails at the signature when size, root or a byte of the signature changed', async () => {
    const evidence = evidenceFor(6, leaves);
    const other_root = root(entries(12)).toString('base64');
    const lines = evidence.checkpoint.split('\n');
    const [mark, name, signature = ''] = lines[4]!.split(' ');
    const wrong = [
      [lines[0], '12', ...lines.slice(2)],
      [lines[0], lines[1], other_root, ...lines.slice(3)],
      [...lines.slice(0, 4), `${mark} ${name} ${withFlippedBit(signature, 300)}`, ''],
      [...lines.slice(0, 4), `${mark} ${name} ${withFlippedBit(signature, 3)}`, ''],
    ];
    for (const note of wrong) expect(await failedStep({ ...evidence, checkpoint: note.join('\n') })).toBe('signature');
  });

  it('fails at the signature when another key signed under the same name', async () => {
    const forger = signer(log.name);
    expect(await failedStep({ ...evidenceFor(6, leaves), checkpoint: signedCheckpoint(leaves, forger) })).toBe(
      'signature',
    );
  });

  it('fails at the checkpoint when the log has another name', async () => {
    const other = signer('other.test/ledger');
    expect(await failedStep({ ...evidenceFor(6, leaves), checkpoint: signedCheckpoint(leaves, other) })).toBe(
      'checkpoint',
    );
  });

  it('fails at the checkpoint when the note is malformed', async () => {
    const evidence = evidenceFor(6, leaves);
    const note = evidence.checkpoint;
    const wrong = ['', 'x', note.replace('\n\n', '\n'), note.slice(0, -1), note.replace('\n11\n', '\n011\n'), `${note}junk\n`];
    wrong.push(note.replace('\n11\n', '\n11\r\n'), note.replace(root(leaves).toString('base64'), 'AAAA'));
    for (const checkpoint of wrong) expect(await failedStep({ ...evidence, checkpoint })).toBe('checkpoint');
  });

  it('fails at the key when the id does not belong to it', async () => {
    const other = signer(log.name);
    const [name, , key] = log.vkey.split('+');
    const wrong = ['', 'name', `${name}+${hex(other.id)}+${key}`, `x${log.vkey}`, log.vkey.slice(0, -4)];
    for (const vkey of wrong) expect(await failedStep({ ...evidenceFor(6, leaves), vkey })).toBe('key');
  });

  it('fails at the entry when that is no JSON', async () => {
    expect(await failedStep({ ...evidenceFor(6, leaves), entry: '{"fen":1' })).toBe('entry');
  });
});

describe('a browser whose WebCrypto', () => {
  afterEach(() => vi.restoreAllMocks());

  it('does not know Ed25519 verifies all the same, and still notices a forged signature', async () => {
    vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(new DOMException('unknown', 'NotSupportedError'));
    const leaves = entries(5);
    const evidence = evidenceFor(3, leaves);
    expect((await verifyEvidence(evidence)).verified).toBe(true);
    const forger = signer(log.name);
    expect(await failedStep({ ...evidence, checkpoint: signedCheckpoint(leaves, forger) })).toBe('signature');
    const text = checkpointText(log.name, 5, root(leaves));
    const forged = signatureLine(text, { ...forger, id: log.id });
    expect(await failedStep({ ...evidence, checkpoint: `${text}\n${forged}` })).toBe('signature');
  });

  it('is missing (a page without HTTPS) says so instead of passing', async () => {
    vi.spyOn(globalThis, 'crypto', 'get').mockReturnValue({} as Crypto);
    expect(await failedStep(evidenceFor(1, entries(2)))).toBe('leaf');
  });
});

describe('formats', () => {
  it('reads a published C2SP key', async () => {
    // The example of the signed note's own documentation.
    const key = await parseLogKey('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
    expect(key.name).toBe('PeterNeumann');
  });

  it('accepts canonical base64 only', () => {
    expect(fromBase64('AAE=')).toEqual(Uint8Array.of(0, 1));
    expect(toBase64(Uint8Array.of(0, 1))).toBe('AAE=');
    for (const text of ['AAE', 'AAF=', 'A AE=', 'AA-_', '=', 'AAE=\n']) expect(fromBase64(text)).toBeNull();
  });
});
