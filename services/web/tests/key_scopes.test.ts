import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { key_scopes } from '../src/desk/people/types';

it('the scopes that an owner can choose are those of proto/key_scopes.csv', () => {
  const rows = readFileSync(new URL('../../../proto/key_scopes.csv', import.meta.url), 'utf8').trim().split('\n').slice(1);
  expect([...new Set(rows.map((row) => row.split(',')[0]))]).toEqual([...key_scopes]);
});
