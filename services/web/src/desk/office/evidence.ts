/** The papers of an application, as they are written down and as they are sent. */

import { dayAfter, lastDay } from '../../shared/moments';
import type { Faults } from '../faults';
import type { StoredFile } from '../uploads';
import type { Check, Evidence, EvidenceKind } from './types';

export interface PaperForm {
  kind: EvidenceKind;
  file_id: number;
  number: string;
  issued_on: string;
  /** As the paper prints it, on which it still holds; what is sent is the day after. */
  last_day: string;
  file: StoredFile | null;
}

export function formsOf(papers: readonly Evidence[]): PaperForm[] {
  return papers.map((one) => ({ kind: one.kind, file_id: one.file_id, number: one.number ?? '', issued_on: one.issued_on ?? '', last_day: one.valid_until ? lastDay(one.valid_until) : '', file: one.file }));
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
export function bodyOfPapers(papers: readonly PaperForm[]): Omit<Evidence, 'file'>[] {
  return papers.map((one) => ({ kind: one.kind, file_id: one.file_id, number: orNull(one.number), issued_on: orNull(one.issued_on), valid_until: one.last_day ? dayAfter(one.last_day, 1) : null }));
}

/** Days that no paper has, by the places that the services point to. */
export function paperFaults(papers: readonly PaperForm[], today: string, say: (what: 'issued_later' | 'ends_before') => string): Faults {
  const faults: Faults = {};
  papers.forEach((one, i) => {
    if (one.issued_on > today) faults[`/evidence/${i}/issued_on`] = say('issued_later');
    if (one.last_day && one.last_day < one.issued_on) faults[`/evidence/${i}/valid_until`] = say('ends_before');
  });
  return faults;
}

/** What a file probably is, by its name; a person says better. */
export function guessKind(file: StoredFile, missing: readonly EvidenceKind[]): EvidenceKind {
  const words: [RegExp, EvidenceKind][] = [
    [/检测|检验|报告|test|report/i, 'TEST_REPORT'], [/许可|SC\d|licen[cs]e/i, 'FOOD_PRODUCTION_LICENCE'], [/合格证|承诺/i, 'CONFORMITY_COMMITMENT'], [/代理|授权|agency/i, 'AGENCY_CONTRACT'], [/合同|协议|contract/i, 'LINKAGE_CONTRACT'],
    [/比价|价格|price/i, 'PRICE_COMPARISON'], [/绿色|有机|地理|organic/i, 'QUALITY_MARK'],
  ];
  const found = words.find(([pattern]) => pattern.test(file.name))?.[1];
  if (found) return found;
  return missing[0] ?? (file.media_type === 'application/pdf' ? 'OTHER' : 'PICTURE');
}

/** Which kinds a scheme asks for that no paper is of. */
export function missingKinds(required: readonly EvidenceKind[], papers: readonly { kind: EvidenceKind }[]): EvidenceKind[] {
  return required.filter((kind) => !papers.some((paper) => paper.kind === kind));
}

/** Of which a number stands on the paper, and a day. */
export const with_number: readonly EvidenceKind[] = ['TEST_REPORT', 'FOOD_PRODUCTION_LICENCE', 'CONFORMITY_COMMITMENT', 'QUALITY_MARK', 'AGENCY_CONTRACT'];

/** "evidence-missing" with the detail "… of the kind TEST_REPORT" → TEST_REPORT. */
export function kindIn(check: Check): string | null {
  return /\b([A-Z]+(?:_[A-Z]+)+|PICTURE|OTHER)\b/.exec(check.detail)?.[1] ?? null;
}
