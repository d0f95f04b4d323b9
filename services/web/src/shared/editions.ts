/** Editions of the yearly catalogues, which never change (proto/openapi/certification.yaml). */

import { json, text, withQuery } from './api';

export interface Edition {
  edition_id: number;
  scheme: string;
  year: number;
  number: number;
  office: string;
  frozen_at: string;
  sha256: string;
  certifications: number;
  previous_edition_id: number | null;
}

export interface CatalogueEntry {
  certification_id: number;
  number: string;
  product_id: number;
  product_name: string;
  county_code: string;
  county_name: string;
  merchant_id: number;
  merchant_name: string;
  valid_from: string;
  valid_to: string;
}

export interface EditionDifference {
  edition_id: number;
  from_edition_id: number | null;
  added: CatalogueEntry[];
  gone: CatalogueEntry[];
  changed: { product_id: number; fields: string[]; before: CatalogueEntry; after: CatalogueEntry }[];
}

/** What became another between two catalogues, product by product. */
export function movedBetween<T extends { product_id: number }, U extends { product_id: number }>(older: readonly T[], newer: readonly U[]): { added: U[]; gone: T[] } {
  const productsOf = (entries: readonly { product_id: number }[]) => new Set(entries.map((one) => one.product_id));
  const before = productsOf(older);
  const after = productsOf(newer);
  return { added: newer.filter((one) => !before.has(one.product_id)), gone: older.filter((one) => !after.has(one.product_id)) };
}

/** Every edition of a scheme and year, in the order in which they were frozen. */
export async function readEditionsOf(scheme: string, year: number): Promise<Edition[]> {
  const all: Edition[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: Edition[]; next: string | null } = await json(withQuery('/v1/editions', { scheme, year, limit: 100, cursor }));
    all.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return all;
}

export const formats = ['pdf', 'csv', 'json'] as const;
export const catalogueAt = (edition_id: number, format: (typeof formats)[number]): string => `/v1/editions/${edition_id}/catalogue.${format}`;

export const readEdition = (id: number | string): Promise<Edition> => json<Edition>(`/v1/editions/${id}`);
export const readDifference = (id: number | string): Promise<EditionDifference> => json<EditionDifference>(`/v1/editions/${id}/difference`);

export interface ReadCatalogue {
  entries: CatalogueEntry[];
  /** Of the bytes that came; null where the browser does not reckon it (not over HTTPS). */
  sha256: string | null;
}

/** The catalogue in the very bytes that its hash is of, and that hash, reckoned here. */
export async function readCatalogue(id: number | string): Promise<ReadCatalogue> {
  const body = await text(`/v1/editions/${id}/catalogue.json`, { headers: { Accept: 'application/json' } });
  const { certifications } = JSON.parse(body) as { certifications: CatalogueEntry[] };
  return { entries: certifications, sha256: await sha256Of(body) };
}

async function sha256Of(body: string): Promise<string | null> {
  if (globalThis.crypto?.subtle === undefined) return null;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(body)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Newest first: by year, then by number. */
export function newestFirst(editions: readonly Edition[]): Edition[] {
  return [...editions].sort((a, b) => b.year - a.year || b.frozen_at.localeCompare(a.frozen_at) || b.number - a.number);
}

/** "68cd281d ea872204 …", as people compare it with one that is printed. */
export const hashInGroups = (hash: string): string => hash.replace(/(.{8})(?=.)/g, '$1 ');
