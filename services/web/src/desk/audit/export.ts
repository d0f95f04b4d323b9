/** The auditor's tables as CSV: what the page shows, in its order; amounts in yuan, weights in kilograms, without separators. */

import { shanghaiMinute } from '../../shared/moments';
import { kilograms, yuan } from '../../shared/money';
import type { Cell } from '../csv';
import { keyOf, level_names, type Place } from './levels';
import type { Figures, Level, LedgerLine, Row } from './types';

/** The page's own words. */
export interface Words {
  t: (key: never, named?: Record<string, unknown>) => string;
  wire: (group: string, name: string) => string;
}
type Table = Cell[][];
/** A table and the name of its file, or why there is none. */
export type ExportedTable = { name: string; rows: Table } | { refused: string };
type Say = (key: string, named?: Record<string, unknown>) => string;
const sayer = (words: Words): Say => words.t as unknown as Say;

/** A number that a spreadsheet may add up. */
export const figure = (text: string): Cell => ({ figure: text.replaceAll(',', '') });
const amount = (fen: number): Cell => figure(yuan(fen));

const of_figures = ['net', 'gross', 'refund', 'uncounted', 'weight', 'lines'] as const;
const figureCells = (row: Figures): Cell[] =>
  [amount(row.net_fen), amount(row.gross_fen), amount(row.refund_fen), amount(row.uncounted_fen), figure(kilograms(row.weight_g)), figure(String(row.lines))];
const peopleCells = (row: { orders?: number; buyers?: number }): Cell[] => [row.orders, row.buyers].map((n) => (n === undefined ? '' : figure(String(n))));

/** Where the rows are: month, channel, and number and name of each level above them. */
function placeHeads(place: Place, say: Say): Cell[] {
  const above = place.keys.flatMap((_key, depth) => [say('file.number_of', { level: say(`level.${level_names[depth]}`) }), say(`level.${level_names[depth]}`)]);
  return [say('report.month'), say('report.channel'), ...above];
}
function placeCells(place: Place, names: Level['names'], words: Words): Cell[] {
  const channel = place.channel === null ? sayer(words)('report.all_channels') : words.wire('channel', place.channel);
  return [place.month, channel, ...place.keys.flatMap((key, depth) => [key, names[level_names[depth]!] ?? ''])];
}

/** The rows of a level and their total. Orders and buyers are known by county only, and not by channel. */
export function levelTable(place: Place, level: Level, words: Words): Table {
  const say = sayer(words);
  const depth = place.keys.length;
  const own = say(`level.${level_names[depth]}`);
  const people = depth === 0 && place.channel === null;
  const before = placeCells(place, level.names, words);
  const heads = [...placeHeads(place, say), say('file.number_of', { level: own }), own, ...of_figures.map((one) => say(`column.${one}`)), ...(people ? [say('column.orders'), say('column.buyers')] : [])];
  const rows = level.items.map((row): Cell[] => [...before, keyOf(row, depth), row.name, ...figureCells(row), ...(people ? peopleCells(row) : [])]);
  return [heads, ...rows, [...before, '', say('column.total'), ...figureCells(level.totals), ...(people ? peopleCells(level.totals) : [])]];
}

/** What stands beside a level: by channel, or by the district that is credited. */
export function shareTable(place: Place, level: Level, rows: readonly Row[], first: string, nameOf: (row: Row) => string, words: Words): Table {
  const say = sayer(words);
  const before = placeCells(place, level.names, words);
  return [
    [...placeHeads(place, say), first, say('column.net'), say('column.lines')],
    ...rows.map((row): Cell[] => [...before, nameOf(row), amount(row.net_fen), figure(String(row.lines))]),
  ];
}

/** The lines of a lot, with their whole commitments. */
export function linesTable(place: Place, names: Level['names'], lines: readonly LedgerLine[], words: Words): Table {
  const say = sayer(words);
  const before = placeCells(place, names, words);
  const own = ['index', 'amount', 'quantity', 'price', 'paid_at', 'channel', 'counted', 'order'].map((one) => say(`column.${one}`));
  return [
    [...placeHeads(place, say), ...own],
    ...lines.map((line): Cell[] => [
      ...before, figure(String(line.index)), amount(line.total_fen), figure(String(line.quantity)), amount(line.unit_price_fen),
      shanghaiMinute(line.paid_at), words.wire('channel', line.channel), say(line.counted ? 'column.yes' : 'column.no'), line.order,
    ]),
  ];
}

/** What and when: "审计-2026-11-大关县-商户-账本1200条.csv". */
export function fileName(place: Place, names: Level['names'], what: string, tree_size: number, words: Words): string {
  const say = sayer(words);
  const where = place.keys.map((key, depth) => names[level_names[depth]!] || key);
  const channel = place.channel === null ? [] : [words.wire('channel', place.channel)];
  return [say('file.audit'), place.month, ...where, ...channel, what, say('file.ledger', { size: tree_size })].join('-').replace(/[\\/:*?"<>|\s]+/g, '_') + '.csv';
}
