/**
 * A stand-in for the services while pages are drawn (`npm run dev:mock`): a handful of products, orders that
 * the sandbox page pays, and a small ledger that is really signed. It is never part of what is built.
 */

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Plugin } from 'vite';
import { inclusionProof, root, signedCheckpoint, signer } from '../tests/tree';
import { counties, merchants, originCard, products } from './mock_catalogue';

interface MockOrder {
  order_number: string;
  access_token: string;
  state: string;
  total_fen: number;
  created_at: string;
  expires_at: string;
  lines: Record<string, unknown>[];
}

const log = signer('shanhai.example/ledger');
const ledger: { entry: Record<string, unknown>; text: string }[] = [];
const orders = new Map<string, MockOrder>();
const month = new Date().toISOString().slice(0, 7);

function append(entry: Record<string, unknown>): void {
  const sorted = Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)));
  ledger.push({ entry: sorted, text: JSON.stringify(sorted) });
}

function sale(number: string, product_index: number, quantity: number, channel: string, counted = true): void {
  const product = products[product_index]!;
  const sku = product.skus[0]!;
  append({
    v: 1, kind: 'SALE', trust: 'PLATFORM', order: number, line: ledger.length + 1, paid_at: new Date().toISOString(), month,
    county: product.county.county_code, merchant: product.merchant.merchant_id, product: product.product_id,
    sku: sku.sku_id, lot: product.product_id * 10, lot_code: `L2611${product.product_id}`, quantity,
    weight_g: quantity * sku.net_content_g, unit_price_fen: sku.price_fen, total_fen: quantity * sku.price_fen,
    certification: counted ? 1 : 0, counted, channel, placement: 1, district: '310112', pairing: 1,
    programme: 'EAST_WEST_COLLABORATION', rule: 'PLACEMENT_DISTRICT', buyer: 'b3a1c0ffee',
  });
}

const channels = ['METRO_QR', 'PACKAGE', 'LIVESTREAM', 'ONLINE', 'INST_CANTEEN'];
for (let i = 0; i < 137; i += 1) {
  sale(`2611${String(1000000 + i * 7919)}`, i % products.length, 1 + (i % 4), channels[i % channels.length]!, i % 17 !== 3);
}

interface Sums {
  net_fen: number; gross_fen: number; refund_fen: number; uncounted_fen: number;
  weight_g: number; quantity: number; lines: number; uncounted_lines: number;
}

function figures(entries: Record<string, unknown>[]): Sums {
  const sums: Sums = { net_fen: 0, gross_fen: 0, refund_fen: 0, uncounted_fen: 0, weight_g: 0, quantity: 0, lines: 0, uncounted_lines: 0 };
  for (const entry of entries) {
    if (!entry.counted) {
      sums.uncounted_fen += Number(entry.total_fen);
      sums.uncounted_lines += 1;
      continue;
    }
    sums.gross_fen += Number(entry.total_fen);
    sums.weight_g += Number(entry.weight_g);
    sums.quantity += Number(entry.quantity);
    sums.lines += 1;
  }
  return { ...sums, net_fen: sums.gross_fen - sums.refund_fen };
}

const names: Record<string, (key: string) => string> = {
  county: (key) => counties.find((one) => one.county_code === key)?.name ?? '',
  merchant: (key) => merchants.find((one) => String(one.merchant_id) === key)?.name ?? '',
  product: (key) => products.find((one) => String(one.product_id) === key)?.name ?? '',
  lot: (key) => `L2611${Number(key) / 10}`,
  channel: () => '',
  district: () => '闵行区',
};

function grouped(entries: Record<string, unknown>[], by: string, key_name: string): Record<string, unknown>[] {
  const groups = new Map<string, Record<string, unknown>[]>();
  for (const entry of entries) groups.set(String(entry[by]), [...(groups.get(String(entry[by])) ?? []), entry]);
  return [...groups]
    .map(([key, members]) => ({
      [key_name]: key_name.endsWith('_id') ? Number(key) : key,
      name: names[by]!(key),
      orders: new Set(members.map((one) => one.order)).size,
      buyers: members.length,
      ...figures(members),
    }))
    .sort((a, b) => b.net_fen - a.net_fen);
}

const levels = ['county', 'merchant', 'product', 'lot'];
const key_names = ['county_code', 'merchant_id', 'product_id', 'lot_id'];

function auditAnswer(url: URL, keys: string[]): unknown {
  const channel = url.searchParams.get('channel');
  const entries = ledger
    .map(({ entry }, index) => ({ ...entry, index }) as Record<string, unknown>)
    .filter((entry) => entry.month === url.searchParams.get('month') && (!channel || entry.channel === channel))
    .filter((entry) => keys.every((key, depth) => String(entry[levels[depth]!]) === key));
  const told = {
    month, totals: figures(entries),
    names: Object.fromEntries(keys.map((key, depth) => [levels[depth]!, names[levels[depth]!]!(key)])),
    ledger: { tree_size: ledger.length, root_hash: root(ledger.map(({ text }) => Buffer.from(text))).toString('base64') },
  };
  if (keys.length === 4) return { ...told, items: entries, next: null };
  return {
    ...told,
    items: grouped(entries, levels[keys.length]!, key_names[keys.length]!),
    by_channel: keys.length > 0 ? grouped(entries, 'channel', 'channel') : undefined,
    credits: keys.length === 1 ? grouped(entries, 'district', 'district') : undefined,
  };
}

