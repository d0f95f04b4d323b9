/**
 * Telephone numbers in a text, by the same rules as the services' (services/vocabulary/phone.cpp): a number that is
 * found here is taken there. No regular expression here looks behind: browsers of some telephones cannot.
 */

import { landline, mobile } from '../shared/telephone';

export { plain, visible } from '../shared/telephone';

const areaLength = (digits: string) => (/^0(?:10|2)/.test(digits) ? 3 : 4);

/** The national form of digits that may begin with 0086 or 86; '' when there is no such number. */
export function national(digits: string): string {
  if (mobile.test(digits) || landline.test(digits)) return digits;
  if (mobile.test(digits.slice(1)) && digits[0] === '0') return digits.slice(1);
  const foreign = /^(?:00)?86(\d+)$/.exec(digits)?.[1] ?? '';
  if (mobile.test(foreign) || landline.test(foreign)) return foreign;
  if (mobile.test(foreign.slice(1)) && foreign[0] === '0') return foreign.slice(1);
  return landline.test(`0${foreign}`) ? `0${foreign}` : '';
}

const shown = (digits: string) => (mobile.test(digits) ? digits : `${digits.slice(0, areaLength(digits))}-${digits.slice(areaLength(digits))}`);

export interface FoundPhone {
  start: number;
  end: number;
  /** Its digits; what tells one line from another. */
  digits: string;
  /** As it goes into the field: 021-64160000转123. */
  value: string;
  /** Nothing else can be meant. */
  certain: boolean;
  /** It was cut out of a longer row of digits: what stands beside it is to be looked at as well. */
  glued: boolean;
}

const country = String.raw`(?:\(?(?:\+|00)?86\)?[ -]{0,2})`;
const shapes: [RegExp, certain: boolean][] = [
  [new RegExp(`${country}?0?1[3-9]\\d[ .-]{0,2}\\d{4}[ .-]{0,2}\\d{4}`, 'y'), true],
  [new RegExp(`${country}?1[3-9](?:\\d{2}[ .-]\\d{4}[ .-]\\d{3}|\\d{2}[ .-]\\d{3}[ .-]\\d{4}|\\d[ .-]\\d{3}[ .-]\\d{5}|[ .-]\\d{9}|\\d{2}[ .-]\\d{7}|\\d{5}[ .-]\\d{4})`, 'y'), false],
  [new RegExp(`${country}?\\(?0\\d{2,3}\\)?[ -]{0,2}\\d{3,4}[ -]?\\d{4}`, 'y'), true],
  [new RegExp(`${country}(?:\\(0\\) ?)?\\d{2,3}[ -]?\\d{3,4}[ -]?\\d{4}`, 'y'), true],
];
/** Of Hong Kong, Macao and Taiwan: the services say why they do not take it. */
const beyond = /(?:\+|00)(?:852|853|886)[ -]?\d(?:[ -]?\d){6,9}/y;

