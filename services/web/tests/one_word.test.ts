/** One word a thing, wherever we speak Chinese: whoever reads two takes them for two things. */

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** What is not said, and what is said for it. */
const instead: Record<string, string> = {
  商家: '商户', 店家: '商户', 卖家: '商户',
  储存: '贮存', // GB 7718 speaks of 贮存条件.
  收件人: '收货人',
  已付款: '已支付', 待付款: '待支付',
  续展: '续报',
  登陆: '登录', 帐号: '账号', 帐户: '账户', 帐本: '账本', 其它: '其他',
};

/** What shoppers write is read in all the words that they have. */
const readers = ['receiver_labels.ts', 'receiver_words.ts'];

const under = (folder: string, is: (name: string) => boolean): string[] =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' }).filter(is).map((name) => `${folder}/${name}`);
const spoken = [
  ...under('services/web/src', (name) => /\.(ts|vue)$/.test(name) && !readers.some((reader) => name.endsWith(reader))),
  ...under('docs', (name) => name.endsWith('.zh-CN.md')),
  ...['catalog', 'certification', 'orders', 'trace'].flatMap((service) => under(`services/${service}/http`, (name) => name.endsWith('.cpp'))),
  'README.zh-CN.md',
];

it('says one word for each thing in pages, guides, the handbook and tables', () => {
  expect(spoken.filter((file) => file.includes('/messages/')).length).toBeGreaterThan(20);
  const said = spoken.flatMap((file) => readFileSync(`${root}${file}`, 'utf8').split('\n').flatMap((line, i) =>
    Object.entries(instead).filter(([word]) => line.includes(word)).map(([word, right]) => `${file}:${i + 1}: ${word}, not ${right}`)));
  expect(said).toEqual([]);
});
