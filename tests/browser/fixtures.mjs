/** What the services would answer, small and by hand, for pages that are brought into a state on purpose. */

import { createHash } from 'node:crypto';

export const county = { county_code: '530624', name: '大关县', short_name: '大关', prefecture: '昭通市', province: '云南省', products: 3 };
const merchant = { merchant_id: 1, name: '大关县高桥竹业农民专业合作社', kind: 'COOPERATIVE', self_operated: false, sample: true, uscc: null };

/** What a merchant shows by law, beside its name. */
export const merchant_papers = { ...merchant, county_code: '530624', business_licence: '530624000012345', food_licence: 'SC10353062400017', service_phone: '03002000001', active: true, area_note: '', version: 1 };
export const pairing = (over = {}) => ({
  pairing_id: 1, district_code: '310112', district_name: '闵行区', county_code: '530624', county_name: '大关县', programme: 'EAST_WEST_COLLABORATION', certainty: 'STATED', level: 'county',
  valid_from: '2021-01-01', valid_to: null, valid_now: true, note: '', version: 1, ...over,
});
export const categories = [{ category: 'noodles', name: '面条', image: '/media/noodles.svg', food: true, perishable: false }, { category: 'tea', name: '茶叶', image: '/media/tea.svg', food: true, perishable: false }];

export function certification(over = {}) {
  return {
    certification_id: 1, scheme: 'MINHANG_YOUPIN', scheme_name: '闵行优品', year: 2026, authority: '闵行区合作交流办', number: 'MH-2026-017',
    valid_from: '2026-01-01', valid_to: '2099-01-01', state: 'CERTIFIED', valid_now: true, ...over,
  };
}
/** With what it was decided on. */
export const decided = (over = {}) => ({
  ...certification(), history: [{ state: 'CERTIFIED', reason: '', at: '2026-01-01T02:00:00Z' }],
  basis: {
    application_id: 1, statement: '高山春笋采后速冻。', linkage: '与 38 户签有鲜笋收购合同。', evidence_sha256: 'a'.repeat(64),
    evidence: [{ kind: 'TEST_REPORT', number: 'QC-2026-1018', issued_on: '2025-10-18', valid_until: null, sha256: 'b'.repeat(64) }],
  },
  ...over,
});

export function product(over = {}) {
  const product_id = over.product_id ?? 1;
  return {
    product_id, version: 1, name: '箬竹面', category: 'noodles', category_name: '面条', county, merchant,
    summary: '高山箬竹叶汁和面，慢晒七小时，煮不糊汤。', description: '取箬竹嫩叶榨汁和面，不加色素。', storage: '阴凉干燥处',
    shelf_life_days: 365, origin_statement: '原料与加工均在大关县。', return_policy: 'SEVEN_DAY', purchase_mode: 'DIRECT_PURCHASE',
    tags: ['一县一品'], image: '/media/noodles.svg', images: [], listed: true, saleable: true, certified_now: true, certifications: [certification()],
    skus: [{ sku_id: product_id * 10 + 1, gtin: '06912345678901', name: '500 克', net_content_g: 500, price_fen: 1280, price_version: 1, quantity_max: 10, unit_price_text: '25.60元/千克' }],
    ...over,
  };
}

export const suspended = product({ saleable: false, certified_now: false, certifications: [certification({ state: 'SUSPENDED', valid_now: false })] });
export const two_sizes = product({ skus: [product().skus[0], { ...product().skus[0], sku_id: 12, name: '1 千克', price_fen: 2380 }] });

export const bundle = (over = {}) => ({
  bundle_id: 1, version: 1, name: '大关竹面三袋装', summary: '够一家人吃一周。', image: '/media/noodles.svg', own_image: null, merchant: { merchant_id: 1, name: merchant.name, self_operated: false },
  price_fen: 3500, parts_fen: 3840, listed: true, saleable: true,
  components: [{ sku_id: 11, product_id: 1, product_name: '箬竹面', sku_name: '500 克', net_content_g: 500, image: '/media/noodles.svg', return_policy: 'SEVEN_DAY', county: { county_code: '530624', short_name: '大关县' }, quantity: 3, quantity_max: 10, price_fen: 1280, share_fen: 3500 }],
  ...over,
});

export const stock = (available, sku_id = 11) => ({
  sku_id, available, lots: available > 0 ? [{ lot_id: 10, lot_code: 'RZ260401', expiry_date: '2027-04-01', available }] : [],
});

export const origin = {
  product_id: 1, county: { county_code: '530624', name: '大关县' },
  base: { base_id: 1, name: '高桥箬竹基地', village: '高桥镇新华村', mu_x100: 32050, latitude: 27.93, longitude: 103.87, merchant_id: 1 },
  lot: {
    lot_id: 10, lot_code: 'RZ260401', harvest_date: '2026-03-28', production_date: '2026-04-01', expiry_date: '2027-04-01', net_content_g: 500,
    quantity: 1500, conformity_certificate_no: 'HGZ-530624-0117', test_report_no: 'SP2026-1102', saleable: true,
  },
  steps: [{ kind: 'HARVESTED', at: '2026-03-28', place: '高桥镇新华村', detail: '箬竹叶' }],
};

/** What the list can be narrowed by. */
export const facets = (over = {}) => ({
  products: 3, counties: [{ county_code: '530624', name: '大关县', province: '云南省', prefecture: '昭通市', products: 2 }, { county_code: '530524', name: '昌宁县', province: '云南省', prefecture: '保山市', products: 1 }],
  categories: [{ category: 'noodles', name: '面条', products: 2 }, { category: 'tea', name: '茶叶', products: 1 }],
  schemes: [{ scheme: 'MINHANG_YOUPIN', name: '闵行优品', products: 2 }], merchants: [], in_season: 1, corrected_to: null, ...over,
});
export const nothing_counted = facets({ products: 0, counties: [], categories: [], schemes: [], in_season: 0 });
export const suggestion = (kind, text, over = {}) => ({ kind, text, county_code: null, category: null, product_id: null, products: null, ...over });

