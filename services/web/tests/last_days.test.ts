import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { daysLeft, lastDay } from '../src/shared/moments';

describe('a last day', () => {
  it('is the one before the day or the moment from which something is over, in Shanghai', () => {
    expect(lastDay('2027-01-01')).toBe('2026-12-31');
    expect(lastDay('2028-03-01')).toBe('2028-02-29');
    expect(lastDay('2026-11-30T16:00:00Z')).toBe('2026-11-30');
    expect(lastDay('2026-11-30T16:00:01Z')).toBe('2026-12-01');
    expect(lastDay('')).toBe('');
  });
});

describe('the days that are left until it', () => {
  const at = (moment: string): number => daysLeft('2026-12-01', new Date(moment));
  it('begin with tomorrow, and change at midnight in Shanghai', () => {
    expect(at('2026-11-29T15:59:59.999Z')).toBe(2);
    expect(at('2026-11-29T16:00:00Z')).toBe(1);
    expect(at('2026-11-30T15:59:59.999Z')).toBe(1);
    expect(at('2026-11-30T16:00:00Z'), 'the last day itself').toBe(0);
    expect(at('2026-12-01T15:59:59.999Z'), 'its last moment').toBe(0);
    expect(at('2026-12-01T16:00:00Z'), 'over').toBe(-1);
  });

  it('are counted in one place', () => {
    const own = (readdirSync(source, { recursive: true }) as string[]).filter((name) => /\.(?:ts|vue)$/.test(name))
      .filter((name) => /(?:now\(\)|now|getTime\(\))\)? *\)? *\/ *(?:day_ms|86_?400_?000)|days_left \}|T23:59:59/.test(readFileSync(`${source}/${name}`, 'utf8')));
    expect(own, 'ask daysLeft of shared/moments.ts').toEqual([]);
  });
});

const source = fileURLToPath(new URL('../src', import.meta.url));
const components = (readdirSync(source, { recursive: true }) as string[]).filter((name) => name.endsWith('.vue'));
const ends = /(?<!['\w.])[\w.!]+[.](?:valid_to|valid_until|applications_until|notice_until)\b!?/g;
/** What is compared, asked for, or typed is not shown. */
const before = /(?:lastDay\(|new Date\(|Date\.parse\(|v-if="|v-model="|[<>]=? |\|\| )$/;
const after = /^(?: (?:[<>?]|[!=]==|&&))/;

/** Where a page's template has the first day that is no more in place of the last one that is. */
function shownRaw(text: string): string[] {
  const template = text.slice(text.indexOf('<template>'));
  const shown = [...template.matchAll(ends), ...[...text.slice(0, text.indexOf('<template>')).matchAll(ends)].filter((one) => /\{ *(?:day|at|until|from[^}]*until): $/.test(one.input.slice(0, one.index)))];
  return shown.filter((one) => !before.test(one.input.slice(0, one.index)) && !after.test(one.input.slice(one.index + one[0].length))).map((one) => one[0]);
}

describe('pages', () => {
  it('are read as they should be', () => {
    expect(components.length).toBeGreaterThan(100);
    expect(shownRaw('<template>{{ one.valid_from }} – {{ one.valid_to }}</template>')).toEqual(['one.valid_to']);
    expect(shownRaw("<template>{{ t('until', { at: shanghaiMinute(one.notice_until!) }) }}</template>")).toEqual(['one.notice_until!']);
    expect(shownRaw("const text = t('until', { day: one.valid_until });<template></template>")).toEqual(['one.valid_until']);
    expect(shownRaw('<template><p v-if="one.notice_until">{{ lastDay(one.notice_until) }}</p></template>')).toEqual([]);
  });

  it.each(components)('%s shows a last day, never the first one that is no more', (name) => {
    expect(shownRaw(readFileSync(`${source}/${name}`, 'utf8'))).toEqual([]);
  });
});
