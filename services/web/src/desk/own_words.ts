/** What the browser finds wrong with a control, in our words: its own follow the browser's language, and stand in a bubble. */

export type Words = (key: 'form.missing' | 'form.no_date' | 'form.whole' | 'form.number' | 'form.at_least' | 'form.at_most' | 'form.characters_min' | 'form.not_so', names?: Record<string, unknown>) => string;
export type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
type Looked = Pick<HTMLInputElement, 'type'> & Partial<Pick<HTMLInputElement, 'min' | 'max' | 'minLength' | 'step'>> & { validity: Partial<ValidityState> };

export const isControl = (target: EventTarget | null): target is Control =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;

const is_day = (type: string): boolean => ['date', 'datetime-local', 'month', 'time'].includes(type);
const limitOf = (text: string): string => text.replace('T', ' ');

/** Empty where nothing is wrong. */
export function wordsOf(control: Looked, t: Words): string {
  const { validity, type, min = '', max = '', minLength, step = '' } = control;
  if (validity.badInput) return t(is_day(type) ? 'form.no_date' : 'form.number');
  if (validity.valueMissing) return t('form.missing');
  if (validity.rangeUnderflow) return t('form.at_least', { limit: limitOf(min) });
  if (validity.rangeOverflow) return t('form.at_most', { limit: limitOf(max) });
  if (validity.stepMismatch) return t(step === '' || step === '1' ? 'form.whole' : 'form.number');
  if (validity.tooShort) return t('form.characters_min', { n: minLength });
  return validity.valid === false ? t('form.not_so') : '';
}
