/** Telephone numbers by the same rules as the services' (services/vocabulary/phone.cpp): what is taken here is taken there. */

export const mobile = /^1[3-9]\d{9}$/;

/** 010 and 02x: eight digits of one's own; 03xx to 09xx: seven or eight. One's own begin with 2 to 8. */
export const landline = /^(?:(?:010|02[0-57-9])[2-8]\d{7}|0[3-9]\d\d[2-8]\d{6,7})$/;

/** One character for each, so that what is found in it is found at the same place in the text. */
export function plain(text: string): string {
  return text.replace(/[^\u0020-\u007e\n]/g, (one) => {
    const code = one.charCodeAt(0);
    if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
    if (/[\s\u2800]/.test(one)) return ' ';
    return /[\u2010-\u2015\u2212\ufe58]/.test(one) ? '-' : one;
  });
}

/** What comes along unseen with a number or a line that is copied (marks of direction, blanks of no width) goes. */
export function visible(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?|[\u0085\u000b\u000c\u2028\u2029]/g, '\n')
    .replace(/[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '');
}

const known = (digits: string): boolean => mobile.test(digits) || landline.test(digits);
const digitsIn = (text: string): string => text.replace(/\D/g, '');

/** `foreign`: as it is dialled from abroad, without an area code's zero. */
function national(digits: string, foreign: boolean): string {
  if (known(digits)) return digits;
  if (digits.startsWith('0') && mobile.test(digits.slice(1))) return digits.slice(1);
  return foreign && landline.test(`0${digits}`) ? `0${digits}` : '';
}

/** The national form of what may begin with +86, 0086 or 86; '' when it is none. */
function numberIn(text: string): string {
  if (!/^[\d .()/-]*\+?[\d .()/-]*$/.test(text)) return '';
  const all = digitsIn(text);
  const plus = text.indexOf('+');
  if (plus >= 0) return digitsIn(text.slice(0, plus)) === '' && all.startsWith('86') ? national(all.slice(2), true) : '';
  return national(all, false) || (all.startsWith('0086') ? national(all.slice(4), true) : all.startsWith('86') ? national(all.slice(2), true) : '');
}

/** In the order in which they are looked for. */
const marks = ['分机号', '分機號', '分机', '分機', '转', '轉', 'extension', 'ext', 'x', '#', ',', ';'];

function joined(line: string, extension: string): string {
  const number = numberIn(line);
  const digits = /^[ .:-]*(\d{1,6})$/.exec(extension)?.[1];
  return number === '' || digits === undefined ? '' : `${number}-${digits}`;
}

/** "13800138000", "02164160000-123"; '' when it is no number of mainland China. */
export function phoneDigits(text: string): string {
  const written = plain(visible(text)).trim().toLowerCase();
  const mark = marks.find((one) => written.includes(one));
  if (mark !== undefined) {
    const at = written.indexOf(mark);
    return joined(written.slice(0, at).replace(/[ (-]+$/, ''), written.slice(at + mark.length).replace(/\)$/, ''));
  }
  const hyphen = written.lastIndexOf('-');
  return (hyphen < 0 ? '' : joined(written.slice(0, hyphen), written.slice(hyphen + 1))) || numberIn(written);
}

/** Hong Kong, Macao and Taiwan. */
export function isBeyondTheMainland(text: string): boolean {
  const written = plain(visible(text));
  const digits = digitsIn(written);
  return (written.includes('+') || digits.startsWith('00')) && /^(?:00)?(?:852|853|886)/.test(digits);
}
