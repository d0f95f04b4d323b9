/** Somebody else was first, or oneself in another tab: that is no fault, but news. It is told who did what, and the page shows how it is now. */

import type { ApiError } from '../shared/api';
import { colleagueNamed, useColleagues } from './colleagues';
import { person } from './session';
import { useDeskTexts } from './texts';

/** What is asked for may not be there any more. */
export const wasOvertaken = (error: ApiError): boolean => error.problem?.status === 409 || error.problem?.status === 412;

export function useOvertaken() {
  const { t } = useDeskTexts();
  const colleague = useColleagues();
  const isOwn = (by: number | null | undefined): boolean => typeof by === 'number' && by === person.value?.account_id;
  const asked = (by: number | null | undefined): by is number => typeof by === 'number' && !isOwn(by);
  const did = (by: number | null | undefined, name: string | null, done: string, office: string): string =>
    t('overtaken.did', { who: isOwn(by) ? t('overtaken.me') : name || office || t('overtaken.somebody'), done });
  return {
    /** `by`: the account, as far as it is told; `office`: for who is told no names. */
    wordsOf: (by: number | null | undefined, done: string, office = ''): string => did(by, asked(by) ? colleague(by) : null, done, office),
    /** The same for what is said once. */
    told: async (by: number | null | undefined, done: string, office = ''): Promise<string> => did(by, asked(by) ? await colleagueNamed(by) : null, done, office),
  };
}