function proofAnswer(index: number): unknown {
  const leaves = ledger.map(({ text }) => Buffer.from(text));
  return {
    index, tree_size: leaves.length, hashes: inclusionProof(index, leaves).map((hash) => hash.toString('base64')),
    leaf_hash: root([leaves[index]!]).toString('base64'), root_hash: root(leaves).toString('base64'),
    checkpoint: signedCheckpoint(leaves, log),
  };
}

class Refusal extends Error {
  constructor(readonly status: number, readonly code: string, readonly errors: unknown[] = []) {
    super(code);
  }
}

function placeOrder(body: Record<string, never>): MockOrder {
  const { lines, receiver } = body as unknown as { lines: { sku_id: number; quantity: number }[]; receiver: { phone: string } };
  if (receiver.phone.endsWith('0000')) throw new Refusal(422, 'validation-failed', [{ pointer: '/receiver/phone', detail: 'is not a telephone number' }]);
  const order_number = `261124${String(10000 + orders.size)}`;
  const order_lines = lines.map(({ sku_id, quantity }) => {
    const product = products.find((one) => one.skus.some((sku) => sku.sku_id === sku_id))!;
    const sku = product.skus.find((one) => one.sku_id === sku_id)!;
    return {
      sku_id, product_id: product.product_id, product_name: product.name, sku_name: sku.name, quantity, unit_price_fen: sku.price_fen,
      total_fen: sku.price_fen * quantity, lot_id: product.product_id * 10, lot_code: `L2611${product.product_id}`, county_code: product.county.county_code,
    };
  });
  const order: MockOrder = {
    order_number, access_token: 'mock', state: 'CREATED', total_fen: order_lines.reduce((sum, line) => sum + line.total_fen, 0),
    created_at: new Date().toISOString(), expires_at: new Date(Date.now() + 900_000).toISOString(), lines: order_lines,
  };
  orders.set(order_number, order);
  return order;
}

function pay(order_number: string): void {
  const order = orders.get(order_number)!;
  order.state = 'PAID';
  for (const line of order.lines) {
    sale(order_number, products.findIndex((one) => one.product_id === line.product_id), Number(line.quantity), 'METRO_QR');
  }
}

function answer(method: string, url: URL, body: Record<string, never>): unknown {
  const path = url.pathname;
  const [, , thing = '', id = '', part = ''] = path.split('/');
  if (thing === 'counties') return { items: counties, next: null };
  if (thing === 'products' && id === '') {
    const county = url.searchParams.get('county');
    const q = url.searchParams.get('q') ?? '';
    return { items: products.filter((one) => (!county || one.county.county_code === county) && one.name.includes(q)), next: null, ranking: { rule: 'CERTIFIED_FIRST', scheme: null } };
  }
  if (thing === 'products') return products.find((one) => String(one.product_id) === id);
  if (thing === 'origin-cards') return originCard(Number(part));
  if (thing === 'stock') return { sku_id: Number(id), available: 180, lots: [] };
  if (thing === 'orders' && method === 'POST' && part === '') return placeOrder(body);
  if (thing === 'orders' && part === 'payments') return { attempt_number: id, provider: 'sandbox', pay_url: `/sandbox/pay/${id}`, amount_fen: 1, state: 'PENDING' };
  if (thing === 'orders') return orders.get(id);
  if (thing === 'auth') return { access_token: 'mock', refresh_token: 'mock', token_type: 'Bearer', expires_in: 600 };
  if (path === '/v1/audit/months') return { items: [month] };
  if (path === '/v1/audit/report') return auditAnswer(url, []);
  if (path === '/v1/audit/recomputation') return { state: 'DONE', month, entries: ledger.length, differences_total: 0, differences: [], equal: true };
  if (path.startsWith('/v1/audit/counties/')) return auditAnswer(url, path.split('/').slice(3).filter((_, i) => i % 2 === 1));
  if (path.endsWith('/proof')) return proofAnswer(Number(path.split('/')[4]));
  if (path.startsWith('/v1/audit/entries/')) return { index: Number(part), entry: ledger[Number(part)]!.text };
  return undefined;
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const url = new URL(request.url ?? '/', 'http://mock');
  if (url.pathname === '/log/key') {
    response.end(`${log.vkey}\n`);
    return true;
  }
  if (url.pathname.startsWith('/sandbox/pay/')) {
    const order_number = url.pathname.split('/')[3]!;
    if (request.method === 'POST') {
      pay(order_number);
      response.writeHead(303, { Location: `/o/${order_number}` }).end();
    } else {
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.end('<form method="post"><button name="decision" value="pay">确认支付</button></form>');
    }
    return true;
  }
  if (!url.pathname.startsWith('/v1/')) return false;
  response.setHeader('Content-Type', 'application/json');
  try {
    const body = await readBody(request);
    const found = answer(request.method ?? 'GET', url, body === '' ? {} : JSON.parse(body));
    if (found === undefined) throw new Refusal(404, 'not-found');
    response.end(JSON.stringify(found));
  } catch (error) {
    const refusal = error instanceof Refusal ? error : new Refusal(500, 'mock-failed');
    response.statusCode = refusal.status;
    response.end(JSON.stringify({ type: `urn:shanhai:problem:${refusal.code}`, status: refusal.status, errors: refusal.errors }));
  }
  return true;
}

export function mockApi(): Plugin {
  return {
    name: 'mock-api',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        serve(request, response).then((served) => (served ? undefined : next()), next);
      });
      // Pages whose address has no file name route in the browser.
      server.middlewares.use((request, _response, next) => {
        if (/^\/desk(\/[^.]*)?$/.test(request.url ?? '')) request.url = '/desk/index.html';
        next();
      });
    },
  };
}
