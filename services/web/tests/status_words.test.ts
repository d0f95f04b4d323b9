import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkInChinese, detailInChinese } from '../src/desk/platform/status_words';

const root = fileURLToPath(new URL('../../', import.meta.url));
const sources = (readdirSync(root, { recursive: true }) as string[]).filter((name) => name.endsWith('.cpp') && !/(^|\/)(tests|node_modules|web)\//.test(name)).map((name) => readFileSync(`${root}/${name}`, 'utf8'));
const services = readFileSync(`${root}/services.txt`, 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
const calls = sources.flatMap((text) => [...text.matchAll(/health\.check\((service \+ |name \+ )?"([^"]+)"/g)]);
const names = calls.flatMap(([, of_each, name]) => (of_each ? services.map((service) => service + name) : [name!]));
/** What is said where nothing is wrong, as far as it stands in one piece. */
const said = sources.filter((text) => text.includes('Finding')).flatMap((text) => [...text.matchAll(/\{true, "([^"]+)"\}|consumer, (?:true|false), "([^"]+)"/g)].map(([, one, other]) => (one ?? other)!));

describe('what the services say of themselves', () => {
  it('is read from their sources', () => {
    expect(names).toContain('identity relay');
    expect(names).toContain('orders payments');
    expect(names.length).toBeGreaterThan(40);
    expect(said.length).toBeGreaterThan(5);
  });

  it.each(names)('is asked in Chinese: %s', (name) => {
    expect(checkInChinese(name)).toMatch(/^[^a-z]+$/i);
  });

  it.each([...said, 'oldest unpublished fact: 12 ms', 'age of the catalogue: 3 s', '2 sales wait for the ledger, the oldest for 400 s', 'identity last said who was dismissed 4 s ago', "identity last said who was dismissed 90 s ago: the staff's writes are refused"])('is said in Chinese: %s', (detail) => {
    expect(detailInChinese(detail)).toMatch(/^[^a-z]+$/i);
  });

  it('stays in its own words where nobody has others', () => {
    expect(checkInChinese('weather')).toBeNull();
    expect(detailInChinese('it does not answer: Access denied')).toBe('没有应答：Access denied');
  });
});
