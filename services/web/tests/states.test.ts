import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { states, table } from '../../../tests/browser/states_table.mjs';
import { audit_pages } from '../src/desk/pages';
import { pattern, shop_pages } from '../src/shop/pages';

const pages = [...Object.keys(shop_pages), 'unknown', 'login', ...Object.keys(audit_pages)];

describe('the table of states', () => {
  it.each(pages.flatMap((page) => states.map((state) => [page, state])))('tells of the page %s when it is %s', (page, state) => {
    const rows = table.filter((row) => row.page === page && row.state === state);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) if (row.not !== undefined) expect(rows).toEqual([row]);
  });

  it('has no row of a page or a state that there is not', () => {
    expect(table.filter((row) => !pages.includes(row.page) || !states.includes(row.state))).toEqual([]);
  });

  it('counts as many pages as there are files of pages', () => {
    const files = ['shop', 'desk/audit'].flatMap((program) => readdirSync(fileURLToPath(new URL(`../src/${program}/pages`, import.meta.url))));
    expect(files.filter((name) => name.endsWith('.vue'))).toHaveLength(pages.length - 1); // The sign-in is the whole desk's.
  });
});

it('the server learns the addresses of pages as patterns', () => {
  expect(Object.values(shop_pages).map(pattern)).toEqual(['/', '/p/{digits}', '/b/{digits}', '/o/{text}', '/orders', '/code-unknown', '/notices', '/notices/{digits}', '/editions', '/editions/{digits}']);
});
