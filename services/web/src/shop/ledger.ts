/** Whether the signed ledger says of an order what its page says. Fetched when somebody asks. */

import { json, text } from '../shared/api';
import { verifyEvidence } from '../shared/proof';
import type { Brought } from './types';

/** What the ledger holds of an order, as `getOrderEntries` answers it. */
export interface LedgerAnswer {
  items: { index: number; entry: string; proof: { hashes: string[] } }[];
  checkpoint: string;
}

/** What the entries count, by county: read from the very texts that are hashed. */
export function countedIn(entries: readonly string[]): Brought[] {
  const sums = new Map<string, number>();
  for (const entry of entries) {
    const { county, counted, total_fen } = JSON.parse(entry) as { county: string; counted: boolean; total_fen: number };
    if (counted) sums.set(county, (sums.get(county) ?? 0) + total_fen);
  }
  return [...sums].map(([county_code, amount_fen]) => ({ county_code, amount_fen })).sort((a, b) => a.county_code.localeCompare(b.county_code));
}

/** `same`: proven, and to the fen what this page says; `other`: proven, but it says something else. */
export type Finding = 'same' | 'other' | 'unproven';

/** Proves in this browser that the signed ledger holds these entries, and compares them with what was said. */
export async function findingOf(answer: LedgerAnswer, vkey: string, said: readonly Brought[]): Promise<Finding> {
  const verdicts = await Promise.all(
    answer.items.map(({ index, entry, proof }) => verifyEvidence({ index, entry, hashes: proof.hashes, checkpoint: answer.checkpoint, vkey })),
  );
  if (verdicts.length === 0 || verdicts.some((one) => !one.verified)) return 'unproven';
  const counted = countedIn(answer.items.map((one) => one.entry));
  return JSON.stringify(counted) === JSON.stringify(said.map(({ county_code, amount_fen }) => ({ county_code, amount_fen }))) ? 'same' : 'other';
}

/** Throws ApiError; 404 `order-not-in-ledger` while the ledger has not taken it in. */
export async function lookIntoLedger(order_number: string, access_token: string, said: readonly Brought[]): Promise<{ finding: Finding; places: number[] }> {
  const [answer, vkey] = await Promise.all([
    json<LedgerAnswer>(`/v1/audit/orders/${encodeURIComponent(order_number)}/entries`, { headers: { 'Order-Access-Token': access_token } }),
    text('/log/key'),
  ]);
  return { finding: await findingOf(answer, vkey, said), places: answer.items.map((one) => one.index) };
}
