/** The guides name pictures that the browser tests take, buttons and headings as the pages call them, and pages that exist. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { guide_pictures, picture_bytes_max } from '../../../tests/browser/guide_pictures.mjs';
import audit from '../src/desk/audit/messages/zh-CN';
import goods from '../src/desk/goods/messages/zh-CN';
import desk from '../src/desk/messages/zh-CN';
import office from '../src/desk/office/messages/zh-CN';
import { desk_pages } from '../src/desk/pages';
import people from '../src/desk/people/messages/zh-CN';
import platform from '../src/desk/platform/messages/zh-CN';
import shop from '../src/shop/messages/zh-CN';
import { shop_pages } from '../src/shop/pages';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = `${root}docs/guides`;
const guides = readdirSync(folder).filter((name) => name.endsWith('.md'));
const textOf = (guide: string): string => readFileSync(`${folder}/${guide}`, 'utf8');
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((found) => found[1]!);
const picturesOf = (text: string): string[] => all(text, /\]\(images\/([^)]+)\)/g);

function textsIn(messages: object): string[] {
  return Object.values(messages).flatMap((one: unknown) => (typeof one === 'string' ? [one] : textsIn(one as object)));
}
const literal = (text: string): string => text.replace(/[.*+?^$()[\]\\|]/g, '\\$&');
const placeholder = /\{\w+\}/g;
/** A message as it is shown: its placeholders stand for anything, beside words of its own. */
const with_words = [audit, desk, goods, office, people, platform, shop].flatMap(textsIn).filter((text) => /\p{Script=Han}/u.test(text.replace(placeholder, '')));
const shown = with_words.map((text) => new RegExp(`^${literal(text).replace(placeholder, '.+')}$`));

/** An address as the routers take it. */
const served = [...Object.values(desk_pages).map((path) => `/desk${path}`), ...Object.values(shop_pages)].map((path) => new RegExp(`^${path.replace(/:\w+(\(\\d\+\))?/g, '[^/]+')}$`));

const pages_max = 8;

describe.each(guides)('%s', (guide) => {
  const text = textOf(guide);

  it('quotes what the pages say', () => {
    const quoted = all(text, /「([^」]+)」/g);
    expect(quoted.length).toBeGreaterThan(5);
    expect(quoted.filter((words) => !shown.some((one) => one.test(words)))).toEqual([]);
  });

  it('leads to pages that exist', () => {
    const addresses = all(text, /`(\/[^`]*)`/g);
    expect(addresses.length).toBeGreaterThan(3);
    expect(addresses.filter((address) => !served.some((one) => one.test(address)))).toEqual([]);
  });

  it('shows few pictures, each of them one that the year takes, and small', () => {
    const named = picturesOf(text);
    expect(named.length).toBeGreaterThan(0);
    expect(named.length).toBeLessThanOrEqual(pages_max);
    for (const name of named) {
      expect(guide_pictures.map((one) => `${one}.webp`)).toContain(name);
      expect(statSync(`${folder}/images/${name}`).size, name).toBeLessThanOrEqual(picture_bytes_max);
    }
  });

  it('is linked to in both languages', () => {
    const silent = ['README.md', 'README.zh-CN.md'].filter((readme) => !readFileSync(`${root}${readme}`, 'utf8').includes(`(docs/guides/${guide})`));
    expect(silent).toEqual([]);
  });
});

it('every picture that is taken and kept stands in a guide', () => {
  const named = guides.flatMap((guide) => picturesOf(textOf(guide))).sort();
  expect(named).toEqual(guide_pictures.map((one) => `${one}.webp`).sort());
  expect(readdirSync(`${folder}/images`).sort()).toEqual(named);
});