/** What a number of a house or a room is followed by; then it is none of a telephone. */
const unit = /^(?:[号弄栋幢座楼室层组巷路街门#]|单元)/;
const parted = (rest: string) => rest === '' || /^(?:[\s,;|、。()\]】/]|-(?!\d))/.test(rest);

interface Extension {
  length: number;
  digits: string;
  certain: boolean;
}

function extensionAt(rest: string, of_mobile: boolean): Extension | null {
  // [号码保护中，请按提示输入分机号2741]
  const guarded = /^ {0,2}[[(【][^\])】\d]{1,30}分机号?:? ?(\d{1,6})[\])】]/.exec(rest);
  if (guarded) return { length: guarded[0].length, digits: guarded[1]!, certain: true };
  const told = /^[ ,;]{0,2}\(?(?:转接?|轉|分机号?|分機號?|extension|ext\.?|x|#)[ .:-]{0,2}(\d{1,6})\)?/i.exec(rest);
  if (told) {
    const behind = rest.slice(told[0].length);
    if (/^\d/.test(behind) || unit.test(behind)) return null;
    return { length: told[0].length, digits: told[1]!, certain: /^[ ,;]{0,2}\(?[转轉分e]/i.test(rest) };
  }
  const joined = /^( ?-|, ?| ?[[【])(\d{1,6})([\]】]?)/.exec(rest);
  if (!joined) return null;
  const [all, sign, digits] = [joined[0], joined[1]!, joined[2]!];
  const behind = rest.slice(all.length);
  if (sign.startsWith(',') && (digits.length > 5 || !parted(behind))) return null; // A postcode, a house.
  const unread = { length: 0, digits: '', certain: false };
  if (/^\d/.test(behind)) return unread;
  if (/^-\d/.test(behind) || unit.test(behind) || (sign === ' -' && !parted(behind))) return digits.length === 4 ? unread : null;
  const usual = of_mobile ? digits.length === 4 : digits.length < 6; // Six may be a postcode.
  return { length: all.length, digits, certain: sign === '-' && parted(behind) && usual };
}

function phoneAt(text: string, at: number): FoundPhone | null {
  for (const [shape, certain] of shapes) {
    shape.lastIndex = at;
    const found = shape.exec(text)?.[0];
    if (found === undefined || /\d/.test(text[at + found.length] ?? '')) continue;
    const digits = national(found.replace(/\D/g, ''));
    if (digits === '') continue;
    const rest = text.slice(at + found.length);
    const extension = extensionAt(rest, mobile.test(digits));
    const announced = /^[ ,;]{0,2}\(?(?:转|轉|分机|分機)/.test(rest); // And no number that could be meant behind it.
    const end = at + found.length + (extension?.length ?? 0);
    const value = extension && extension.digits !== '' ? `${shown(digits)}转${extension.digits}` : shown(digits);
    return { start: at, end, digits, value, certain: certain && (extension?.certain ?? !announced), glued: false };
  }
  beyond.lastIndex = at;
  const found = beyond.exec(text)?.[0];
  if (found === undefined || /\d/.test(text[at + found.length] ?? '')) return null;
  return { start: at, end: at + found.length, digits: found.replace(/\D/g, ''), value: found.trim(), certain: false, glued: false };
}

/** A mobile's number whose neighbour is a number as well, without anything between: 402 and 13812345678. */
function cutOut(text: string, start: number, run: string): FoundPhone | null {
  const ahead = mobile.test(run.slice(0, 11)) && unit.test(text.slice(start + run.length));
  const behind = mobile.test(run.slice(-11)) && /[号室弄栋幢楼座层\u4e00-\u9fff-]$/.test(text.slice(0, start));
  if (ahead === behind) return null; // Neither, or either.
  const from = ahead ? start : start + run.length - 11;
  const digits = text.slice(from, from + 11);
  return { start: from, end: from + 11, digits, value: digits, certain: false, glued: true };
}

/** Every number in the text (as plain() gives it), in its order. */
export function phonesIn(text: string): FoundPhone[] {
  const found: FoundPhone[] = [];
  for (let at = 0; at < text.length; at += 1) {
    if (!/[\d+(]/.test(text[at]!) || /\d/.test(text[at - 1] ?? '')) continue;
    const phone = phoneAt(text, at);
    if (!phone) continue;
    if (/\d86-?$/.test(text.slice(0, at))) phone.glued = true; // 室 1203 and 86-139…
    // "张三+13812345678+上海" parts with it; "+1 381 234 5678" is a number of another country.
    found.push(text[at - 1] === '+' ? { ...phone, certain: false } : phone);
    at = phone.end - 1;
  }
  if (found.length > 0) return found;
  for (const run of text.matchAll(/\d{12,16}/g)) {
    if (/\d/.test(text[run.index + run[0].length] ?? '')) continue;
    const phone = cutOut(text, run.index, run[0]);
    if (phone) found.push(phone);
  }
  return found;
}
