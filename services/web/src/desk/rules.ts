/**
 * What the services refuse that can be seen without asking them: by the same rules, and in their own words, so that the page
 * says nothing else at once than they would later. That both find the same is asked of both with the same values
 * (services/identity/tests/papers.json).
 */

import { shanghaiDay } from '../shared/moments';
import { isBeyondTheMainland, phoneDigits } from '../shared/telephone';

/** What a service says of the value; null where it says nothing. */
export type Rule = (value: string) => string | null;

const of_credit_codes = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** The check character of the first seventeen; '' when one of them is none of a credit code. */
function checkCharacter(code: string): string {
  let sum = 0;
  let weight = 1;
  for (const one of code.slice(0, 17)) {
    const value = of_credit_codes.indexOf(one);
    if (value < 0) return '';
    sum += value * weight;
    weight = (weight * 3) % 31;
  }
  return of_credit_codes[(31 - (sum % 31)) % 31]!;
}

export const creditCode: Rule = (code) => {
  if ([...code].length !== 18) return 'a unified social credit code has 18 characters';
  const check = checkCharacter(code);
  if (check === '') return 'a unified social credit code has no such character';
  return check === code[17] ? null : "the credit code's check character is wrong";
};

/** ISO 7064, MOD 11,10. */
function checkDigit(digits: string): string {
  let product = 10;
  for (const digit of digits) product = (((Number(digit) + product) % 10 || 10) * 2) % 11;
  return String((11 - product) % 10);
}

export const foodLicence: Rule = (number) => {
  if (!/^SC\d{14}$/.test(number)) return 'a food production licence is SC and 14 digits';
  return checkDigit(number.slice(2, 15)) === number[15] ? null : "the licence's check digit is wrong";
};

export const businessLicence: Rule = (number) => (/^[0-9A-Z]{6,30}$/.test(number) ? null : 'is not 6 to 30 digits and capital letters');

export const countyCode: Rule = (code) => {
  if (!/^\d{6}$/.test(code)) return 'a county code is six digits';
  return code.startsWith('0') || code.endsWith('00') ? 'that code names a province or prefecture, not a county' : null;
};

export const bankReference: Rule = (reference) => {
  if (!/^[0-9A-Za-z*-]{4,32}$/.test(reference)) return 'is not 4 to 32 letters, digits, hyphens and asterisks';
  return /\d{12}/.test(reference) ? 'looks like the whole number of an account; its last digits will do' : null;
};

export const telephone: Rule = (number) => {
  if ([...number].length > 60) return 'is longer than 60 characters';
  if (phoneDigits(number) !== '') return null;
  return isBeyondTheMainland(number) ? 'is a number of Hong Kong, Macao or Taiwan; we deliver within mainland China only and need a number there' : 'is not a telephone number of mainland China';
};

export const serviceTelephone: Rule = (number) => telephone(number) ?? (phoneDigits(number).includes('-') ? 'a service telephone has no extension' : null);

export const login: Rule = (name) => (/^[A-Za-z0-9][A-Za-z0-9._@-]{2,63}$/.test(name) ? null : 'is not 3 to 64 letters, digits or . _ @ -, beginning with a letter or digit');

export const password: Rule = (text) => {
  const length = [...text.normalize('NFC')].length;
  return length < 12 || length > 200 ? 'must be 12 to 200 characters' : null;
};

/** The last day of a paper: it has not ended, and ends in our time. */
export const licenceEnd = (day: string, now: Date = new Date()): string | null => {
  if (day < shanghaiDay(now.toISOString())) return 'this licence has ended; hand in the new one';
  return day > '2199-12-31' ? 'is after 2199; leave it out for a licence without end' : null;
};

/** A producer's code of the area `area` (six digits of GB/T 2260) is of its county or, explained, of its prefecture. */
export function areaFault(area: string, county: string, explained: boolean): string | null {
  if (area === county) return null;
  if (area.startsWith('31') && !county.startsWith('31')) return 'a producer of an assisted county is not registered in Shanghai';
  if (!(area.endsWith('00') && area.slice(0, 4) === county.slice(0, 4))) return "the code's area is not the merchant's county";
  return explained ? null : "the code's area is the prefecture: an area_note must say why";
}
