export interface Row {
  page: string;
  state: string;
  /** Why the state does not apply to the page. */
  not?: string;
}
export const table: Row[];
export const states: string[];
