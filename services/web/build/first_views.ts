/**
 * Draws the first view of the shop's pages once, when they are built, with the pages' own parts, and leaves holes
 * ("{{name}}") for what the server knows. `dist/.first.json` is read by services/shop_pages, and served to nobody.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { createSSRApp, h, type Component, type VNode } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import { renderToString } from 'vue/server-renderer';
import type { Bundle } from '../src/shared/bundles';
import type { Certification, Product, ReturnPolicy, Sku } from '../src/shared/goods';
import { giveFirst } from '../src/shared/first';
import { money } from '../src/shared/money';
import of_finding from '../src/shop/messages/finding.zh-CN';
import texts from '../src/shop/messages/zh-CN';
import { shop_pages } from '../src/shop/pages';
import { inlined } from './pages_plugin';

// What the pages' parts look at in a browser before they are drawn there.
Object.assign(globalThis, {
  window: { matchMedia: () => ({ matches: false }) },
  history: { state: null },
  document: { title: '' },
  fetch: () => new Promise(() => undefined),
});

/** Where a hole will be stands something that is drawn as what it stands for. Three characters, for the start of a name is drawn, too. */
const name = '\uE001\uE002\uE003';
const fen = 12_345_678_901;
const parts_fen = 33_333_333_301;
const ids = { product: 918_273_645, bundle: 192_837_465 };
const sku: Sku = { sku_id: 1, gtin: '', name: '{{size}}', net_content_g: 250, price_fen: fen, price_version: 1, quantity_max: 1, unit_price_text: null };
const by_weight: Sku = { ...sku, unit_price_text: 'so much' };
const certification: Certification = {
  certification_id: 1, scheme: 'SCHEME_HOLE', scheme_name: null, year: 7351, authority: '{{authority}}', number: '', valid_from: '2000-01-01', valid_to: '2345-06-08', state: 'CERTIFIED', valid_now: false,
};
const product: Product = {
  product_id: ids.product, version: 1, name, alias: [], category: 'category_hole', category_name: '', merchant: { merchant_id: 1, name: '', kind: '', self_operated: false, sample: false },
  county: { county_code: '564738', name: '{{county}}', short_name: '', prefecture: '{{prefecture}}', province: '{{province}}' },
  summary: '{{summary}}', description: '', storage: '', shelf_life_days: null, origin_statement: '', return_policy: 'SEVEN_DAY', purchase_mode: '', tags: [],
  image: null, images: [], listed: true, saleable: true, certified_now: true, certifications: [], skus: [sku],
};
const bundle: Bundle = {
  bundle_id: ids.bundle, version: 1, name, summary: '{{summary}}', image: '{{image}}', own_image: null, merchant: { merchant_id: 1, name: '{{merchant}}' },
  price_fen: fen, parts_fen: fen, listed: true, saleable: true, components: [],
};

const holes: [drawn: string, hole: string][] = [
  [name, '{{name}}'],
  [name.slice(0, 2), '{{letters}}'],
  [name.slice(0, 1), '{{letter}}'],
  [money(fen), '{{price}}'],
  [money(2 * fen).slice(1), '{{per_500g}}'],
  [money(parts_fen), '{{parts_price}}'],
  [money(parts_fen - fen), '{{saving}}'],
  [String(ids.product), '{{id}}'],
  [String(ids.bundle), '{{id}}'],
  ['564738', '{{county_code}}'],
  ['scheme=SCHEME_HOLE', 'scheme={{scheme_code}}'],
  ['SCHEME_HOLE', '{{scheme}}'],
  ['7351', '{{year}}'],
  ['86421', '{{households}}'],
  ['97531', '{{people}}'],
  ['2345-06-07', '{{until}}'],
  ['category_hole', '{{category}}'],
  ['loading="eager" decoding="async" fetchpriority="low"', '{{loading}}'],
];
const withHoles = (html: string): string => holes.reduce((text, [drawn, hole]) => text.replaceAll(drawn, hole), html);

/** Takes out the one piece that fits, and leaves a hole there. The server repeats the piece. */
function cut(html: string, piece: RegExp, hole: string): [rest: string, piece: string] {
  const [found, ...more] = html.match(new RegExp(piece, `${piece.flags}g`)) ?? [];
  if (found === undefined || more.length > 0) throw new Error(`${piece} fits ${more.length + (found ? 1 : 0)} pieces of ${html}`);
  return [html.replace(found, hole), found];
}

/** A page of these parts; the router takes a bare function for one that is yet to be fetched. */
const showing = (render: () => VNode): Component => ({ render });

