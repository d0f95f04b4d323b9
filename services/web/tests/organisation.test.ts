import { describe, expect, it } from 'vitest';
import { mayCorrect, partsChanged, placesIn } from '../src/desk/platform/organisation';
import { organisation_kinds } from '../src/desk/platform/types';

describe('an organisation at the desk', () => {
  const as = (...roles: string[]) => (role: string): boolean => roles.includes(role);

  it('is an operator’s to correct where it sells, and an administrator’s everywhere', () => {
    expect(organisation_kinds.filter((kind) => mayCorrect(kind, as('operator')))).toEqual(['MERCHANT']);
    expect(organisation_kinds.filter((kind) => mayCorrect(kind, as('admin')))).toEqual([...organisation_kinds]);
    expect(organisation_kinds.filter((kind) => mayCorrect(kind, as('merchant', 'certifier', 'auditor')))).toEqual([]);
  });
  it('takes those whom the services would let in there, and nobody into the operator’s house', () => {
    expect(placesIn('OPERATOR')).toEqual([]);
    expect(placesIn('AUDIT_OFFICE')).toEqual([{ role: 'auditor' }]);
    expect(placesIn('DISTRICT_OFFICE').map((one) => one.role)).toEqual(['certifier', 'auditor']);
    expect(placesIn('MERCHANT').map((one) => one.position)).toEqual(['OWNER', 'CLERK', 'FINANCE']);
  });
  it('shows of a correction what it changed, also what was taken away', () => {
    const change = { change_id: 1, at: '2026-11-28T00:00:00Z', by_account: 1, reason: '换证' };
    const before = { name: '甲', uscc: '93530624MA6K00000C', county_code: '530624' };
    expect(partsChanged({ ...change, before, after: { ...before, name: '乙' } })).toEqual(['name']);
    expect(partsChanged({ ...change, before, after: { name: '甲', county_code: '530625' } })).toEqual(['uscc', 'county_code']);
  });
});
