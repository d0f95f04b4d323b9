import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import en from '../src/desk/office/messages/en';
import chinese from '../src/desk/office/messages/zh-CN';
import { handsOf, isAlone, reasons_of } from '../src/desk/office/standing';
import type { Proposal } from '../src/desk/office/types';

const proposal = (over: Partial<Proposal> = {}): Proposal => ({
  proposal_id: 1, certification_id: 14, state: 'REVOKED', reason: '弄虚作假', at: '2026-11-28T11:30:00Z', by_account: 5, organisation_id: 2,
  outcome: 'AGREED', answer: '复核属实。', answered_at: '2026-11-28T11:40:00Z', answered_by: 6, ...over,
});

describe('who brought a state about', () => {
  it('is who proposed and who agreed, from the moment on from which it holds', () => {
    const both = [{ did: 'proposed_by', account: 5 }, { did: 'confirmed_by', account: 6 }];
    expect(handsOf({ state: 'REVOKED', at: '2026-11-28T11:40:00.250Z' }, [proposal()])).toEqual(both);
    expect(handsOf({ state: 'SUSPENDED', at: '2026-11-28T11:30:00Z' }, [proposal({ state: 'SUSPENDED' })])).toEqual(both);
  });
  it('is who proposed a suspension alone, as long as nobody agreed', () => {
    const waiting = proposal({ state: 'SUSPENDED', outcome: 'WAITING', answered_at: null, answered_by: null });
    expect(handsOf({ state: 'SUSPENDED', at: waiting.at }, [waiting])).toEqual([{ did: 'proposed_by', account: 5 }]);
  });
  it('is who refused, where a suspension ended with that', () => {
    expect(handsOf({ state: 'CERTIFIED', at: '2026-11-28T11:40:00Z' }, [proposal({ state: 'SUSPENDED', outcome: 'REFUSED' })])).toEqual([{ did: 'refused_by', account: 6 }]);
  });
  it('is who took it back, where that is who had proposed it', () => {
    const back = proposal({ state: 'SUSPENDED', outcome: 'REFUSED', answered_by: 5 });
    expect(handsOf({ state: 'CERTIFIED', at: '2026-11-28T11:40:00Z' }, [back])).toEqual([{ did: 'taken_back_by', account: 5 }]);
  });
  it('is who did it alone, where nobody had proposed it', () => {
    const suspended = proposal({ state: 'SUSPENDED' });
    expect(handsOf({ state: 'CERTIFIED', at: '2026-11-28T12:30:00Z', by_account: 7 }, [suspended])).toEqual([{ did: 'reinstated_by', account: 7 }]);
    expect(handsOf({ state: 'CERTIFIED', at: '2026-01-01T00:00:00Z', by_account: 5 }, [suspended], true)).toEqual([{ did: 'decided_by', account: 5 }]);
    expect(handsOf({ state: 'SUSPENDED', at: '2026-11-29T00:00:00Z', by_account: null }, [suspended])).toEqual([]);
  });
  it('is nobody that is known, of another moment or without a proposal', () => {
    expect(handsOf({ state: 'REVOKED', at: '2026-11-28T11:45:00Z' }, [proposal()])).toEqual([]);
    expect(handsOf({ state: 'CERTIFIED', at: '2026-01-01T00:00:00Z' }, [proposal()])).toEqual([]);
  });
});

describe('a second person of the office', () => {
  const one = (account_id: number, over: { disabled?: boolean; roles?: string[] } = {}): { account_id: number; roles: string[]; disabled?: boolean } => ({ account_id, roles: ['certifier'], ...over });
  it('is anybody else who certifies there and may sign in', () => {
    expect(isAlone([one(1), one(2)], 1)).toBe(false);
  });
  it('is neither oneself, nor who was disabled, nor an auditor', () => {
    expect(isAlone([one(1)], 1)).toBe(true);
    expect(isAlone([one(1), one(2, { disabled: true }), one(3, { roles: ['auditor'] })], 1)).toBe(true);
  });
});

describe.each([['zh-CN', chinese], ['en', en]])('the words of changes in %s', (_, { certifications }) => {
  it('give no reason of a suspension for what is ended for good', () => {
    const passing: readonly string[] = reasons_of.SUSPENDED;
    for (const state of ['REVOKED', 'WITHDRAWN'] as const) expect(reasons_of[state].filter((one) => passing.includes(one))).toEqual([]);
    const words = Object.values(reasons_of).flat().map((one) => certifications[one]);
    expect(new Set(words).size).toBe(words.length);
  });
  it('tell a revocation from a withdrawal by more than the verb', () => {
    const without = (text: string): string => text.replace(/撤销|撤回|revok\w*|withdr\w*/gi, '');
    expect(without(certifications.explain_REVOKED)).not.toBe(without(certifications.explain_WITHDRAWN));
  });
});

it('every window that asks for a reason says as what it is kept', () => {
  const source = fileURLToPath(new URL('../src/desk', import.meta.url));
  const asking = (readdirSync(source, { recursive: true }) as string[]).filter((name) => name.endsWith('.vue')).map((name) => readFileSync(`${source}/${name}`, 'utf8')).flatMap((text) => [...text.matchAll(/<ReasonModal\b[^>]*/g)].map(([tag]) => tag));
  expect(asking.length).toBeGreaterThan(8);
  for (const tag of asking) expect(tag).toMatch(/\s:?draft="/);
});
