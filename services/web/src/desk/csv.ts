/** CSV as the services read and write it (RFC 4180), for whatever a page hands out or takes in as a table. */

/** A text; or a figure, which no spreadsheet takes for a formula, so that nothing is put before its sign. */
export type Cell = string | { readonly figure: string };

const formula = /^[=+\-@\t\r\n＝＋－＠]/;
/** As the services guard a text that a spreadsheet would take for a formula, and back. */
export const guarded = (text: string): string => (text.startsWith("'") || formula.test(text) ? `'${text}` : text);
export const unguarded = (cell: string): string => (/^'['=+\-@\t\r\n＝＋－＠]/.test(cell) ? cell.slice(1) : cell);

const written = (cell: Cell): string => (typeof cell === 'string' ? guarded(cell) : cell.figure);

/** With the mark by which Excel knows UTF-8. */
export function csvOf(rows: readonly (readonly Cell[])[]): string {
  return `\ufeff${rows.map((row) => row.map((cell) => `"${written(cell).replaceAll('"', '""')}"`).join(',')).join('\r\n')}\r\n`;
}

/** The cells, row by row, to be shown and put into Excel files. What is no CSV is judged by the services. */
export function rowsOf(csv: string): string[][] {
  const rows: string[][] = [];
  const cell = /("(?:[^"]|"")*"?|[^,\r\n]*)(,|\r\n|\r|\n|$)/y;
  const text = csv.replace(/^\ufeff/, '');
  let row: string[] = [];
  while (cell.lastIndex < text.length) {
    const [, content = '', end] = cell.exec(text) ?? [];
    if (end === undefined) break;
    row.push(unguarded(content.startsWith('"') ? content.replace(/^"|"$/g, '').replaceAll('""', '"') : content));
    if (end === ',' && cell.lastIndex < text.length) continue;
    if (end === ',') row.push('');
    rows.push(row);
    row = [];
  }
  return rows;
}
