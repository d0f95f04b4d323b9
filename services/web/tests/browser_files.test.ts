/** A browser test that no script names runs nowhere, and is green for ever. */

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../../../tests/browser', import.meta.url));

it('runs every file of browser tests, each once', () => {
  const { scripts } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as { scripts: Record<string, string> };
  const named = Object.entries(scripts).filter(([name]) => name.startsWith('test:')).flatMap(([, script]) => script.match(/\S+\.test\.mjs/g) ?? []);
  expect(named.sort()).toEqual(readdirSync(folder).filter((name) => name.endsWith('.test.mjs')).sort());
});
