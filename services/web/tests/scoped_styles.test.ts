/** Vue gives the root of a part the scope of who uses it, too: a style of the page that names a class of that root reaches into the part. */

import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const src = fileURLToPath(new URL('../src', import.meta.url));
const named = (text: string): Set<string> => new Set([...text.matchAll(/\.([a-z][\w-]*)/gi)].map(([, name]) => name!));
const withoutRemarks = (text: string): string => text.replace(/\/\*[^]*?\*\//g, '');

const read_text = (file: string): string => withoutRemarks(readFileSync(`${src}/${file}`, 'utf8'));
/** Words that all pages of a program share: who styles them means them wherever they stand. */
const shared = (program: string): Set<string> => new Set([...['shared/base.css', `${program}/${program}.css`].flatMap((file) => [...named(read_text(file))]), 'icon']);

interface Part {
  file: string;
  /** Classes that its root may have. */
  root: Set<string>;
  template: string;
  scoped: string;
}

function read(file: string): Part {
  const text = readFileSync(`${src}/${file}`, 'utf8');
  const template = /^<template>\n([^]*?)^<\/template>/m.exec(text)?.[1] ?? '';
  const tops = [...template.matchAll(/^ {2}<[\w-]+((?:[^>"]|"[^"]*")*)>/gm)].map(([, attributes]) => attributes!);
  const classes = tops.flatMap((one) => [...one.matchAll(/\sclass="([^"]*)"/g), ...one.matchAll(/:class="\{([^"]*)\}"/g)].flatMap(([, words]) => words!.match(/[\w-]+/g) ?? []));
  const scoped = withoutRemarks([...text.matchAll(/<style scoped>([^]*?)<\/style>/g)].map(([, style]) => style).join('\n')).replace(/:deep\([^)]*\)/g, '');
  return { file, root: new Set(classes), template, scoped };
}

const parts = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.vue')).map(read);
const by_name = new Map(parts.map((part) => [basename(part.file, '.vue'), part]));

it('no page styles a part of its own by a name that the part gives itself', () => {
  expect(by_name.get('Modal')?.root, 'roots are read').toContain('side');
  const reached = parts.flatMap(({ file, template, scoped }) => {
    const used = new Set([...template.matchAll(/<([A-Z]\w+)/g)].map(([, name]) => name!));
    return [...used].flatMap((name) => [...(by_name.get(name)?.root ?? [])].filter((word) => named(scoped).has(word) && !shared(file.split('/')[0]!).has(word)).map((word) => `${file} reaches ${name} by .${word}`));
  });
  expect(reached).toEqual([]);
});
