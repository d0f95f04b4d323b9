import type { DeskKey } from './texts';

/** What each refusal means at the desk, by its problem code; held against proto/openapi by a test. */
export const refusals = {
  // Signing in and staying in
  'login-failed': 'login.wrong',
  'login-rate-limited': 'error.too_many',
  'password-change-required': 'login.change_password',
  'password-changed': 'login.changed_elsewhere',
  'refresh-invalid': 'error.session_over',
  'refresh-reused': 'error.session_over',
  'token-missing': 'error.session_over',
  'token-invalid': 'error.session_over',
  'token-expired': 'error.session_over',
  'token-revoked': 'error.session_over',
  'role-missing': 'error.forbidden',
  'revocations-unknown': 'error.busy',
  // Accounts and organisations
  'account-unknown': 'error.not_found',
  'login-taken': 'refused.login_taken',
  'last-administrator': 'refused.last_administrator',
  'own-account': 'refused.own_account',
  'organisation-exists': 'refused.organisation_exists',
  // Certification
  'application-unknown': 'error.not_found',
  'applications-closed': 'refused.applications_closed',
  'applied-already': 'refused.applied_already',
  'batch-exists': 'refused.batch_exists',
  'batch-over': 'refused.batch_over',
  'certified-already': 'refused.certified_already',
  'certification-ended': 'refused.certification_ended',
  'certification-unknown': 'error.not_found',
  'answered-already': 'refused.answered_already',
  'duties-not-separate': 'refused.duties_not_separate',
  'not-certifiable': 'refused.not_certifiable',
  'not-the-authority': 'refused.not_the_authority',
  'not-your-application': 'refused.not_your_application',
  'notice-open': 'refused.notice_open',
  'number-taken': 'refused.number_taken',
  'objection-unknown': 'error.not_found',
  'objections-open': 'refused.objections_open',
  'product-changed': 'refused.product_changed',
  'proposal-unknown': 'error.not_found',
  'proposed-already': 'refused.proposed_already',
  'recommended-already': 'refused.recommended_already',
  'scheme-exists': 'refused.scheme_exists',
  'scheme-unknown': 'error.not_found',
  'second-person': 'refused.second_person',
  'state-unchanged': 'refused.state_unchanged',
  'step-not-now': 'refused.step_not_now',
  'checks-failed': 'refused.checks_failed',
  // Files
  'file-unknown': 'error.not_found',
  'uploads-open': 'refused.uploads_open',
  'storage-full': 'refused.storage_full',
  'upload-offset-missing': 'error.page_outdated',
  'upload-offset-mismatch': 'refused.upload_moved',
  'upload-complete': 'refused.upload_moved',
  'upload-too-long': 'error.page_outdated',
  'piece-too-large': 'error.page_outdated',
  'pictures-busy': 'error.busy',
  'pictures-unavailable': 'error.busy',
  // Goods
  'area-mismatch': 'refused.area_mismatch',
  'category-not-listable': 'refused.category_not_listable',
  'geo-indication-elsewhere': 'refused.geo_indication_elsewhere',
  'gtin-taken': 'refused.gtin_taken',
  'merchant-exists': 'refused.merchant_exists',
  'merchant-has-products': 'refused.merchant_has_products',
  'merchant-inactive': 'refused.merchant_inactive',
  'merchant-unknown': 'error.not_found',
  'not-your-merchant': 'refused.not_your_merchant',
  'product-exists': 'refused.product_exists',
  'product-unknown': 'error.not_found',
  'sku-unknown': 'error.not_found',
  'too-many-skus': 'refused.too_many_skus',
  // Where they come from, and stock
  'base-exists': 'refused.base_exists',
  'base-unconfirmed': 'refused.base_unconfirmed',
  'base-unknown': 'error.not_found',
  'lot-blocked': 'refused.lot_blocked',
  'lot-code-taken': 'refused.lot_code_taken',
  'lot-unknown': 'error.not_found',
  'origin-unknown': 'error.not_found',
  'receipt-above-lot': 'refused.receipt_above_lot',
  'second-person-needed': 'refused.second_person_needed',
  'yield-exceeded': 'refused.yield_exceeded',
  'idempotency-key-missing': 'error.page_outdated',
  'idempotency-key-malformed': 'error.page_outdated',
  'idempotency-key-reused': 'refused.sent_already',
  // Channels
  'campaign-exists': 'refused.campaign_exists',
  'placement-exists': 'refused.placement_exists',
  'placement-unknown': 'error.not_found',
  // The ledger
  'entry-unknown': 'error.not_found',
  'recomputation-running': 'refused.recomputing',
  // Everywhere
  'version-stale': 'refused.version_stale',
  'if-match-missing': 'error.page_outdated',
  'invalid-cursor': 'error.list_moved',
  'malformed-path': 'error.not_found',
  'malformed-query': 'error.invalid_address',
  'validation-failed': 'error.invalid',
  'body-too-large': 'error.too_large',
  'malformed-json': 'error.page_outdated',
  'unsupported-media-type': 'error.page_outdated',
  'quota-exceeded': 'error.too_many',
  'database-busy': 'error.busy',
  'database-unavailable': 'error.busy',
  overloaded: 'error.busy',
} as const satisfies Record<string, DeskKey>;

/** The operations of proto/openapi that the desk calls. */
export const operations = [
  'logIn', 'changePassword', 'refreshSession', 'logOut', 'getOwnAccount', 'listAccounts', 'openAccount', 'changeAccount', 'resetPassword',
  'setAccountState', 'listOrganisations', 'registerOrganisation',
  'listApplications', 'draftApplication', 'getApplication', 'editApplication', 'renewApplication', 'moveApplication', 'answerObjection',
  'listCertifications', 'getCertification', 'changeCertificationState', 'listProposals', 'answerProposal', 'listSchemes', 'addScheme',
  'getScheme', 'changeScheme', 'listBatches', 'openBatch',
  'listCounties', 'listCategories', 'listMerchants', 'registerMerchant', 'getMerchant', 'changeMerchant', 'setMerchantActive', 'listProducts',
  'addProduct', 'getProduct', 'listProductVersions', 'addProductVersion', 'addSku', 'setProductListed', 'addPrice',
  'listBases', 'addBase', 'changeBase', 'confirmBase', 'getBase', 'listLots', 'addLot', 'setLotPapers', 'getLot', 'blockLot',
  'announceEvidence', 'getEvidence', 'appendToEvidence', 'readEvidence', 'announcePicture', 'getPicture', 'appendToPicture',
  'getOriginOfProduct', 'getStock', 'getStockJournal', 'receiveStock',
  'listCampaigns', 'addCampaign', 'listPlacements', 'addPlacement', 'getPlacement', 'getCodeAsSvg', 'getCodeAsPng', 'setPlaylist', 'listScans',
  'listAuditMonths', 'getMonthReport', 'getCountyMonth', 'getMerchantMonth', 'getProductMonth', 'listLotLines', 'recomputeMonth', 'getEntry',
  'getInclusionProof', 'getLogKey',
] as const;

/** By its code, else by its status; null when there are no words for it. */
export function refusalKey(code: string, status: number): DeskKey | null {
  const known = (refusals as Record<string, DeskKey | undefined>)[code];
  if (known) return known;
  if (status === 401) return 'error.session_over';
  if (status === 403) return 'error.forbidden';
  if (status === 404) return 'error.not_found';
  if (status === 412) return 'refused.version_stale';
  if (status === 429) return 'error.too_many';
  return [502, 503, 504].includes(status) ? 'error.busy' : null;
}
