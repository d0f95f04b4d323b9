/** Excel files, read and made in the browser. Loaded when somebody needs them: they are half as large as the desk. */

import { readSheet } from 'read-excel-file/universal';
import writeSheets, { type Cell } from 'write-excel-file/universal';
import type { TableColumn } from './tables';

const text_of = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  // A computed price is 0.30000000000000004 in the file, and 0.3 on the sheet.
  if (typeof value === 'number') return String(Number(value.toFixed(6)));
  return typeof value === 'boolean' ? (value ? '是' : '否') : String(value);
};

/** The cells of the first sheet as texts, row by row. Throws when it is no Excel file. */
export async function rowsInWorkbook(bytes: ArrayBuffer): Promise<string[][]> {
  const rows = await readSheet(bytes, { trim: false });
  return rows.map((row) => row.map(text_of));
}

/** A text cell that stays one: bar codes keep their zeros. */
const text = (value: string): Cell => ({ value, type: String, format: '@' });
const heading = (column: TableColumn): Cell => ({ value: column.heading, type: String, fontWeight: 'bold', backgroundColor: column.needed ? '#dcefe0' : '#f0f0ee' });

const blank_rows = 200;
const widthOf = (column: TableColumn): { width: number } => ({ width: Math.max(12, column.heading.length * 2 + 2) });

export interface Sheet {
  name: string;
  rows: readonly (readonly string[])[];
}

/** An Excel file of these rows below the columns' headings; without rows it is one to fill in. `others` explain. */
export function workbookOf(columns: readonly TableColumn[], name: string, rows: readonly (readonly string[])[], others: readonly Sheet[] = []): Promise<Blob> {
  const cellOf = (column: TableColumn, value: string): Cell => {
    const number = column.number && /^\d+(\.\d+)?$/.test(value);
    return number ? { value: Number(value), type: Number } : text(value);
  };
  const filled = rows.map((row) => columns.map((column, i) => cellOf(column, row[i] ?? '')));
  const blank = rows.length > 0 ? [] : Array.from({ length: blank_rows }, () => columns.map((column) => (column.number ? null : text(''))));
  const table = { data: [columns.map(heading), ...filled, ...blank], sheet: name, columns: columns.map(widthOf), stickyRowsCount: 1 };
  const explained = others.map((sheet) => ({ data: sheet.rows.map((row) => row.map(text)), sheet: sheet.name, columns: [{ width: 24 }, { width: 12 }, { width: 60 }, { width: 30 }] }));
  return writeSheets([table, ...explained]).toBlob();
}
