import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { readFileSync } from 'node:fs';
import { createSSRApp } from 'vue';
import { renderToString } from 'vue/server-renderer';
import { kilometres, shanghai } from '../src/shared/positions';

const locale = vi.hoisted(() => ({ shown: 'zh-CN' }));
vi.mock('../src/shared/locale', async (original) => ({ ...(await original<typeof import('../src/shared/locale')>()), pageLocale: () => locale.shown }));
const { inEnglish, knownSeat, loadPlaces, placeLine, placeName, placeNames } = await import('../src/shared/place_names');
const { default: PlaceLine } = await import('../src/shared/PlaceLine.vue');
const { provinceAndCounty } = await import('../src/desk/county_choice');

const daguan = { county_code: '530624', name: '大关县', short_name: '大关县', prefecture: '昭通市', province: '云南省' };
beforeAll(loadPlaces);
afterEach(() => {
  locale.shown = 'zh-CN';
});

test('an English page calls a place by its English name, the smallest first', () => {
  expect(placeLine(daguan, ' · ')).toEqual({ text: '云南省 · 昭通市 · 大关县', english: false });
  locale.shown = 'en';
  expect(placeLine(daguan, ' · ')).toEqual({ text: 'Daguan County, Zhaotong, Yunnan', english: true });
  expect(placeLine({ county_code: '530925', name: '双江拉祜族佤族布朗族傣族自治县' }, ' ').text).toBe('Shuangjiang Lahu, Va, Blang and Dai Autonomous County');
  expect(placeLine({ county_code: '310112', name: '闵行区', prefecture: '上海市', province: '上海市' }, ' ').text).toBe('Minhang District, Shanghai');
  expect(provinceAndCounty(daguan)).toBe('Yunnan · Daguan County 大关县');
});

test('its Chinese name stands apart from the English one', async () => {
  locale.shown = 'en';
  const drawn = await renderToString(createSSRApp(PlaceLine, { place: daguan, both: true }));
  expect(drawn.replace(/<[^>]*>/g, '')).toBe('Daguan County, Zhaotong, Yunnan 大关县');
});

test('a place that nobody entered keeps its Chinese name', () => {
  locale.shown = 'en';
  expect(inEnglish('530629')).toBeNull();
  expect(placeName('530629', '威信县')).toBe('威信县');
  expect(placeNames('530629', '威信县')).toBe('威信县');
  expect(placeLine({ county_code: '530629', name: '威信县', province: '云南省' }, ' ')).toEqual({ text: '云南省 威信县', english: false });
  expect(placeName(null, '—')).toBe('—');
});

test('a Chinese page is not told in English', () => {
  expect(inEnglish('530624')).toBeNull();
  expect(provinceAndCounty(daguan)).toBe('云南省 大关县');
});

test('every county of the sample data has a seat, as far from Shanghai as it may be', () => {
  const rows = readFileSync(new URL('../../../data/sample/counties.csv', import.meta.url), 'utf8').trim().split('\n').slice(1);
  expect(rows.length).toBeGreaterThan(50);
  for (const row of rows) {
    const code = row.slice(0, 6);
    const seat = knownSeat(code);
    expect(seat, row).not.toBeNull();
    const km = kilometres(seat!, shanghai);
    expect(code.startsWith('31') ? km < 90 : km > 1_000 && km < 4_500, `${row}: ${km} km`).toBe(true);
  }
  expect(knownSeat('530600')).toBeNull();
});
