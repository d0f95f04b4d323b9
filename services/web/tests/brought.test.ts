import { describe, expect, it } from 'vitest';
import { isDemonstration } from '../src/shop/brought';
import { countedIn, findingOf, type LedgerAnswer } from '../src/shop/ledger';
import type { Order } from '../src/shop/types';
import { inclusionProof, signedCheckpoint, signer } from './tree';

const log = signer('shanhai.test/ledger');
const commitment = 'ab'.repeat(32);
const entryOf = (county: string, counted: boolean, total_fen: number) => JSON.stringify({ buyer: commitment, counted, county, order: commitment, total_fen, v: 2 });

/** The order's entries are the last of a longer ledger. */
function answerOf(entries: string[], before = 3): LedgerAnswer {
  const leaves = [...Array.from({ length: before }, (_, i) => entryOf('530600', true, i)), ...entries].map((one) => Buffer.from(one));
  const items = entries.map((entry, i) => ({ index: before + i, entry, proof: { hashes: inclusionProof(before + i, leaves).map((hash) => hash.toString('base64')) } }));
  return { items, checkpoint: signedCheckpoint(leaves, log) };
}

const sold = [entryOf('530625', true, 1500), entryOf('530624', true, 3979), entryOf('530624', true, 1), entryOf('530624', false, 999)];
const said = [{ county_code: '530624', amount_fen: 3980 }, { county_code: '530625', amount_fen: 1500 }];

describe('the ledger', () => {
  it('counts by county what is counted, and only that', () => {
    expect(countedIn(sold)).toEqual(said);
    expect(countedIn([entryOf('530624', false, 999)])).toEqual([]);
  });
  it('says the same as the page only where it is proven and equal to the fen', async () => {
    expect(await findingOf(answerOf(sold), log.vkey, said)).toBe('same');
    expect(await findingOf(answerOf(sold), log.vkey, [{ ...said[0]!, amount_fen: 3981 }, said[1]!])).toBe('other');
    expect(await findingOf(answerOf(sold), log.vkey, said.slice(0, 1))).toBe('other');
  });
  it('proves nothing with an entry that was changed, another key, or no entry', async () => {
    const changed = answerOf(sold);
    changed.items[1]!.entry = entryOf('530624', true, 3978);
    expect(await findingOf(changed, log.vkey, said)).toBe('unproven');
    expect(await findingOf(answerOf(sold), signer('shanhai.test/ledger').vkey, said)).toBe('unproven');
    expect(await findingOf(answerOf([]), log.vkey, [])).toBe('unproven');
  });
});

describe('a payment for demonstration', () => {
  const order = (...payments: [provider: string, state: string][]) =>
    isDemonstration({ payments: payments.map(([provider, state]) => ({ attempt_number: '', provider, pay_url: '', amount_fen: 1, state })) } as Order);
  it('is one where no provider that was paid moves money', () => {
    expect(order(['sandbox', 'SUCCESS'])).toBe(true);
    expect(order(['sample', 'SUCCESS'])).toBe(true);
    expect(order(['sandbox', 'FAILED'], ['wechat', 'SUCCESS'])).toBe(false);
    expect(order(['sandbox', 'FAILED'])).toBe(false);
  });
});
