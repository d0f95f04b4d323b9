/** Each product and set of the sample data has a drawing of its own: small, complete in itself, and nothing but shapes. */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = `${root}services/web/public/media/goods`;
const drawings = readdirSync(folder).sort();
const sourceOf = (drawing: string): string => readFileSync(`${folder}/${drawing}`, 'utf8');

interface Sample { name: string; image?: string; images?: string[] }
const samples = ['products', 'bundles'].flatMap((file) => JSON.parse(readFileSync(`${root}data/sample/${file}.json`, 'utf8')) as Sample[]);
const imagesOf = (one: Sample): string[] => one.images ?? (one.image ? [one.image] : []);

const bytes_max = 8 * 1024;
const shapes = new Set(['svg', 'defs', 'g', 'path', 'circle', 'ellipse', 'rect', 'use', 'linearGradient', 'radialGradient', 'stop', 'clipPath']);

/** Names of the elements, when all of the text is tags that close one another; stricter than XML is. */
function elementsOf(text: string): string[] {
  const open: string[] = [];
  const names: string[] = [];
  const rest = text.replace(/<(\/?)([a-zA-Z]+)((?: [a-zA-Z\d-]+="[^"<&]*")*) ?(\/?)>/g, (_, closes: string, name: string, attributes: string, alone: string) => {
    if (closes) expect(open.pop()).toBe(name);
    else {
      names.push(name);
      const given = [...attributes.matchAll(/ ([a-zA-Z\d-]+)=/g)].map((one) => one[1]);
      expect(new Set(given).size, `${name}: an attribute twice`).toBe(given.length);
      if (!alone) open.push(name);
    }
    return '';
  });
  expect(rest.trim()).toBe('');
  expect(open).toEqual([]);
  return names;
}

describe('the sample goods', () => {
  it.each(samples.map((one) => [one.name, imagesOf(one)]))('%s has one drawing', (_, images) => {
    expect(images).toHaveLength(1);
    expect(images[0]).toMatch(/^\/media\/goods\/[a-z][a-z-]*\.svg$/);
    expect(drawings).toContain(images[0]!.slice('/media/goods/'.length));
  });

  it('share no drawing, and leave none over', () => {
    expect(samples.flatMap(imagesOf).sort()).toEqual(drawings.map((drawing) => `/media/goods/${drawing}`));
    const contents = drawings.map((drawing) => createHash('sha256').update(sourceOf(drawing)).digest('hex'));
    expect(new Set(contents).size).toBe(drawings.length);
  });
});

describe.each(drawings)('%s', (drawing) => {
  const text = sourceOf(drawing);

  it('is small and square', () => {
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(bytes_max);
    expect(text).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 800 800">/);
  });

  it('holds shapes alone: no letters, no code, nothing from elsewhere', () => {
    expect(elementsOf(text).filter((name) => !shapes.has(name))).toEqual([]);
    expect(text).not.toMatch(/ (?:on[a-z]+|style)=/i);
    const refers = [...text.matchAll(/ href="([^"]*)"|url\(([^)]*)\)/g)].map((found) => found[1] ?? found[2]!);
    const ids = [...text.matchAll(/ id="([^"]*)"/g)].map((found) => `#${found[1]!}`);
    expect(refers.filter((to) => !ids.includes(to))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
