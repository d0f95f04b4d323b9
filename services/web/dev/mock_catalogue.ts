import type { Certification, County, Merchant, OriginCard, Product } from '../src/shop/types';

const daguan: County = { county_code: '530624', name: '大关县', short_name: '大关县', prefecture: '昭通市', province: '云南省' };
const menghai: County = { county_code: '532822', name: '勐海县', short_name: '勐海县', prefecture: '西双版纳傣族自治州', province: '云南省' };
export const counties: County[] = [daguan, menghai];

export const merchants: Merchant[] = [
  { merchant_id: 1, name: '大关县高桥竹业农民专业合作社', kind: 'COOPERATIVE', self_operated: false, sample: true, uscc: '93530624MA6K000007' },
  { merchant_id: 2, name: '勐海县布朗山茶叶有限公司', kind: 'COMPANY', self_operated: true, sample: true, uscc: null },
];

function certified(over: Partial<Certification> = {}): Certification {
  return {
    certification_id: 1, scheme: 'MINHANG_YOUPIN', scheme_name: '闵行优品', year: 2026, authority: '闵行区合作交流办', number: 'MH-2026-017',
    valid_from: '2026-01-01', valid_to: '2027-01-01', state: 'CERTIFIED', valid_now: true, ...over,
  };
}

function product(product_id: number, name: string, over: Partial<Product>): Product {
  return {
    product_id, version: 1, name, alias: [], category: 'food_processed', category_name: '加工食品', county: daguan, merchant: merchants[0]!,
    summary: '高山箬竹叶汁和面，慢晒七小时，煮不糊汤。', description: '取海拔 1600 米以上的箬竹嫩叶榨汁和面，不加色素。',
    storage: '阴凉干燥处', shelf_life_days: 365, origin_statement: '原料与加工均在云南省昭通市大关县。', return_policy: 'SEVEN_DAY',
    purchase_mode: 'DIRECT_PURCHASE', tags: ['一县一品'], image: null, images: [], listed: true, saleable: true, certified_now: true,
    certifications: [certified()],
    skus: [{ sku_id: product_id * 10 + 1, gtin: '06912345678901', name: '500 g/袋', net_content_g: 500, price_fen: 1280, price_version: 1, quantity_max: 10, unit_price_text: '25.60元/千克' }],
    ...over,
  };
}

const two_sizes = product(1, '箬竹面', {});
two_sizes.skus.push({ ...two_sizes.skus[0]!, sku_id: 12, name: '1 kg 家庭装', net_content_g: 1000, price_fen: 2380 });

export const products: Product[] = [
  two_sizes,
  product(2, '筇竹鲜笋', {
    return_policy: 'CONFIRMED_EXEMPT', certified_now: false, saleable: false,
    certifications: [certified({ certification_id: 2, state: 'SUSPENDED', valid_now: false })],
  }),
  product(3, '布朗山古树茶', { county: menghai, merchant: merchants[1]!, category_name: '茶叶', return_policy: 'CONFIRMED_EXEMPT' }),
];

export function originCard(product_id: number): OriginCard {
  return {
    product_id, county: daguan, base: { base_id: 1, name: '高桥箬竹基地', village: '高桥镇新华村', mu_x100: 32050, latitude: 27.93, longitude: 103.87, merchant_id: 1 },
    lot: {
      lot_id: product_id * 10, lot_code: `L2611${product_id}`, harvest_date: '2026-10-28', production_date: '2026-11-02', expiry_date: '2027-11-02',
      net_content_g: 500, quantity: 1500, conformity_certificate_no: 'HGZ-530624-0117', test_report_no: 'SP2026-1102', saleable: true,
    },
    steps: [
      { kind: 'HARVESTED', at: '2026-10-28', place: '高桥镇新华村', detail: '箬竹叶' },
      { kind: 'PACKED', at: '2026-11-02', place: '高桥箬竹基地', detail: `L2611${product_id}` },
      { kind: 'CONFORMITY_COMMITTED', at: null, place: '高桥箬竹基地', detail: 'HGZ-530624-0117' },
      { kind: 'TESTED', at: null, place: null, detail: 'SP2026-1102' },
    ],
  };
}
