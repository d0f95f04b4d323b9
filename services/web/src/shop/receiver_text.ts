/**
 * Reads a receiver out of a text as people send it in chats: 姓名, 电话, 地址 in any order, with labels or without. It
 * happens on the device. A field is `sure` only where there is no second reading; `check` where there is one, and
 * `missing` where nothing is certain. What went into no field is in `left`: nothing that was pasted gets lost unseen.
 */

import { piecesOf, withoutSender, type Piece } from './receiver_labels';
import { plain, visible, type FoundPhone } from './receiver_phone';
import { kindOf, tokensIn, type Token } from './receiver_tokens';
import * as known from './receiver_words';

export type State = 'sure' | 'check' | 'missing';

export interface ReadField {
  text: string;
  state: State;
}

export interface ReceiverReading {
  name: ReadField;
  phone: ReadField;
  address: ReadField;
  left: string[];
}

/** Longer texts are conversations. */
export const pasted_max = 800;
/** What the services take (orders/domain/receiver.hpp). */
const name_max = 50;
const address_max = 200;
/** A name under a label that is longer holds something else as well. */
const usual_name_max = 20;

const missing = (): ReadField => ({ text: '', state: 'missing' });

/** The words of a piece, and from where to where of them is a place; `from` is behind `to` where none is. */
interface Run {
  said: Piece['said'];
  tokens: Token[];
  from: number;
  to: number;
  /** Words went into the place that may be none of it. */
  stretched: boolean;
}

interface Candidate {
  run: Run;
  from: number;
  to: number;
  kind: Token['kind'];
  /** Stands alone between line breaks, numbers and labels. */
  alone: boolean;
  /** Not alone, but beside nothing that it could be a part of. */
  apart: boolean;
}

interface Name extends ReadField {
  candidate: Candidate | null;
}

const is_person = (kind: Token['kind']) => ['name', 'weak', 'either', 'unknown', 'foreign'].includes(kind);

/** Where the place in a run begins and ends: at its words that are of places, and the numbers beside them. */
function spanned(said: Piece['said'], tokens: Token[]): Run {
  const places = tokens.flatMap(({ kind }, i) => (kind === 'address' ? [i] : []));
  const run: Run = { said, tokens, from: places[0] ?? tokens.length, to: places.at(-1) ?? -1, stretched: false };
  if (places.length === 0 && said === 'address') [run.from, run.to] = [0, tokens.reduce((last, { kind }, i) => (kind === 'note' || kind === 'mark' ? last : i), -1)];
  if (run.to < 0) return run;
  const is_region = ({ kind, text }: Token) => kind === 'either' && known.regionAt(text).length === text.length;
  const begins_anew = known.regionAt(tokens[run.from]!.text).length > 0;
  while (run.from > 0 && !begins_anew && (is_region(tokens[run.from - 1]!) || tokens[run.from - 1]!.kind === 'number')) run.from -= 1; // 闵行 莘庄镇
  while (tokens[run.to + 1]?.kind === 'number') run.to += 1;
  return run;
}

/** Takes the words beside a place into it which nothing else was made of. */
function stretch(run: Run, is_free: (token: Token) => boolean, name_is_known: boolean): void {
  if (run.to < run.from) return;
  const all = run.said === 'address' && name_is_known;
  const fits = (i: number) => {
    const token = run.tokens[i];
    if (!token || !is_free(token)) return false;
    if (i < run.from && token.kind === 'number') return false; // 110 上海市…
    return all ? !['mark', 'postcode'].includes(token.kind) && !(token.kind === 'note' && token.gap === 'line') : ['either', 'weak', 'unknown', 'foreign', 'number'].includes(token.kind);
  };
  const take = (i: number) => {
    if (!['number', 'address'].includes(run.tokens[i]!.kind) && !(name_is_known && run.tokens[i]!.kind === 'either')) run.stretched = true;
  };
  while (fits(run.from - 1) && (all || run.tokens[run.from]!.gap !== 'line')) take((run.from -= 1));
  while (fits(run.to + 1) && (all || run.tokens[run.to + 1]!.gap !== 'line')) take((run.to += 1));
}

/** Words that make one name: Zhang San, 张 三. */
function together(tokens: Token[], from: number): number {
  const single = (token: Token | undefined) => token?.kind === 'weak' && [...token.text].length === 1;
  let to = from;
  const goesOn = () => {
    const [here, next] = [tokens[to]!, tokens[to + 1]];
    if (next?.gap !== 'blank') return false;
    if (known.isTitle(next.text)) return here.kind === 'name' || here.kind === 'weak';
    return (here.kind === 'foreign' && next.kind === 'foreign') || (single(here) && (single(next) || (next.kind === 'unknown' && next.text.length === 2)) && to - from < 2);
  };
  while (goesOn()) to += 1;
  return to;
}

