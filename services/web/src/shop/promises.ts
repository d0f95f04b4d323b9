/** What is promised with goods, as far as the services say it of each of them: nothing else stands there. */

import type { Lot, MerchantPapers, ReturnPolicy } from './types';

/** One of the goods that are bought together. */
export interface Promised {
  return_policy: ReturnPolicy | undefined;
  /** Which the next order takes from; null where none is known. */
  lot: Lot | null;
  county_code: string | undefined;
}

export interface Promises {
  /** Of all of them; `null` where they differ, `undefined` where it is not known of each. */
  returns: ReturnPolicy | null | undefined;
  origin: 'lot' | 'report' | null;
  /** The seller is registered where all of them are from. */
  at_origin: boolean;
}

export function promisesOf(parts: readonly Promised[], papers: MerchantPapers | null): Promises {
  const [first] = parts;
  const all = (holds: (part: Promised) => boolean) => first !== undefined && parts.every(holds);
  const known = all((part) => part.return_policy !== undefined);
  return {
    returns: !known ? undefined : all((part) => part.return_policy === first?.return_policy) ? first?.return_policy : null,
    origin: all((part) => !!part.lot?.test_report_no) ? 'report' : all((part) => part.lot !== null) ? 'lot' : null,
    at_origin: papers !== null && all((part) => part.county_code === papers.county_code),
  };
}
