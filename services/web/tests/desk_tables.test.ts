import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readTable, TableFileError } from '../src/desk/goods/table_files';
import { csvOf, guarded, rowsOf, unguarded } from '../src/desk/csv';
import { columnsToFill, decoded, lineFaults, table_forms, withMerchant, type TableKind } from '../src/desk/goods/tables';
import { rowsInWorkbook, workbookOf } from '../src/desk/goods/xlsx';
import chinese from '../src/desk/goods/messages/zh-CN';

const sources: Record<TableKind, string> = {
  products: 'catalog/http/product_sheet.cpp',
  lots: 'trace/http/lot_sheet.cpp',
  receipts: 'orders/http/receipt_table_routes.cpp',
};
const kinds = Object.keys(sources) as TableKind[];

/** The columns as the service has them. */
function columnsOf(kind: TableKind) {
  const source = readFileSync(fileURLToPath(new URL(`../../${sources[kind]}`, import.meta.url)), 'utf8');
  return [...source.matchAll(/Column\{"(\w+)",\s*"([^"]+)",\s*Kind::(\w+)(?:,\s*(true))?/g)].map(([, name, heading, type, needed]) => ({
    name: name!, heading: heading!, needed: needed === 'true', shown: type === 'shown',
  }));
}

describe.each(kinds)('the table of %s', (kind) => {
  it('has the columns of its service', () => {
    const here = table_forms[kind].columns.map(({ name, heading, needed, shown }) => ({ name, heading, needed: needed ?? false, shown: shown ?? false }));
    expect(here).toEqual(columnsOf(kind));
  });

  it('says of each column what to write', () => {
    for (const { name } of columnsToFill(kind)) expect(chinese.tables.hint, name).toHaveProperty(name);
  });
});

describe('CSV', () => {
  const texts = ['', 'a', '箬竹面', 'a,b', '"', '""', 'a"b', 'two\nlines', 'a\r\nb', ' x ', '=1+1', '+8', '-5', '@x', '＝1', "'", "'=1", "'a"];
  it('is read as it was written', () => {
    for (const a of texts) {
      for (const b of texts) expect(rowsOf(csvOf([['x', a, b], [b, 'y', a]]))).toEqual([['x', a, b], [b, 'y', a]]);
    }
  });
  it('holds no formula', () => {
    expect(csvOf([['=1+1']])).toBe('\ufeff"\'=1+1"\r\n');
    for (const text of texts) expect(unguarded(guarded(text))).toBe(text);
  });
  it.each([['a,b\n1,2', [['a', 'b'], ['1', '2']]], ['a\r\rb\r', [['a'], [''], ['b']]], ['"a\nb",c\n', [['a\nb', 'c']]], ['a,\n', [['a', '']]], ['a,', [['a', '']]], ['"open', [['open']]], ['', []]])('%j is read as its rows', (csv, rows) => {
    expect(rowsOf(csv)).toEqual(rows);
  });
});

describe('a file', () => {
  // 商户,面 as Excel in China saves it.
  const gb18030 = Uint8Array.from([0xc9, 0xcc, 0xbb, 0xa7, 0x2c, 0xc3, 0xe6, 0x0a]);
  it('is UTF-8 or GB 18030, or nothing that is read', () => {
    expect(decoded(new TextEncoder().encode('商户,面\n').buffer as ArrayBuffer)).toBe('商户,面\n');
    expect(decoded(gb18030.buffer as ArrayBuffer)).toBe('商户,面\n');
    expect(decoded(Uint8Array.from([0xff, 0xff, 0x00]).buffer as ArrayBuffer)).toBeNull();
  });
  it('is sent in UTF-8, whatever it came in', async () => {
    const read = await readTable(new File([gb18030], 'x.csv'));
    expect(await read.csv.text()).toBe('商户,面\n');
    expect(read.rows).toEqual([['商户', '面']]);
  });
  it('may be an Excel file, by what is in it and not by its name', async () => {
    const columns = columnsToFill('receipts');
    const rows = [['11', '5', '=RK-1', '第"三"车'], ['12', '7', '007', '']];
    const read = await readTable(new File([await workbookOf(columns, '入库', rows)], 'anything.bin'));
    expect(read.rows).toEqual([columns.map(({ heading }) => heading), ...rows.map((row, i) => (i === 1 ? row.slice(0, 3).concat('') : row))]);
    expect(await read.csv.text()).toContain('"\'=RK-1"');
  });
  it('that is old, broken or empty is refused in words', async () => {
    const refusal = (bytes: Uint8Array<ArrayBuffer>) => readTable(new File([bytes], 'x')).then(() => null, (error: TableFileError) => error.fault);
    expect(await refusal(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 1]))).toBe('old_excel');
    expect(await refusal(Uint8Array.from([0x50, 0x4b, 3, 4, 9, 9]))).toBe('unreadable');
    expect(await refusal(Uint8Array.from([0xff, 0xff, 0]))).toBe('unreadable');
    expect(await refusal(new Uint8Array())).toBe('empty');
    expect(await refusal(new Uint8Array(17 * 1024 * 1024))).toBe('too_large');
  });
  it('to fill in has headings and nothing else', async () => {
    const columns = columnsToFill('products');
    const blank = await workbookOf(columns, '商品', [], [{ name: '说明', rows: [['a', 'b']] }]);
    expect(await rowsInWorkbook(await blank.arrayBuffer())).toEqual([columns.map(({ heading }) => heading)]);
  });
});

it('faults are told with the heading and the cell', () => {
  const rows = [['件数', 'lot_id', '入库单号'], ['0', '11', 'RK-1']];
  const errors = [
    { pointer: '/lines/2/quantity', code: 'validation-failed', detail: 'must be 1 to 1000000' },
    { pointer: '/lines/2/lot_id', code: 'lot-unknown', detail: 'no' },
    { pointer: '/lines/2/3', code: 'cell-without-heading', detail: 'no' },
    { pointer: '/lines/9', detail: 'no' },
    { pointer: '/elsewhere', detail: 'no' },
  ];
  expect(lineFaults(errors, 'receipts', rows).map(({ line, column, cell, code }) => [line, column?.heading ?? null, cell, code])).toEqual([
    [2, '件数', '0', 'validation-failed'], [2, '批次编号', '11', 'lot-unknown'], [2, null, 'RK-1', 'cell-without-heading'], [9, null, '', ''],
  ]);
});

describe('a table of the only merchant that somebody works for', () => {
  it.each([
    ['has its number where a line leaves it out', [['商户编号', '商品名称'], ['', '面'], ['7', '笋']], [['商户编号', '商品名称'], ['8', '面'], ['7', '笋']]],
    ['has the column where there is none', [['商品名称'], ['面'], ['']], [['商户编号', '商品名称'], ['8', '面'], ['', '']]],
    ['is as it was where it says all', [['merchant_id', '商品名称'], ['8', '面']], null],
    ['is as it was where nothing is in it', [['商品名称'], ['']], null],
  ])('%s', (_what, rows, filled) => {
    expect(withMerchant(rows, '8')).toEqual(filled);
  });
});
