import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { countyGroups } from '../src/shared/counties';

const county = (county_code: string, province: string, prefecture: string, name: string) => ({ county_code, province, prefecture, name, short_name: name });

it('counties are looked for by province and prefecture, in the order of their codes', () => {
  const groups = countyGroups([
    county('530624', '云南省', '昭通市', '大关县'), county('522701', '贵州省', '黔南布依族苗族自治州', '都匀市'), county('530524', '云南省', '保山市', '昌宁县'), county('530621', '云南省', '昭通市', '鲁甸县'),
  ]);
  expect(groups.map(({ name, counties }) => `${name}: ${counties.map((one) => one.name).join(' ')}`)).toEqual([
    '贵州省 黔南布依族苗族自治州: 都匀市', '云南省 保山市: 昌宁县', '云南省 昭通市: 鲁甸县 大关县',
  ]);
});

it('a district is named under its city once', () => {
  expect(countyGroups([county('310112', '上海市', '上海市', '闵行区'), county('429004', '湖北省', '', '仙桃市')]).map((one) => one.name)).toEqual(['上海市', '湖北省']);
});

it('wherever one county is chosen, it is chosen from these groups', () => {
  const src = fileURLToPath(new URL('../src', import.meta.url));
  const flat = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.vue') && !/parts\/County(?:Options|Choice)\.vue$/.test(file))
    .filter((file) => /<(?:option|ElOption)\b[^>]*:value="\w+\.county_code"/i.test(readFileSync(`${src}/${file}`, 'utf8')));
  expect(flat, 'use desk/parts/CountyOptions.vue').toEqual([]);
});