function candidateAt(run: Run, from: number): Candidate {
  const { tokens } = run;
  const to = together(tokens, from);
  const several = to > from && tokens[from]!.kind !== 'foreign' && !known.isTitle(tokens[to]!.text);
  const kind = several ? 'weak' : tokens[from]!.kind;
  let next = to + 1;
  while (tokens[next]?.kind === 'mark') next += 1;
  const [before, after] = [tokens[from - 1], tokens[next]];
  const begins = before === undefined || tokens[from]!.gap === 'line';
  const ends = after === undefined || after.gap === 'line';
  const off_before = begins || before.kind !== 'address' && before.kind !== 'number' || known.endsAtDoor(plain(tokens.slice(0, from).map((token) => token.text).join('')));
  const off_after = ends || after.kind !== 'address' || known.regionAt(after.text).length > 0 || /^[^号弄]{2,8}[省市县旗盟]/.test(after.text);
  return { run, from, to, kind, alone: begins && ends, apart: off_before && off_after };
}

function candidatesIn(run: Run): Candidate[] {
  const found: Candidate[] = [];
  for (let i = 0; i < run.tokens.length; i += 1) {
    if ((i >= run.from && i <= run.to) || !is_person(run.tokens[i]!.kind)) continue;
    const candidate = candidateAt(run, i);
    found.push(candidate);
    i = candidate.to;
  }
  return found;
}

const weights: Partial<Record<Token['kind'], number>> = { name: 6, weak: 3, foreign: 3, either: 2, unknown: 1 };
const weight = ({ kind, alone }: Candidate) => (weights[kind] ?? 0) + (alone ? 2 : 0);

const is_parcels = (text: string) => /^.{2,5}收$/.test(text) && !text.endsWith('丰收');

/** 张三（收） is 张三; whether 张三收 is, nobody knows. */
function nameOf(text: string): string {
  const name = text.replace(/\s*[(（](?:亲?收|亲?启)[)）]$/, '').replace(/\s+/g, ' ');
  return is_parcels(name) ? name.slice(0, -1) : known.spokenName(name) || name;
}

const textOf = (text: string, tokens: Token[], from: number, to: number) => text.slice(tokens[from]!.start, tokens[to]!.end);

/** The name of a label, and the words behind it that are none of it. */
function labelled(text: string, tokens: Token[]): { name: ReadField; used: number } | null {
  const first = tokens[0];
  if (!first || ['junk', 'note', 'postcode', 'mark'].includes(first.kind)) return null;
  const is_place = first.kind === 'address' || first.kind === 'number';
  const last = is_place ? tokens.length - 1 : together(tokens, 0);
  const name = nameOf(textOf(text, tokens, 0, last));
  const doubtful = is_place || is_parcels(first.text) || /\d{5}/.test(plain(name)) || (first.kind === 'unknown' && /^[一-龥]{4}/.test(name)) || known.holdsRegion(first.text);
  const behind = tokens.slice(last + 1).filter(({ kind }) => kind !== 'mark');
  const begins_anew = behind.length === 0 || (['name', 'foreign'].includes(first.kind) && known.regionAt(behind[0]!.text).length > 0);
  const clear = name.length <= usual_name_max && begins_anew && behind.every(({ kind }) => kind === 'address' || kind === 'number');
  return { name: { text: name, state: doubtful || !clear ? 'check' : 'sure' }, used: last + 1 };
}

/** A name that is written together with the place before or behind it. */
function cutOff(text: string, run: Run): { name: string; tokens: Token[] } | null {
  if (run.to < run.from) return null;
  const is_name = (word: string) => ['name', 'weak'].includes(kindOf(word)) && [...word].length >= 2;
  const halves = (i: number, at: number): Token[] => {
    const whole = run.tokens[i]!;
    const half = (start: number, end: number, gap: Token['gap']): Token => ({ start, end, text: text.slice(start, end), kind: 'address', gap });
    const pair = [half(whole.start, whole.start + at, whole.gap), half(whole.start + at, whole.end, 'blank')];
    return [...run.tokens.slice(0, i), ...pair, ...run.tokens.slice(i + 1)];
  };
  const first = run.tokens[run.from]!;
  for (let at = 2; at <= Math.min(12, first.text.length - 2); at += 1) {
    const region = known.regionAt(first.text.slice(at));
    if (region.length === 0 || !is_name(first.text.slice(0, at))) continue;
    return { name: first.text.slice(0, at), tokens: halves(run.from, at).map((token, i) => (i === run.from ? { ...token, kind: 'name' } : token)) };
  }
  const last = run.tokens[run.to]!;
  const tail = /^.*(?:[\dA-Za-z号室楼栋幢座层组户门柜]|单元|驿站|公司|集团|大学|学院|医院|小区)[)）]?-?(?=([\u3400-\u9fff·]{2,12})$)/u.exec(last.text);
  if (!tail || !is_name(tail[1]!)) return null;
  return { name: nameOf(tail[1]!), tokens: halves(run.to, tail[0].length).map((token, i) => (i === run.to + 1 ? { ...token, kind: 'name' } : token)) };
}

