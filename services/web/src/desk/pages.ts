/**
 * Every page of the desk and its address, in one place: the router is made of it, and the build writes it to
 * `desk/pages.json` for the server (what is no page is answered 404).
 */

const month = ':month(\\d{4}-\\d{2})';

export const desk_pages = {
  home: '/',
  login: '/login',
  join: '/join',
  applied: '/join/:onboarding_id(\\d+)',
  invited: '/invitation',
  reset: '/reset',
  enrol: '/second-factor',
  account: '/account',
  messages: '/messages',
  applications: '/applications',
  new_application: '/applications/new',
  application: '/applications/:application_id(\\d+)',
  certifications: '/certifications',
  certification: '/certifications/:certification_id(\\d+)',
  ending: '/ending',
  editions: '/editions',
  edition: '/editions/:edition_id(\\d+)',
  proposals: '/proposals',
  schemes: '/schemes',
  new_scheme: '/schemes/new',
  scheme: '/schemes/:scheme',
  figures: '/batches/:batch_id(\\d+)/figures',
  year: '/figures',
  products: '/products',
  new_product: '/products/new',
  product: '/products/:product_id(\\d+)',
  bundles: '/bundles',
  new_bundle: '/bundles/new',
  bundle: '/bundles/:bundle_id(\\d+)',
  bases: '/bases',
  new_base: '/bases/new',
  base: '/bases/:base_id(\\d+)',
  lots: '/lots',
  new_lot: '/lots/new',
  lot: '/lots/:lot_id(\\d+)',
  stock: '/stock',
  orders: '/orders',
  order: '/orders/:order_number',
  sales: '/sales',
  imports: '/imports',
  team: '/team',
  onboardings: '/onboardings',
  onboarding: '/onboardings/:onboarding_id(\\d+)',
  merchants: '/merchants',
  new_merchant: '/merchants/new',
  hindered: '/merchants/hindered',
  merchant: '/merchants/:merchant_id(\\d+)',
  organisations: '/organisations',
  organisation: '/organisations/:organisation_id(\\d+)',
  accounts: '/accounts',
  placements: '/placements',
  sheet: '/placements/sheet',
  placement: '/placements/:placement_id(\\d+)',
  status: '/status',
} as const;

/** Where nobody needs to be signed in. */
export const public_pages: readonly string[] = ['login', 'join', 'applied', 'invited', 'reset', 'enrol'];

export const audit_pages = {
  entry: '/audit/entry/:index(\\d+)',
  lines: `/audit/${month}/:county/:merchant/:product/:lot`,
  level: `/audit/${month}/:keys*`,
} as const;

export type DeskPage = keyof typeof desk_pages;

const keys_max = 3; // A lot has lines instead of a level.

/** The addresses as the server knows them: "/desk/audit/{text}/{text}". They lie below /desk/. */
export function served_patterns(pattern: (path: string) => string): string[] {
  const levels = Array.from({ length: keys_max + 1 }, (_, depth) => `/audit/${month}${'/:key'.repeat(depth)}`);
  const all = [...Object.values(desk_pages), '/audit', audit_pages.entry, audit_pages.lines, ...levels];
  return all.map((path) => pattern(path.replace(month, ':month')));
}
