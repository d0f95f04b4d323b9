import { describe, expect, it } from 'vitest';
import { bodyOfPapers, formsOf, paperFaults, type PaperForm } from '../src/desk/office/evidence';
import type { Evidence } from '../src/desk/office/types';

const stored: Evidence = { kind: 'TEST_REPORT', file_id: 1, number: 'QC-1', issued_on: '2026-10-18', valid_until: '2027-03-01', file: null };
const typed = (over: Partial<PaperForm> = {}): PaperForm => ({ ...formsOf([stored])[0]!, ...over });
const today = '2026-11-28';
const faults = (over: Partial<PaperForm>) => paperFaults([typed(), typed(over)], today, (what) => what);

describe('the days on a paper', () => {
  it('are typed as it prints them: its last day, and not the first on which it does not hold', () => {
    expect(typed().last_day).toBe('2027-02-28');
    const { file: _, ...told } = stored;
    expect(bodyOfPapers([typed()])).toEqual([told]);
    expect(bodyOfPapers([typed({ last_day: '2026-12-31' })])[0]!.valid_until).toBe('2027-01-01');
    expect(bodyOfPapers([typed({ last_day: '' })])[0]!.valid_until).toBeNull();
    expect(formsOf([{ ...stored, valid_until: null }])[0]!.last_day).toBe('');
  });

  it('are refused at their field where no paper has them', () => {
    expect(faults({})).toEqual({});
    expect(faults({ issued_on: today, last_day: today })).toEqual({});
    expect(faults({ issued_on: '2026-11-29' })).toEqual({ '/evidence/1/issued_on': 'issued_later' });
    expect(faults({ last_day: '2026-10-17' })).toEqual({ '/evidence/1/valid_until': 'ends_before' });
    expect(faults({ issued_on: '', last_day: '' })).toEqual({});
  });
});
