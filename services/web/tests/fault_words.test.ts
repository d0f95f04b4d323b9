/** Whatever a service says of a field has Chinese words here: what is in the sources is what can be said. */

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { of_rules, with_numbers } from '../src/desk/fault_words';
import { chinese, chineseOf } from '../src/desk/faults';

const services = fileURLToPath(new URL('../..', import.meta.url));
const areas = ['audit', 'catalog', 'certification', 'channel', 'chassis/files', 'chassis/http', 'identity', 'messages', 'orders', 'trace', 'vocabulary'];
const literals = /"(?:[^"\\]|\\.)*"(?:\s*"(?:[^"\\]|\\.)*")*/g;
const textOf = (literal: string): string => [...literal.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, part]) => part!.replace(/\\(.)/g, '$1')).join('');

/** Texts of `invalid_field(…)`, `complain(…)` and of lists of faults {"/pointer", "text"}; of a text with a number in it, its pieces. */
function said(source: string): string[] {
  const calls = [...source.matchAll(/(?:invalid_field|complain)\(\s*((?:"(?:[^"\\]|\\.)*"|[^;"])*?)\);/g)].flatMap(([, inside]) => [...inside!.matchAll(literals)].map(([literal]) => textOf(literal)));
  const lists = [...source.matchAll(/\{\s*"(?:\/[^"]*)?"[^,{}]*,\s*("(?:[^"\\]|\\.)*"(?:\s*"(?:[^"\\]|\\.)*")*)/g)].map(([, literal]) => textOf(literal!));
  return [...calls, ...lists].filter((text) => / /.test(text.trim()) && !/^\/|SELECT|INSERT|^[A-Z][^.]*\.$/.test(text));
}

const sources = areas.flatMap((area) => readdirSync(`${services}/${area}`, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.[ch]pp$/.test(file) && !file.includes('tests/')).map((file) => `${area}/${file}`));
const texts = new Map(sources.flatMap((file) => said(readFileSync(`${services}/${file}`, 'utf8')).map((text) => [text, file] as const)));

const knows = (text: string): boolean => text in chinese || text in of_rules || with_numbers.some(([form]) => form.test(text) || form.source.includes(text.trim()));

it('everything that the services say of a field has Chinese words', () => {
  expect(texts.size).toBeGreaterThan(150);
  expect([...texts].filter(([text]) => !knows(text)).map(([text, file]) => `${file}: ${text}`), 'teach them to desk/fault_words.ts').toEqual([]);
});

it('what has numbers in it is told with them', () => {
  expect(chineseOf('the lot has 200 packs, of which 150 have not been received yet')).toBe('这一批共 200 件，还有 150 件没有入库。');
  expect(chineseOf('must be 1 to 64 characters')).toBe('请写 1 到 64 个字。');
});

it('what nobody knows is not told in English', () => {
  expect(chineseOf('newer than this page')).toBeNull();
  for (const words of [...Object.values(chinese), ...Object.values(of_rules), ...with_numbers.map(([, one]) => one)]) if (words !== null) expect(words).toMatch(/\p{Script=Han}/u);
});
