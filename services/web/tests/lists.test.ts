import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(__dirname, '../src/desk');
const contract = join(__dirname, '../../../proto/openapi');
const sources = (readdirSync(root, { recursive: true }) as string[]).filter((name) => /\.(ts|vue)$/.test(name));

/** `readAll` and `useList` ask page by page: what they ask has to know `limit` and `cursor`, or every answer is a refusal. */
describe('lists of the desk', () => {
  const paged = readdirSync(contract).filter((name) => name.endsWith('.yaml')).flatMap((name) =>
    readFileSync(join(contract, name), 'utf8').split(/^(?= {2}\/)/m).flatMap((block) => {
      const [, path] = /^ {2}(\/[^:]*):/.exec(block) ?? [];
      const [get] = /^ {4}get:\n(?: {5,}.*\n|\n)*/m.exec(block) ?? [''];
      return path !== undefined && get.includes('parameters/Limit') && get.includes('parameters/Cursor') ? [path] : [];
    }));
  const known = (path: string): boolean => paged.some((one) => new RegExp(`^${one.replace(/\{[^}]*\}/g, '[^/]+')}$`).test(path));
  const asked = sources.flatMap((name) =>
    [...readFileSync(join(root, name), 'utf8').matchAll(/(?:readAll|useList)<[^(]*>\((?:[^'`)]*=>\s*)?(?:withQuery\()?(['`])(\/v1\/[^'`?]*)/g)]
      .map(([, , path]) => ({ name, path: path!.replace(/(?<!\/)\$\{.*$/, '').replace(/\$\{[^}]*\}/g, '1') })));

  it('are found in the sources', () => expect(asked.length).toBeGreaterThan(20));
  it.each(asked)('$path of $name takes pages', ({ path }) => expect(known(path)).toBe(true));
});
