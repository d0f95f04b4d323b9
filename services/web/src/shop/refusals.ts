import type { ShopKey } from './texts';

/**
 * What each refusal of the services means to a shopper, by its problem code. A test holds this list against
 * proto/openapi: every code that an operation used here can answer is in it, and nothing else is.
 */
export const refusals = {
  // Ordering
  'sold-out': 'error.sold_out',
  'price-changed': 'error.price_changed',
  'certification-not-valid': 'error.not_certified',
  'not-for-sale': 'error.not_for_sale',
  'sku-unknown': 'error.not_for_sale',
  'bundle-unknown': 'error.not_found',
  'bundle-changed': 'error.bundle_changed',
  'quantity-above-cap': 'error.quantity_cap',
  'confirmation-missing': 'error.confirmation',
  'total-too-large': 'error.total',
  'catalogue-stale': 'error.stale',
  'hold-limit': 'error.held_by_network',
  'stock-busy': 'error.busy',
  'commit-outcome-unknown': 'error.outcome_unknown',
  'idempotency-key-reused': 'error.reused',
  'idempotency-key-missing': 'error.page_outdated',
  'idempotency-key-malformed': 'error.page_outdated',
  // Paying
  'order-unknown': 'order.missing',
  'order-not-payable': 'error.not_payable',
  'order-not-in-ledger': 'order.not_in_ledger',
  'provider-unavailable': 'error.provider',
  'order-not-cancellable': 'error.not_cancellable',
  'token-missing': 'order.missing',
  'token-invalid': 'order.missing',
  'token-expired': 'order.missing',
  'token-revoked': 'order.missing',
  'role-missing': 'order.missing',
  'scope-missing': 'order.missing',
  'person-needed': 'order.missing',
  // Reading
  'product-unknown': 'error.not_found',
  'origin-unknown': 'error.not_found',
  'lot-unknown': 'error.not_found',
  'base-unknown': 'error.not_found',
  'invalid-cursor': 'error.page_outdated',
  'malformed-path': 'error.not_found',
  'malformed-query': 'error.query',
  // Public notices
  'notice-unknown': 'notices.closed',
  'objections-full': 'notices.full',
  'application-unknown': 'notices.missing',
  'uploads-open': 'notices.too_many_papers',
  'strangers-storage-full': 'notices.no_room',
  'objection-papers-full': 'notices.papers_full',
  'upload-token-malformed': 'error.page_outdated',
  'upload-offset-missing': 'error.page_outdated',
  'upload-offset-mismatch': 'file.interrupted',
  'upload-complete': 'file.interrupted',
  'upload-too-long': 'file.digest-differs',
  'piece-too-large': 'error.page_outdated',
  'file-unknown': 'error.not_found',
  'pictures-busy': 'error.busy',
  'pictures-unavailable': 'error.busy',
  'edition-unknown': 'error.not_found',
  // Anything
  'malformed-json': 'error.page_outdated',
  'unsupported-media-type': 'error.page_outdated',
  'body-too-large': 'error.invalid',
  'revocations-unknown': 'error.busy',
  'validation-failed': 'error.invalid',
  'quota-exceeded': 'error.too_many',
  'database-busy': 'error.busy',
  'database-unavailable': 'error.busy',
  overloaded: 'error.busy',
} as const satisfies Record<string, ShopKey>;

/** The operations of proto/openapi that the shop's pages call. */
export const operations = [
  'listProducts', 'getProduct', 'listBundles', 'getBundle', 'listCounties', 'getStock', 'getOriginOfProduct', 'getOriginOfLot', 'placeOrder', 'getOrder', 'getOrderEntries', 'openPayment',
  'cancelOrder', 'getLowestPrices', 'listNotices', 'getNotice', 'objectToNotice', 'listAnsweredObjections', 'announceObjectionPaper', 'getObjectionPaper', 'appendToObjectionPaper', 'listSchemes', 'listEditions', 'getEdition',
  'getCatalogueOfEdition',
] as const;

/** What to say about a refusal: by its code, else by its status, so that a code newer than the page has words too. */
export function refusalKey(code: string, status: number): ShopKey {
  const known = (refusals as Record<string, ShopKey | undefined>)[code];
  if (known) return known;
  if (status === 404 || status === 410) return 'error.not_found';
  if (status === 429) return 'error.too_many';
  return [502, 503, 504].includes(status) ? 'error.busy' : 'error.unknown';
}
