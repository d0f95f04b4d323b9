/** Files of tables: what somebody chose, as CSV for the services; and what goes to the browser's folder. */

import { withQuery } from '../../shared/api';
import { authorisedFile } from '../session';
import { saveFile } from '../save_file';
import { csvOf, rowsOf } from '../csv';
import { columnsToFill, decoded, table_forms, type TableKind } from './tables';
import type { Sheet } from './xlsx';

export interface ChosenTable {
  name: string;
  csv: Blob;
  rows: string[][];
}

/** Why a file is no table that we read. */
export type FileFault = 'too_large' | 'old_excel' | 'unreadable' | 'empty';
export class TableFileError extends Error {
  constructor(readonly fault: FileFault) {
    super(fault);
  }
}

const bytes_max = 8 * 1024 * 1024;
const beginsWith = (bytes: ArrayBuffer, signature: readonly number[]): boolean => {
  const first = new Uint8Array(bytes.slice(0, signature.length));
  return first.length === signature.length && signature.every((byte, i) => first[i] === byte);
};

async function csvIn(bytes: ArrayBuffer): Promise<string> {
  if (beginsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) throw new TableFileError('old_excel');
  if (!beginsWith(bytes, [0x50, 0x4b, 3, 4])) {
    const text = decoded(bytes);
    if (text === null) throw new TableFileError('unreadable');
    return text;
  }
  const { rowsInWorkbook } = await import('./xlsx');
  try {
    return csvOf(await rowsInWorkbook(bytes));
  } catch {
    throw new TableFileError('unreadable');
  }
}

/** The file as a table; throws TableFileError. By what is in it, not by how it is called. */
export async function readTable(file: File): Promise<ChosenTable> {
  if (file.size > 2 * bytes_max) throw new TableFileError('too_large');
  const text = await csvIn(await file.arrayBuffer());
  const csv = new Blob([text], { type: 'text/csv' });
  if (csv.size > bytes_max) throw new TableFileError('too_large');
  const rows = rowsOf(text);
  if (rows.length === 0) throw new TableFileError('empty');
  return { name: file.name, csv, rows };
}

export type FileForm = 'xlsx' | 'csv';

/** Saves a table to fill in, with sheets that explain it. */
export async function saveTemplate(kind: TableKind, form: FileForm, others: readonly Sheet[]): Promise<void> {
  const columns = columnsToFill(kind);
  const name = `${table_forms[kind].file}-模板`;
  if (form === 'csv') return saveFile(new Blob([csvOf([columns.map(({ heading }) => heading)])], { type: 'text/csv' }), `${name}.csv`);
  const { workbookOf } = await import('./xlsx');
  saveFile(await workbookOf(columns, table_forms[kind].file, [], others), `${name}.xlsx`);
}

/** Saves what is there; throws ApiError. */
export async function saveExport(kind: TableKind, form: FileForm, merchant_id: string): Promise<void> {
  const { exports, file, columns } = table_forms[kind];
  const csv = await authorisedFile(withQuery(exports, { merchant_id }));
  if (form === 'csv') return saveFile(csv, `${file}.csv`);
  const { workbookOf } = await import('./xlsx');
  saveFile(await workbookOf(columns, file, rowsOf(await csv.text()).slice(1)), `${file}.xlsx`);
}
