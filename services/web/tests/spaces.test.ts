/** The compiler drops a blank with which a `<template>` begins, and two words run together: it is written as {{ ' ' }}. */

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const source = fileURLToPath(new URL('../src', import.meta.url));
const begins_with_blank = /<template v-[a-z-]+(?:="[^"\n]*")?(?: :?[a-z-]+="[^"\n]*")*>(?: |&#32;)(?=\S)/;

it('begins no template with a blank that nobody would see', () => {
  const pages = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.vue'));
  expect(pages.length).toBeGreaterThan(100);
  const lost = pages.flatMap((name) => readFileSync(`${source}/${name}`, 'utf8').split('\n').flatMap((line, i) => (begins_with_blank.test(line) ? [`${name}:${i + 1}`] : [])));
  expect(lost).toEqual([]);
});
