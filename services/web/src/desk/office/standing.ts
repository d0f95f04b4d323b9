/** What becomes of a certification once it is certified, and who made it so. */

import type { CertificationState, Proposal, StateChange } from './types';

export interface Hand {
  /** What this account did. */
  did: 'proposed_by' | 'confirmed_by' | 'refused_by' | 'taken_back_by' | 'decided_by' | 'reinstated_by';
  account: number;
}

/** Written in one transaction, they may differ by what is rounded away. */
const same_moment_ms = 1000;
const together = (a: string | null, b: string): boolean => a !== null && Math.abs(Date.parse(a) - Date.parse(b)) <= same_moment_ms;

/**
 * Who brought an entry of a certification's history about: a suspension holds from when it is proposed, a revocation and a
 * withdrawal from when they are agreed to, and a suspension that is refused ends with the refusal. What one person did (certify,
 * reinstate) the entry itself names; so it does where the proposals are another office's. `first`: it began the certification.
 */
export function handsOf(entry: Pick<StateChange, 'state' | 'at' | 'by_account'>, proposals: readonly Proposal[], first = false): Hand[] {
  const refused = entry.state === 'CERTIFIED' ? proposals.find((one) => one.state === 'SUSPENDED' && one.outcome === 'REFUSED' && together(one.answered_at, entry.at)) : undefined;
  if (refused) return refused.answered_by === null ? [] : [{ did: refused.answered_by === refused.by_account ? 'taken_back_by' : 'refused_by', account: refused.answered_by }];
  const proposal = proposals.find((one) => one.state === entry.state && together(one.state === 'SUSPENDED' ? one.at : one.answered_at, entry.at));
  if (!proposal) {
    if (entry.by_account === undefined || entry.by_account === null) return [];
    return [{ did: entry.state === 'CERTIFIED' && !first ? 'reinstated_by' : 'decided_by', account: entry.by_account }];
  }
  const hands: Hand[] = [{ did: 'proposed_by', account: proposal.by_account }];
  if (proposal.outcome === 'AGREED' && proposal.answered_by !== null) hands.push({ did: 'confirmed_by', account: proposal.answered_by });
  return hands;
}

/** The common reasons for each change: what is ended for good is not «being put right». */
export const reasons_of = {
  SUSPENDED: ['failed_check', 'licence_lapsed', 'origin_doubt'],
  CERTIFIED: ['rectified'],
  REVOKED: ['failed_gravely', 'forged', 'licence_revoked'],
  WITHDRAWN: ['discontinued', 'gave_up'],
} as const satisfies Record<CertificationState, readonly string[]>;

/** Whether nobody else of an office could be the second person: who is disabled cannot, and an auditor decides nothing. */
export const isAlone = (people: readonly { account_id: number; roles: readonly string[]; disabled?: boolean }[], self: number): boolean =>
  !people.some((one) => one.account_id !== self && !one.disabled && one.roles.includes('certifier'));
