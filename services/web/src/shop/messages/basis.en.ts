import type { BasisTexts } from './basis.zh-CN';

const basis: BasisTexts = {
  basis: {
    title: 'What it was certified on, and since',
    evidence: 'Papers that were handed in',
    entered: 'The office entered this certification directly; there was no application.',
    helped: 'Contracts with {n} farming households',
    helped_people: 'Contracts with {n} farming households, {people} people',
    helped_by: 'says {scheme} {year} ({number})',
    contracts: 'By contract {numbers}',
    comma: ', ',
    contract: 'By a contract with them',
    helped_entered: 'The office that certified it entered the number, and keeps the contracts.',
    history: 'What was decided',
    again: 'Certified again',
    day: 'Was it certified on',
    ask: 'Ask',
    no_such_day: 'A day from {first} to {last}: of later ones nobody knows yet.',
    then: '{moment}: certified, {scheme} {year} ({number}).',
    not_then: '{moment}: not certified.',
  },
  basis_state: {
    CERTIFIED: 'Certified',
    SUSPENDED: 'Suspended',
    REVOKED: 'Revoked',
    WITHDRAWN: 'Withdrawn',
  },
  evidence: {
    TEST_REPORT: 'Test report',
    FOOD_PRODUCTION_LICENCE: 'Food production licence',
    CONFORMITY_COMMITMENT: 'Commitment of conformity',
    LINKAGE_CONTRACT: 'Contract with farming households',
    PRICE_COMPARISON: 'Comparison of prices',
    QUALITY_MARK: 'Certificate of a quality mark',
    AGENCY_CONTRACT: 'Agency contract',
    PICTURE: 'Photograph',
    OTHER: 'Other paper',
  },
};

export default basis;
