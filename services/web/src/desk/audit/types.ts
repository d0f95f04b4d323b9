/** What the audit service answers, as far as the desk reads it (proto/openapi/audit.yaml). */

export interface Figures {
  net_fen: number;
  gross_fen: number;
  refund_fen: number;
  uncounted_fen: number;
  weight_g: number;
  quantity: number;
  lines: number;
  uncounted_lines: number;
}

export interface Row extends Figures {
  name: string;
  county_code?: string;
  merchant_id?: number;
  product_id?: number;
  lot_id?: number;
  channel?: string;
  district?: string;
  orders?: number;
  buyers?: number;
}

export interface LedgerState {
  tree_size: number;
  root_hash: string;
}

export interface Level {
  items: Row[];
  totals: Figures & { orders?: number; buyers?: number };
  names: Partial<Record<'county' | 'merchant' | 'product' | 'lot', string>>;
  by_channel?: Row[];
  credits?: Row[];
  ledger: LedgerState;
}

/** An entry of the ledger; members that the page does not name are shown as they are. `order` is a commitment, or in
 *  entries of version 1 the order's number. */
export interface LedgerLine {
  index: number;
  kind: string;
  order: string;
  line: number;
  paid_at: string;
  lot_code: string;
  quantity: number;
  weight_g: number;
  unit_price_fen: number;
  total_fen: number;
  counted: boolean;
  channel: string;
}

export interface Lines {
  items: LedgerLine[];
  next: string | null;
  totals: Figures;
  names: Level['names'];
  ledger: LedgerState;
}

export interface EntryAnswer {
  index: number;
  entry: string;
  leaf_hash: string;
}

export interface ProofAnswer {
  index: number;
  tree_size: number;
  leaf_hash: string;
  hashes: string[];
  root_hash: string;
  checkpoint: string | null;
}

export interface Difference {
  kind: string;
  where: string;
  detail: string;
}

export interface Recomputation {
  state: 'DONE';
  month: string | null;
  entries: number;
  differences_total: number;
  differences: Difference[];
  equal: boolean;
}

/** A recomputation that goes on: ask again in a moment. */
export interface Recomputing {
  state: 'RUNNING';
  entries: number;
}
