/** The words of a pasted text, and what each may be. */

import { plain } from './receiver_phone';
import * as known from './receiver_words';

/** What a word may be; `either` a place or a person, `weak` and `unknown` a person where nobody better is there. */
export type Kind = 'address' | 'either' | 'name' | 'weak' | 'unknown' | 'foreign' | 'number' | 'postcode' | 'note' | 'mark' | 'junk';

export interface Token {
  start: number;
  end: number;
  text: string;
  kind: Kind;
  /** What parts it from the one before: the edge of a piece, a line break, a comma or a blank. */
  gap: 'edge' | 'line' | 'comma' | 'blank';
}

function ofDigits(text: string): Kind {
  const person = /^(\D{2,5})[[(【]\d{3,4}[\])】]$/.exec(text)?.[1] ?? '';
  if (person !== '' && ofWords(person) === 'name') return 'name'; // 张三[1234]: a shop's number instead of the telephone.
  if (/^\d{1,5}$/.test(text)) return 'number';
  if (/^[A-Za-z]?\d[\dA-Za-z#-]*$/.test(text)) return text.length <= 12 && !/\d{6}/.test(text) ? 'number' : 'junk';
  if (/[一-龥]/.test(text)) {
    const name = text.replace(/\d+$/, '');
    return known.hasNameShape(name) && !known.place_end.test(name) ? 'weak' : 'address';
  }
  return known.english_place.test(text) ? 'address' : 'junk';
}

function ofRegion(text: string, region: ReturnType<typeof known.regionAt>): Kind {
  const rest = text.slice(region.length);
  if (region.named || (region.province && rest.length !== 1)) return 'address';
  // 安康 is a city and a name, 金华强 a name.
  return rest.length <= 1 && known.isSurname(text) && !known.place_end.test(rest) ? 'either' : 'address';
}

function ofPlace(text: string): Kind {
  const person = (text.length <= 4 && known.hasNameShape(text)) || known.isEthnicName(text) || known.isTitled(text);
  return person ? 'either' : 'address';
}

/** Of a word in Chinese without digits. */
function ofWords(text: string): Kind {
  const person = text.replace(/[([【][^)\]】]*[)\]】]$/, ''); // 张三(前台)
  if (/[([【]/.test(person)) return known.place_inside.test(person) || known.place_words.test(person) ? 'address' : 'unknown';
  if (/^[号弄栋幢座室层]/.test(person)) return 'address'; // What a blank tore from its number.
  if (/^.{2,5}收$/.test(person) && !person.endsWith('丰收')) return ofWords(person.slice(0, -1)) === 'name' ? 'weak' : 'unknown';
  if (/[A-Za-z]/.test(person)) return known.place_words.test(person) || known.place_end.test(person) || known.english_place.test(person) ? 'address' : 'unknown';
  const region = known.regionAt(person);
  if (region.length > 0) return ofRegion(person, region);
  if (known.holdsRegion(person)) return known.place_inside.test(person) || known.place_words.test(person) ? 'address' : 'unknown';
  if (/[·•・‧∙]/.test(person)) return known.place_words.test(person) || known.place_end.test(person) ? 'address' : 'name';
  if (known.isTitled(person)) return known.place_words.test(person) ? 'either' : 'name';
  if (known.place_words.test(person) || known.place_end.test(person)) return ofPlace(person);
  if (known.hasNameShape(person)) return person[1] === '家' && person.length === 3 ? 'either' : 'name';
  if (known.isEthnicName(person)) return person.length >= 3 ? 'name' : 'weak';
  if (person.length >= 5 && known.place_inside.test(person)) return 'address';
  return known.isPetName(person) || [...person].length === 1 ? 'weak' : 'unknown';
}

export function kindOf(text: string): Kind {
  const word = plain(text);
  if (/^\d{6}$/.test(word)) return 'postcode';
  if (/\*{2}|^[^\d*]{1,2}\*/.test(word)) return word.length > 6 && known.place_inside.test(word) ? 'address' : 'junk';
  if (known.marks.test(word)) return 'mark';
  if (/\d/.test(word)) return known.isGoods(word) || /分机|拨打/.test(word) ? 'note' : ofDigits(word);
  if (known.spokenName(word) !== '') return 'weak';
  if (known.notes.test(word)) return known.place_words.test(word) && word.length > 6 ? 'address' : 'note';
  if (/[\u3400-\u9fff]|[\ud840-\ud8bf]/.test(word)) return ofWords(word);
  if (known.english_place.test(word)) return 'address';
  if (/\p{L}{2}/u.test(word)) return 'foreign';
  return /^[A-Za-z]$/.test(word) ? 'number' : 'junk';
}

const blank = new RegExp(String.raw`\s|\p{Extended_Pictographic}|[️‍"“”'‘’<>《》~+^=…①-⑳❶-❿]|(?<hyphen>-+)`, 'uy');
const commas = /[,;|、。!?/\\:]/;

/** What stands around a word and is none of it. */
function trimmed(text: string, start: number, end: number): [number, number] {
  const word = plain(text.slice(start, end));
  let [from, to] = [0, word.length];
  while (from < to && /[-_.·:#*&@)\]】」]/.test(word[from]!)) from += 1;
  while (to > from && /[-_.·:#&@([【「]/.test(word[to - 1]!)) to -= 1;
  const inner = word.slice(from, to);
  const whole = /^(?:\(.*\)|\[.*\]|【.*】|「.*」)$/.test(inner) && !/^\(\d|^\[\d/.test(inner);
  return whole ? [start + from + 1, start + to - 1] : [start + from, start + to];
}

/** Where words end within a piece. In English a blank parts nothing: 8 Humin Road is one. */
function* edges(word: string): Generator<[number, number, Token['gap']]> {
  for (let at = 0; at < word.length; at += 1) {
    if (word[at] === '\n') yield [at, at + 1, 'line'];
    else if (commas.test(word[at]!)) yield [at, at + 1, 'comma'];
    else {
      blank.lastIndex = at;
      const found = blank.exec(word);
      if (!found) continue;
      const end = at + found[0].length;
      const beside = (word[at - 1] ?? '') + (word[end] ?? '');
      if (!found.groups!.hyphen || !(/\d/.test(beside) || /^[A-Za-z]+$/.test(beside))) yield [at, end, 'blank'];
      at = end - 1;
    }
  }
}

const stronger = (one: Token['gap'], other: Token['gap']) => {
  const order: Token['gap'][] = ['blank', 'comma', 'line', 'edge'];
  return order.indexOf(one) > order.indexOf(other) ? one : other;
};

/** The words between two places of a text. */
export function tokensIn(text: string, piece: { start: number; end: number }): Token[] {
  const word = plain(text.slice(piece.start, piece.end));
  const foreign = (at: number) => {
    const line_start = Math.max(...[...'\n,;|'].map((sign) => word.lastIndexOf(sign, at - 1)));
    const line = word.slice(line_start + 1).split(/[\n,;|]/, 1)[0]!;
    return !/[\u3400-\u9fff]/.test(line) && known.english_place.test(line) && /[A-Za-z]{2}/.test(line);
  };
  const tokens: Token[] = [];
  let gap: Token['gap'] = 'edge';
  let begin = 0;
  const add = (end: number) => {
    const [from, to] = trimmed(text, piece.start + begin, piece.start + end);
    if (from >= to) return;
    const own = text.slice(from, to);
    tokens.push({ start: from, end: to, text: own, kind: kindOf(own), gap });
    gap = 'blank';
  };
  for (const [at, end, strength] of edges(word)) {
    if (strength === 'blank' && foreign(at)) continue;
    add(at);
    gap = stronger(gap, strength);
    begin = end;
  }
  add(word.length);
  return tokens;
}
