/**
 * Every page of the shop and its address, in one place: the router is made of it, the build writes it to
 * `pages.json` for the server (what is no page is answered 404), and the table of states must cover it.
 */
export const shop_pages = {
  list: '/',
  product: '/p/:product_id(\\d+)',
  bundle: '/b/:bundle_id(\\d+)',
  order: '/o/:order_number',
  orders: '/orders',
  code_unknown: '/code-unknown',
  notices: '/notices',
  notice: '/notices/:application_id(\\d+)',
  editions: '/editions',
  edition: '/editions/:edition_id(\\d+)',
} as const;

/** "/p/:product_id(\\d+)" → "/p/{digits}", "/o/:order_number" → "/o/{text}". */
export function pattern(path: string): string {
  return path.replace(/:\w+(\(\\d\+\))?/g, (_, digits?: string) => (digits ? '{digits}' : '{text}'));
}