/** Somebody's name between the parts of a place, where nobody else is named. */
function innerName(runs: Run[]): Candidate | null {
  for (const run of runs) {
    for (let i = run.from + 1; i < run.to; i += 1) if (run.tokens[i]!.kind === 'name') return { ...candidateAt(run, i), apart: false };
  }
  return null;
}

const hasInner = (runs: Run[]) => innerName(runs) !== null;

/** Whether what was taken for a name may be a part of the place: then the place is in doubt as well. */
const mayBePlace = ({ kind, alone }: Candidate) => !alone || ['either', 'unknown'].includes(kind);

/** Whoever is most likely meant, and whether anybody or anything else could be. */
function chosen(text: string, runs: Run[]): Name {
  const candidates = runs.flatMap(candidatesIn);
  const best = candidates.reduce<Candidate | null>((one, other) => (one && weight(one) >= weight(other) ? one : other), null);
  if (!best) return { ...missing(), candidate: null };
  const { tokens } = best.run;
  const sure = best.kind === 'name' && candidates.length === 1 && (best.alone || (best.apart && !hasInner(runs)));
  return { text: nameOf(textOf(text, tokens, best.from, best.to)), state: sure ? 'sure' : 'check', candidate: best };
}

/** Where nobody is named apart: from the inside of a place, to be looked at. The runs are what is left then. */
function dugOut(text: string, runs: Run[]): { name: Name; runs: Run[] } {
  for (const [i, run] of runs.entries()) {
    const cut = cutOff(text, run);
    if (cut) return { name: { text: cut.name, state: 'check', candidate: null }, runs: runs.map((one, k) => (k === i ? { ...spanned(run.said, cut.tokens), stretched: true } : one)) };
  }
  const inner = innerName(runs);
  if (!inner) return { name: { ...missing(), candidate: null }, runs };
  const { run, from, to } = inner;
  const name: Name = { text: nameOf(textOf(text, run.tokens, from, to)), state: 'check', candidate: null };
  if (!inner.alone && !known.company.test(run.tokens[from - 1]!.text)) return { name, runs: runs.map((one) => (one === run ? { ...one, stretched: true } : one)) };
  const parts = [run.tokens.slice(0, from), run.tokens.slice(to + 1)].map((tokens) => ({ ...spanned(run.said, tokens), stretched: true }));
  return { name, runs: runs.flatMap((one) => (one === run ? parts : [one])) };
}

const oneLine = (text: string) => text.replace(/\s*\n\s*/g, ' ').replace(/\t/g, ' ').trim();

/** A house's name alone, which goes behind the place where it is. */
const isHouse = (part: string) => known.company.test(part) && !/\d|[路街号弄村镇乡]/.test(part);

function addressOf(text: string, runs: Run[], doubted: boolean): ReadField {
  const spans = runs.filter((run) => run.to >= run.from);
  const parts = spans.map((run) => oneLine(textOf(text, run.tokens, run.from, run.to)).replace(/-+$/, ''));
  if (parts.length === 0) return missing();
  const ordered = parts.length < 2 ? parts : [...parts.filter((part) => !isHouse(part)), ...parts.filter(isHouse)];
  const whole = ordered.join(' ');
  const several = parts.length > 1 && !spans.every((run) => run.said === 'address');
  const open = whole.match(/[(（[【]/g)?.length ?? 0;
  const odd = known.speaksOfPlace(whole) || open !== (whole.match(/[)）\]】]/g)?.length ?? 0) || /\*{2}|[0-9０-９]{6}|[0-9０-９](?:[ -]?[0-9０-９]){8}/.test(whole) || whole.length > address_max || spans.some((run) => run.stretched);
  return { text: whole, state: doubted || several || odd ? 'check' : 'sure' };
}

function phoneOf(text: string, phones: FoundPhone[]): { field: ReadField; left: string[] } {
  const first = phones[0];
  if (!first) return { field: missing(), left: [] };
  const others = phones.filter(({ digits }) => digits !== first.digits);
  return { field: { text: first.value, state: first.certain && others.length === 0 ? 'sure' : 'check' }, left: others.map(({ start, end }) => text.slice(start, end)) };
}