/** With this page in it, and in its own address. */
async function draw(path: string, page: Component): Promise<string> {
  const { default: App } = await import('../src/shop/App.vue');
  const routes = Object.entries(shop_pages).map(([called, at]) => ({ path: at, name: called, component: page }));
  const router = createRouter({ history: createMemoryHistory(), routes });
  await router.push(path);
  const html = await renderToString(createSSRApp(App).use(router));
  // What only the program can do waits for it; links and the search go their ways without.
  const waiting = html.replace(/<!--[^>]*-->/g, '').replace(/<(button|select) (?![^>]*type="submit")/g, '<$1 disabled ');
  return withHoles(waiting);
}
/** Of what is drawn, what differs between two pages. */
async function drawMain(path: string, page: Component): Promise<string> {
  const [, main] = cut(await draw(path, page), /<main .*<\/main>/s, '');
  return main.replace(/^<main [^>]*>|<dialog .*<\/dialog>|<\/main>$/gs, '');
}

const standings: Record<string, Certification[]> = {
  valid: [{ ...certification, valid_now: true }],
  suspended: [{ ...certification, state: 'SUSPENDED' }],
  revoked: [{ ...certification, state: 'REVOKED' }],
  withdrawn: [{ ...certification, state: 'WITHDRAWN' }],
  expired: [{ ...certification, state: 'EXPIRED' }],
  upcoming: [{ ...certification, valid_from: '9999-01-01' }],
  none: [],
};
const pictures: Record<string, string | null> = { picture: '{{image}}', letters: null };
const costs: Record<string, Sku[]> = { plain: [sku], by_weight: [by_weight] };
const policies: ReturnPolicy[] = ['SEVEN_DAY', 'FRESH_EXEMPT', 'CUSTOM_EXEMPT', 'CONFIRMED_EXEMPT'];

interface View {
  /** Styles and programs of the page that come later otherwise. */
  head: string;
  /** By what decides how it looks ("picture valid plain"). */
  variants: Record<string, string>;
  /** What the server repeats. */
  pieces?: Record<string, string>;
}

async function listView(head: string): Promise<View> {
  const { default: page } = await import('../src/shop/pages/ProductListPage.vue');
  const cards: Record<string, string> = {};
  let frame = '';
  let chip = '';
  let season = '';
  const came_with_it = {
    '/v1/categories': { items: [{ category: 'category_hole', name: '{{category_name}}' }] },
    '/v1/products/facets': { products: 1, counties: [], categories: [{ category: 'category_hole', name: '{{category_name}}', products: 1 }], schemes: [], merchants: [], in_season: 1, corrected_to: null },
  };
  for (const [picture, image] of Object.entries(pictures)) {
    for (const [standing, certifications] of Object.entries(standings)) {
      for (const [cost, skus] of Object.entries({ ...costs, unpriced: [] })) {
        giveFirst({
          ...came_with_it,
          '/v1/products?limit=12': { items: [{ ...product, image, certifications, skus }], next: null, ranking: { rule: 'CERTIFIED_FIRST', scheme: null } },
        });
        const main = await drawMain('/', page);
        [frame, cards[`${picture} ${standing} ${cost}`]] = cut(main, /<li[^>]*><a [^>]*class="product".*?<\/a><\/li>/s, '{{cards}}');
      }
    }
  }
  [frame, chip] = cut(frame, /<li[^>]*><a [^>]*>\{\{category_name\}\}<\/a><\/li>/, '{{chips}}');
  [frame, season] = cut(frame, new RegExp(`<li[^>]*><a [^>]*>${of_finding.find.season}</a></li>`), '{{season}}');
  frame = frame.replace(texts.list.found.replace('{n}', '1'), texts.list.found.replace('{n}', '{{found}}'));
  return { head, variants: { list: frame }, pieces: { chip, season, ...cards } };
}

/** Whom the goods help, where their certification says so. */
const helped_line = /<p class="helped"[^>]*>.*?<\/p>/s;

