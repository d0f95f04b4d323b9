import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const source = (path: string): string => readFileSync(fileURLToPath(new URL(`../src/${path}`, import.meta.url)), 'utf8');
const css = source('desk/desk.css');
const valuesOf = (name: string): string[] => pairOf(name) ?? [...css.matchAll(new RegExp(`${name}: (#[0-9a-f]{3,6});`, 'g'))].map(([, value]) => value!);

/** By day and by night, of what shop and desk share. */
function pairOf(name: string): [string, string] | null {
  const found = new RegExp(`${name}: var\\(--day, (#[0-9a-f]{6})\\) var\\(--night, (#[0-9a-f]{6})\\);`).exec(source('shared/colours.css'));
  return found && [found[1]!, found[2]!];
}

function linear(colour: string): [number, number, number] {
  const full = colour.length === 4 ? `#${[...colour.slice(1)].map((digit) => digit + digit).join('')}` : colour;
  return [1, 3, 5].map((at) => parseInt(full.slice(at, at + 2), 16) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as [number, number, number];
}
const luminance = (colour: string): number => linear(colour).reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i]!, 0);
function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}
/** CIE L*a*b*, in which equal distances look equally far. */
function lab(colour: string): [number, number, number] {
  const [r, g, b] = linear(colour);
  const f = (part: number): number => (part > 0.008856 ? Math.cbrt(part) : 7.787 * part + 16 / 116);
  const [x, y, z] = [f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505), f(0.2126 * r + 0.7152 * g + 0.0722 * b), f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089)];
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
const distance = (one: string, other: string): number => Math.hypot(...lab(one).map((part, i) => part - lab(other)[i]!));

const names = ['certified', 'open', 'rejected', 'withdrawn'].map((part) => `--chart-${part}`);
describe.each([['day', 0], ['night', 1]])('the parts of a bar by %s', (_, at) => {
  const [card, ...colours] = ['--card', ...names].map((name) => valuesOf(name)[at as number]!) as [string, ...string[]];
  it('stand out from the card', () => {
    for (const colour of colours) expect(contrast(colour, card), colour).toBeGreaterThanOrEqual(3);
  });
  it('look different from one another', () => {
    colours.forEach((one, i) => colours.slice(i + 1).forEach((other) => expect(distance(one, other), `${one} ${other}`).toBeGreaterThan(25)));
  });
});

describe.each([['day', 0], ['night', 1]])('what is read by %s', (_, at) => {
  const of = (name: string): string => pairOf(`--${name}`)![at as number]!;
  it.each([
    ['ink', 'paper card sunken'], ['muted', 'paper card sunken'], ['green', 'paper card green-soft'], ['green-deep', 'green-soft'], ['accent', 'paper card'],
    ['amber', 'amber-soft'], ['red', 'red-soft card'], ['on-off', 'off'],
  ])('%s is legible on %s', (text, grounds) => {
    for (const ground of grounds.split(' ')) expect(contrast(of(text), of(ground)), ground).toBeGreaterThanOrEqual(4.5);
  });
  it.each(['buy', 'buy-hover', 'primary'])('white is legible on %s', (ground) => expect(contrast('#ffffff', of(ground))).toBeGreaterThanOrEqual(4.5));
  it.each(['line-strong', 'focus', 'buy', 'primary'])('%s stands out from the card', (part) => expect(contrast(of(part), of('card'))).toBeGreaterThanOrEqual(3));
});

it('every colour that a chart asks for is one that the pages have', () => {
  const shared = source('shared/base.css') + source('shared/colours.css');
  const folder = fileURLToPath(new URL('../src/desk', import.meta.url));
  const asked = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /Chart.*\.vue$|Map.*\.vue$/.test(path))
    .flatMap((path) => [...source(`desk/${path}`).matchAll(/'(--[a-z-]+)'/g)].map(([, name]) => name!));
  expect(asked).toEqual(expect.arrayContaining(names));
  expect(asked.filter((name) => !`${css}${shared}`.includes(`${name}:`))).toEqual([]);
});