const isOf = (candidate: Candidate | null, run: Run, i: number) => candidate?.run === run && i >= candidate.from && i <= candidate.to;

/** Whether a word went into no field. */
function isOver(run: Run, i: number, name: Name): boolean {
  const token = run.tokens[i]!;
  return (i < run.from || i > run.to) && token.kind !== 'mark' && token.text !== name.text && !isOf(name.candidate, run, i);
}

/** Whether a word that went into no field may be a part of the place. */
function mayBelong(run: Run, i: number): boolean {
  const { kind, text } = run.tokens[i]!;
  return is_person(kind) || kind === 'number' || (kind === 'junk' && (/\d[-#]|[A-Za-z]/.test(text) || i === run.to + 1));
}

/** Whether the place may lack something, or hold what is none of it. */
function isDoubted(runs: Run[], name: Name, said: ReadField | null): boolean {
  if (name.state === 'missing' || said?.state === 'check') return true;
  if (name.state === 'check' && (hasInner(runs) || (name.candidate !== null && mayBePlace(name.candidate)))) return true;
  return runs.some((run) => run.tokens.some((_, i) => isOver(run, i, name) && mayBelong(run, i)));
}

/** What stands in no field, each stretch of it as it was pasted. */
function leftOf(text: string, runs: Run[], name: Name): string[] {
  return runs.flatMap((run) => {
    const out: string[] = [];
    let begin = -1;
    for (let i = 0; i <= run.tokens.length; i += 1) {
      const over = i < run.tokens.length && isOver(run, i, name);
      if (over && begin < 0) begin = i;
      if (over || begin < 0) continue;
      out.push(oneLine(textOf(text, run.tokens, begin, i - 1)));
      begin = -1;
    }
    return out;
  });
}

/** The runs of a text, and the name that a label gives. */
function runsOf(text: string, pieces: Piece[]): { runs: Run[]; said: ReadField | null } {
  let said = null as ReadField | null;
  const runs: Run[] = [];
  for (const piece of pieces) {
    if (piece.said === 'aside') continue;
    let tokens = tokensIn(text, piece);
    if (piece.said === 'name' && tokens.length > 0) {
      const named = labelled(text, tokens);
      if (named && said === null) {
        said = named.name;
        tokens = tokens.slice(named.used);
      } else if (said !== null) said = { ...said, state: 'check' };
    }
    if (tokens.length > 0) runs.push(spanned(piece.said, tokens));
  }
  return { runs, said };
}

/** Never throws; of a text that is too long, or of nobody, everything is missing and all of it left. */
export function readReceiver(pasted: string): ReceiverReading {
  if (pasted.length > pasted_max) return { name: missing(), phone: missing(), address: missing(), left: [pasted] };
  const { text, sender } = withoutSender(visible(pasted));
  const { pieces, phones } = piecesOf(text);
  const { runs: first_runs, said } = runsOf(text, pieces);
  const phone = phoneOf(text, phones);

  let runs = first_runs;
  let name: Name = said ? { ...said, candidate: null } : chosen(text, runs);
  if (name.state === 'missing') ({ name, runs } = dugOut(text, runs));
  for (const run of runs) stretch(run, (token) => !isOf(name.candidate, run, run.tokens.indexOf(token)), said !== null);

  // 白沙镇 and 白沙: the one may be called after the other.
  if (name.candidate && runs.some((run) => run.to >= run.from && textOf(text, run.tokens, run.from, run.to).includes(name.text))) name = { ...name, state: 'check', candidate: { ...name.candidate, alone: false } };
  const doubted = phones.some((one) => one.glued) || isDoubted(runs, name, said);
  const address = addressOf(text, runs, doubted);
  const alone = phone.field.state === 'missing' && address.state === 'missing';
  if (alone && said === null && name.candidate && !['name', 'weak'].includes(name.candidate.kind)) name = { ...missing(), candidate: null };
  if (name.state === 'sure' && ((alone && said === null) || name.text.length > name_max)) name = { ...name, state: 'check' };
  const parcels = name.state === 'check' && is_parcels(`${name.text}收`) && text.includes(`${name.text}收`) ? ['收'] : [];
  const asides = pieces.filter((piece) => piece.said === 'aside').map(({ start, end }) => oneLine(text.slice(start, end)));
  return { name: { text: name.text, state: name.state }, phone: phone.field, address, left: [...leftOf(text, runs, name), ...parcels, ...phone.left, ...asides, ...sender.map(oneLine)] };
}
