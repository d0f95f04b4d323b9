import { describe, expect, it } from 'vitest';
import * as desk from '../src/desk/refusals';
import desk_chinese from '../src/desk/messages/zh-CN';
import * as shop from '../src/shop/refusals';
import shop_chinese from '../src/shop/messages/zh-CN';
import { refusalsOf } from './openapi_codes.mjs';

function textAt(dictionary: object, key: string): unknown {
  return key.split('.').reduce<unknown>((found, name) => (found as Record<string, unknown> | undefined)?.[name], dictionary);
}

describe.each([
  ['shop', shop, shop_chinese],
  ['desk', desk, desk_chinese],
] as const)('the %s', (_name, { operations, refusals }, chinese) => {
  const answered = new Set([...refusalsOf(operations).values()].flat().map(({ code }) => code));

  it('reads the codes of proto/openapi', () => {
    expect(answered.size).toBeGreaterThan(10);
  });

  it('has words for every code that its operations answer', () => {
    expect([...answered].filter((code) => !(code in refusals)), 'teach them to refusals.ts').toEqual([]);
  });

  it('waits for no code that nobody answers', () => {
    expect(Object.keys(refusals).filter((code) => !answered.has(code))).toEqual([]);
  });

  it('says each in a text that exists', () => {
    for (const key of Object.values(refusals)) expect(textAt(chinese, key), key).toBeTypeOf('string');
  });
});

it('a code newer than the page is told by its status', () => {
  expect(shop.refusalKey('never-heard-of', 429)).toBe('error.too_many');
  expect(shop.refusalKey('never-heard-of', 503)).toBe('error.busy');
  expect(shop.refusalKey('never-heard-of', 409)).toBe('error.unknown');
  expect(desk.refusalKey('never-heard-of', 403)).toBe('error.forbidden');
  expect(desk.refusalKey('never-heard-of', 412)).toBe('refused.version_stale');
  expect(desk.refusalKey('never-heard-of', 409)).toBeNull();
});
