/** Tables for spreadsheets: their columns, and what the services say of their lines. */

import type { FieldProblem } from '../../shared/api';

export type TableKind = 'products' | 'lots' | 'receipts';

export interface TableColumn {
  /** As the services call it. */
  name: string;
  /** As people read it. */
  heading: string;
  needed?: boolean;
  /** A number, in an Excel file too; everything else stays a text, so that no zero is lost. */
  number?: boolean;
  /** For the eye in what was exported; templates go without. */
  shown?: boolean;
}

export interface TableForm {
  imports: string;
  exports: string;
  /** What a file of it is called. */
  file: string;
  roles: readonly string[];
  columns: readonly TableColumn[];
}

/** The services' own tables; a test holds them against each other. */
export const table_forms: Readonly<Record<TableKind, TableForm>> = {
  products: {
    imports: '/v1/products/imports', exports: '/v1/products/export.csv', file: '商品', roles: ['merchant', 'operator'],
    columns: [
      { name: 'merchant_id', heading: '商户编号', needed: true, number: true },
      { name: 'county_code', heading: '产地区划代码', needed: true },
      { name: 'name', heading: '商品名称', needed: true },
      { name: 'alias', heading: '别名' },
      { name: 'category', heading: '品类', needed: true },
      { name: 'summary', heading: '一句话介绍', needed: true },
      { name: 'description', heading: '详细介绍', needed: true },
      { name: 'storage', heading: '贮存条件' },
      { name: 'shelf_life_days', heading: '保质期（天）', number: true },
      { name: 'origin_statement', heading: '产地说明', needed: true },
      { name: 'return_policy', heading: '退货规则', needed: true },
      { name: 'purchase_mode', heading: '采购方式', needed: true },
      { name: 'tags', heading: '标签' },
      { name: 'image', heading: '图片地址' },
      { name: 'listed', heading: '上架' },
      { name: 'gtin', heading: '商品条码', needed: true },
      { name: 'sku_name', heading: '规格名称', needed: true },
      { name: 'net_content_g', heading: '净含量（克）', needed: true, number: true },
      { name: 'price_yuan', heading: '价格（元）', needed: true, number: true },
      { name: 'quantity_max', heading: '每单最多', number: true },
      { name: 'min_remaining_days', heading: '至少剩余天数', number: true },
      { name: 'product_id', heading: '商品编号（仅供查看）', number: true, shown: true },
      { name: 'sku_id', heading: '规格编号（仅供查看）', number: true, shown: true },
    ],
  },
  lots: {
    imports: '/v1/lots/imports', exports: '/v1/lots/export.csv', file: '批次', roles: ['merchant', 'operator'],
    columns: [
      { name: 'base_id', heading: '基地编号', needed: true, number: true },
      { name: 'sku_id', heading: '规格编号', needed: true, number: true },
      { name: 'lot_code', heading: '批次号', needed: true },
      { name: 'county_code', heading: '产地区划代码' },
      { name: 'harvest_date', heading: '采收日期' },
      { name: 'production_date', heading: '生产日期', needed: true },
      { name: 'expiry_date', heading: '到期日期' },
      { name: 'quantity', heading: '件数', needed: true, number: true },
      { name: 'net_content_g', heading: '每件净含量（克）', number: true },
      { name: 'conformity_certificate_no', heading: '承诺达标合格证号' },
      { name: 'test_report_no', heading: '检测报告号' },
      { name: 'product_name', heading: '商品名称（仅供查看）', shown: true },
      { name: 'lot_id', heading: '批次编号（仅供查看）', number: true, shown: true },
      { name: 'saleable', heading: '可售（仅供查看）', shown: true },
    ],
  },
  receipts: {
    imports: '/v1/stock/imports', exports: '/v1/stock/export.csv', file: '入库', roles: ['operator'],
    columns: [
      { name: 'lot_id', heading: '批次编号', needed: true, number: true },
      { name: 'quantity', heading: '件数', needed: true, number: true },
      { name: 'reference', heading: '入库单号', needed: true },
      { name: 'note', heading: '备注' },
      { name: 'lot_code', heading: '批次号（仅供查看）', shown: true },
      { name: 'sku_id', heading: '规格编号（仅供查看）', number: true, shown: true },
      { name: 'at', heading: '入库时间（仅供查看）', shown: true },
      { name: 'receipt_id', heading: '入库编号（仅供查看）', number: true, shown: true },
    ],
  },
};

/** What somebody fills in. */
export const columnsToFill = (kind: TableKind): TableColumn[] => table_forms[kind].columns.filter(({ shown }) => !shown);

/** The table with the number of the only merchant that somebody works for, where a line leaves it out; null: it needs none. */
export function withMerchant(rows: readonly (readonly string[])[], merchant_id: string): string[][] | null {
  const headings = (rows[0] ?? []).map((heading) => heading.trim());
  const own = table_forms.products.columns[0]!;
  const place = headings.findIndex((heading) => heading === own.heading || heading === own.name);
  const lacks = (row: readonly string[]): boolean => row.some((cell) => cell.trim() !== '') && (place < 0 || (row[place] ?? '').trim() === '');
  if (!rows.slice(1).some(lacks)) return null;
  return rows.map((row, i) => {
    if (place < 0) return i === 0 ? [own.heading, ...row] : [lacks(row) ? merchant_id : '', ...row];
    return lacks(row) && i > 0 ? row.map((cell, j) => (j === place ? merchant_id : cell)) : [...row];
  });
}

/** The text of a CSV file: UTF-8, or GB 18030, in which Excel saves it in China. Null when it is neither. */
export function decoded(bytes: ArrayBuffer): string | null {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      continue;
    }
  }
  return null;
}

export interface LineFault {
  line: number;
  /** Null: the line as a whole. */
  column: TableColumn | null;
  /** What stands there. */
  cell: string;
  code: string;
  detail: string;
}

/** What is wrong where, from pointers such as "/lines/17/net_content_g". */
export function lineFaults(errors: readonly FieldProblem[], kind: TableKind, rows: readonly (readonly string[])[]): LineFault[] {
  const headings = (rows[0] ?? []).map((heading) => heading.trim());
  return errors.flatMap(({ pointer, code, detail }) => {
    const [, number, name = ''] = /^\/lines\/(\d+)(?:\/(.+))?$/.exec(pointer) ?? [];
    if (number === undefined) return [];
    const column = table_forms[kind].columns.find((one) => one.name === name) ?? null;
    const place = column ? headings.findIndex((heading) => heading === column.heading || heading === column.name) : Number(name) - 1;
    return [{ line: Number(number), column, cell: rows[Number(number) - 1]?.[place] ?? '', code: code ?? '', detail }];
  });
}