export const page = (items, next = null) => ({ items, next });

export function notice(over = {}) {
  return {
    application_id: 1, batch_id: 1, scheme: 'MINHANG_YOUPIN', year: 2027, product_id: 1, product_name: '箬竹面', county_code: '530624', state: 'PUBLIC_NOTICE',
    notice_until: new Date(Date.now() + 3 * 86_400_000).toISOString(), statement: '鲜竹笋打浆和面，慢火烘干。', linkage: '与 38 户签有鲜笋收购合同。', ...over,
  };
}
export const objection = (over = {}) => ({ objection_id: 1, application_id: 1, text: '原料是外地的？', at: '2026-11-24T02:55:00Z', answer: '已核查收购合同与批次记录，原料均产自本县。', answered_at: '2026-11-25T02:55:00Z', paper_count: 0, papers: [], ...over });
/** A catalogue in the bytes that its hash is of. */
export const entry_of_catalogue = (over = {}) => ({
  application_id: null, authority: '闵行区合作交流办', certification_id: 1, county_code: '530624', county_name: '大关县', merchant_id: 1, merchant_name: merchant.name,
  number: 'MH-2026-017', product_id: 1, product_name: '箬竹面', snapshot_hash: '0'.repeat(64), valid_from: '2026-01-01', valid_to: '2027-01-01', ...over,
});
export const catalogue = (certifications = [entry_of_catalogue()]) => ({ certifications, format: 'shanhai-catalogue/1', number: 1, scheme: 'MINHANG_YOUPIN', year: 2026 });
export const edition = (over = {}) => ({
  edition_id: 1, scheme: 'MINHANG_YOUPIN', year: 2026, number: 1, office: '闵行区政府合作交流办', frozen_at: '2026-11-24T02:55:00Z',
  sha256: createHash('sha256').update(JSON.stringify(catalogue())).digest('hex'), certifications: 1, previous_edition_id: null, ...over,
});
export const scheme = (over = {}) => ({
  scheme: 'MINHANG_YOUPIN', version: 2, name: '闵行优品', offices: ['闵行区政府合作交流办'], district_code: '310112', counties: [], term_unit: 'CALENDAR_YEARS', term: 1, notice_days: 5,
  recommendations: 0, by_application: true, ...over,
});

/** Enough products to scroll, page by page. */
export const many = (from, n) => Array.from({ length: n }, (_, i) => product({ product_id: from + i, name: `产品${from + i}号` }));

export const order_number = 'SH2026112401234567897';
export const order_key = 'nEe0oqx1YqGpS8pcJ3Ho8W0X2cV7u9m4t5r6y7u8i9o';
export const later = () => new Date(Date.now() + 600_000).toISOString();

export function order(over = {}) {
  return {
    order_number, state: 'CREATED', total_fen: 2560, created_at: '2026-11-24T02:55:00Z', expires_at: later(), payments: [], refunds: [],
    receiver: { name: '李*', phone: '138******00', address: '上海市闵行区***' },
    lines: [{ sku_id: 11, product_id: 1, product_name: '箬竹面', sku_name: '500 克', quantity: 2, unit_price_fen: 1280, total_fen: 2560, lot_id: 10, lot_code: 'RZ260401', county_code: '530624' }],
    ...over,
  };
}

export const attempt = (state) => ({ attempt_number: 'PA7a', provider: 'sandbox', pay_url: '/sandbox/pay/PA7a', amount_fen: 2560, state });
export const refund = (state, reason) => ({ amount_fen: 2560, reason, state });

const base64url = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
export function tokens(over = {}) {
  const claims = { sub: '1', name: '周审计', roles: ['auditor'], ...over };
  return { access_token: `e30.${base64url(claims)}.x`, refresh_token: 'refresh', token_type: 'Bearer', expires_in: 600 };
}

const figures = { net_fen: 2560, gross_fen: 2560, refund_fen: 0, uncounted_fen: 0, weight_g: 1000, quantity: 2, lines: 1, uncounted_lines: 0 };
const ledger = { tree_size: 1, root_hash: 'pJcP6yDiHP+UvdY0p+cd1nRfQ8D1g1oRLvOFXJtaeGM=' };

export function level(items = [{ ...figures, county_code: '530624', name: '大关县', orders: 1, buyers: 1 }]) {
  const totals = items.length > 0 ? { ...figures, orders: 1, buyers: 1 } : { ...figures, net_fen: 0, gross_fen: 0, weight_g: 0, quantity: 0, lines: 0, orders: 0, buyers: 0 };
  return { items, totals, names: { county: '大关县' }, ledger };
}

export function lines(n = 1) {
  const one = {
    index: 0, kind: 'SALE', order: order_number, line: 1, paid_at: '2026-11-24T03:00:00Z', lot_code: 'RZ260401', quantity: 2, weight_g: 1000,
    unit_price_fen: 1280, total_fen: 2560, counted: true, channel: 'METRO_QR',
  };
  return { ...level([]), items: Array.from({ length: n }, (_, index) => ({ ...one, index })), totals: figures, next: null, names: { lot: 'RZ260401' } };
}

export const entry = {
  index: 0, entry: '{"channel":"METRO_QR","counted":true,"order":"x","paid_at":"2026-11-24T03:00:00Z","total_fen":2560}', leaf_hash: '', order_number,
};
export const proof = { index: 0, tree_size: 1, leaf_hash: '', hashes: [], root_hash: '', checkpoint: 'shanhai\n1\nAAAA\n\n— shanhai AAAA\n' };