async function productView(head: string): Promise<View> {
  const { default: GoodsLayout } = await import('../src/shop/parts/GoodsLayout.vue');
  const { default: GoodsPicture } = await import('../src/shop/parts/GoodsPicture.vue');
  const { default: ProductHead } = await import('../src/shop/parts/ProductHead.vue');
  const page = (shown: Product): Component => showing(() =>
    h('div', { class: 'page goods-page' }, h(GoodsLayout, { name, image: shown.image, price: money(fen), detail: sku.name, way: null }, {
      picture: () => h(GoodsPicture, { name, cover: shown.image, images: [], eager: true }),
      head: () => h(ProductHead, { product: shown, sku: shown.skus[0]!, compared_fen: null, refusal: null, origin: null, papers: null }),
    })));
  const variants: Record<string, string> = {};
  let tag = '';
  const helped: Record<string, string> = {};
  for (const [picture, image] of Object.entries(pictures)) {
    for (const [cost, skus] of Object.entries(costs)) {
      for (const [numbered, number] of Object.entries({ numbered: '{{number}}', unnumbered: '' })) {
        for (const return_policy of policies) {
          const certifications = [{ ...certification, number, valid_now: true, households: 86_421 }];
          const main = await drawMain(`/p/${ids.product}`, page({ ...product, image, skus, return_policy, certifications, tags: ['{{tag}}'] }));
          const [untagged, own_tag] = cut(main, /<span class="tag"[^>]*>\{\{tag\}\}<\/span>/, '{{tags}}');
          tag = own_tag;
          [variants[`${picture} ${cost} ${numbered} ${return_policy}`]] = cut(untagged, helped_line, '{{helped}}');
        }
      }
    }
  }
  const certifications = [{ ...certification, number: '{{number}}', valid_now: true, households: 86_421, people: 97_531 }];
  const alone = [{ ...certifications[0]!, people: null }];
  helped.helped = cut(await drawMain(`/p/${ids.product}`, page({ ...product, certifications: alone })), helped_line, '')[1];
  helped.helped_people = cut(await drawMain(`/p/${ids.product}`, page({ ...product, certifications })), helped_line, '')[1];
  return { head, variants, pieces: { tag, ...helped } };
}

async function bundleView(head: string): Promise<View> {
  const { default: GoodsLayout } = await import('../src/shop/parts/GoodsLayout.vue');
  const { default: GoodsPicture } = await import('../src/shop/parts/GoodsPicture.vue');
  const { default: BundleHead } = await import('../src/shop/parts/BundleHead.vue');
  const page = (shown: Bundle): Component => showing(() =>
    h('div', { class: 'page goods-page' }, h(GoodsLayout, { name, image: shown.image, price: money(fen), way: null }, {
      picture: () => h(GoodsPicture, { name, cover: shown.image, eager: true }),
      head: () => h(BundleHead, { bundle: shown, promised: [], place: '', papers: null }),
    })));
  const variants: Record<string, string> = {};
  for (const [saving, sum] of Object.entries({ cheaper: parts_fen, same: fen })) {
    for (const [sold_by, merchant] of Object.entries({ named: bundle.merchant, unnamed: { merchant_id: 1 } })) {
      variants[`${saving} ${sold_by}`] = await drawMain(`/b/${ids.bundle}`, page({ ...bundle, parts_fen: sum, merchant }));
    }
  }
  return { head, variants };
}

interface Chunk {
  file: string;
  imports?: string[];
  css?: string[];
}
const dist = process.argv[2] ?? 'dist';
const manifest = JSON.parse(readFileSync(`${dist}/.vite/manifest.json`, 'utf8')) as Record<string, Chunk>;

function chunksOf(key: string, seen = new Set<string>()): Set<string> {
  if (!seen.has(key)) {
    seen.add(key);
    manifest[key]?.imports?.forEach((one) => chunksOf(one, seen));
  }
  return seen;
}

/** A page that is not in the first file: its styles stand in the page, and its programs are fetched with the first. */
function headOf(page: string): string {
  const entry = chunksOf('index.html');
  const own = [...chunksOf(page)].filter((one) => !entry.has(one)).map((one) => manifest[one]!);
  const files = [...new Set(own.flatMap((one) => one.css ?? []))];
  const styles = files.map((file) => readFileSync(`${dist}/${file}`, 'utf8').trim());
  const preloads = own.map(({ file }) => `<link rel="modulepreload" crossorigin href="/${file}">`);
  return `<style>${styles.join('')}</style>${files.map(inlined).join('')}${preloads.join('')}`;
}

async function main(): Promise<void> {
  const frame = cut(await draw('/code-unknown', showing(() => h('i', 'page'))), /<i [^>]*>page<\/i>/, '{{page}}')[0];
  const views = {
    frame: `<div lang="zh-CN">${frame}</div>`,
    pages: {
      list: await listView(headOf('src/shop/pages/ProductListPage.vue')),
      product: await productView(''),
      bundle: await bundleView(headOf('src/shop/pages/BundlePage.vue')),
    },
    schemes: texts.scheme,
  };
  writeFileSync(`${dist}/.first.json`, JSON.stringify(views));
  process.exit(0); // What was asked for in vain would be waited for.
}
void main();
