/** What is about to be certified, and what anybody said against it (proto/openapi/certification.yaml). */

import { ApiError, json, withQuery } from '../shared/api';
import { of_tab, readJson } from '../shared/kept';
import { randomKey } from '../shared/random';
import type { County, Page, Product } from './types';

export interface Notice {
  application_id: number;
  scheme: string;
  year: number;
  product_id: number;
  product_name: string | null;
  county_code: string | null;
  notice_until: string | null;
  statement: string;
  linkage: string;
  households?: number | null;
  people?: number | null;
}

export interface Objection {
  objection_id: number;
  text: string;
  at: string;
  answer: string | null;
  answered_at: string | null;
  paper_count: number;
}

/** A file that is there, and goes with the objection. */
export interface Paper {
  name: string;
  size_bytes: number;
  sha256: string;
}
export const papers_max = 3;
export const paper_bytes_max = 5 * 1024 * 1024;

const isPapers = (value: unknown): value is Paper[] =>
  Array.isArray(value) && value.every((one) => typeof one?.name === 'string' && typeof one.size_bytes === 'number' && typeof one.sha256 === 'string');

/** What this tab keeps of an objection that is not sent yet, so that a reload loses nothing. */
export function draftOf(application_id: string) {
  const at = `shanhai.objection.${application_id}`;
  const write = (name: string, value: string): void => of_tab.write(`${at}${name}`, value === '' ? null : value);
  return {
    text: (): string => of_tab.read(at) ?? '',
    keepText: (text: string): void => write('', text),
    papers: (): Paper[] => readJson(of_tab, `${at}.papers`, isPapers) ?? [],
    keepPapers: (papers: readonly Paper[]): void => write('.papers', papers.length === 0 ? '' : JSON.stringify(papers)),
    /** What tells the services whose the papers are, and that an objection is the one that they have taken already. */
    key: (): string => {
      const kept = of_tab.read(`${at}.key`) ?? randomKey();
      write('.key', kept);
      return kept;
    },
    forget: (): void => ['', '.papers', '.key'].forEach((name) => write(name, '')),
  };
}

/**
 * Objects, under the draft's key. May be called again after any failure: the key stays until the services have taken the
 * objection, so that a repetition after a lost answer is told from another one.
 */
export async function object(application_id: string, text: string, papers: readonly Paper[]): Promise<Objection> {
  const draft = draftOf(application_id);
  const files = papers.map((one) => one.sha256);
  const taken = await json<Objection>(`/v1/notices/${application_id}/objections`, {
    method: 'POST', body: files.length === 0 ? { text } : { text, files }, headers: { 'Upload-Access-Token': draft.key() },
  });
  draft.forget();
  return taken;
}

export function readNotices(cursor: string | null = null): Promise<Page<Notice>> {
  return json<Page<Notice>>(withQuery('/v1/notices', { limit: 100, cursor }));
}

/** The one of that application; null when it is not on notice. */
export async function findNotice(application_id: number): Promise<Notice | null> {
  try {
    return await json<Notice>(`/v1/notices/${application_id}`);
  } catch (error) {
    if (error instanceof ApiError && error.problem?.code === 'notice-unknown') return null;
    throw error;
  }
}

/** Whether anybody may object still. */
export const isOpen = (notice: Pick<Notice, 'notice_until'>, now: number = Date.now()): boolean => notice.notice_until !== null && now < Date.parse(notice.notice_until);

/** The name of the house whose product it is; null when nobody can tell now. */
export async function houseOf(product_id: number): Promise<string | null> {
  return json<Product>(`/v1/products/${product_id}`).then((one) => one.merchant.name, () => null);
}

/** The names behind codes; they are a convenience, the page works without. */
export async function readNames(): Promise<{ schemes: Record<string, string>; counties: Record<string, string>; /** Who decides, by scheme; none: an office of the product's county. */ offices: Record<string, string[]> }> {
  const [schemes, counties] = await Promise.all([
    json<Page<{ scheme: string; name: string; offices: string[] }>>('/v1/schemes?limit=100').catch(() => null),
    json<Page<County>>('/v1/counties?limit=100').catch(() => null),
  ]);
  return {
    offices: Object.fromEntries((schemes?.items ?? []).map((one) => [one.scheme, one.offices])),
    schemes: Object.fromEntries((schemes?.items ?? []).map((one) => [one.scheme, one.name])),
    counties: Object.fromEntries((counties?.items ?? []).map((one) => [one.county_code, one.name])),
  };
}
