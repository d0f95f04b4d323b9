import { describe, expect, it } from 'vitest';
import { commonActions, decidesUnder, makesSchemes, missing, partyOf, pathOf, possibleActions, properName, rulesOver, shownState, type Viewer } from '../src/desk/office/actions';
import { guessKind, missingKinds } from '../src/desk/office/evidence';
import type { Application, ApplicationState, Scheme, Step } from '../src/desk/office/types';
import type { Organisation } from '../src/desk/types';

const now = new Date('2026-11-27T04:00:00Z');
const scheme = (over: Partial<Scheme> = {}): Scheme => ({
  scheme: 'MINHANG_YOUPIN', version: 2, name: '闵行优品', offices: ['闵行区政府合作交流办'], district_code: '310112', counties: [], term_unit: 'CALENDAR_YEARS', term: 1,
  notice_days: 5, recommendations: 1, by_application: true, required_evidence: [], report_months_max: 0, price_band_bp: 0, base_required: false, ...over,
});
const step = (action: Step['action'], organisation_id = 9, reason = ''): Step => ({ action, state: 'SUBMITTED', reason, at: '2026-11-20T00:00:00Z', by_account: 1, organisation_id, statement: null, linkage: null });
const application = (state: ApplicationState, over: Partial<Application> = {}): Application => ({
  application_id: 1, batch_id: 1, scheme: 'MINHANG_YOUPIN', year: 2027, product_id: 1, product_name: '箬竹面', county_code: '530624', state, notice_until: null, version: 2,
  statement: '', linkage: '', evidence: [], checks: [], product_changed: false, returned: false, returned_at: null, certification_id: null, renews: null, steps: [step('SUBMIT', 1)], objections: [], ...over,
});
const organisation = (over: Partial<Organisation>): Organisation => ({ organisation_id: 2, name: '闵行区政府合作交流办（示例）', kind: 'DISTRICT_OFFICE', county_code: '310112', version: 1, ...over });
const deciding: Viewer = { certifies: true, owns: false, organisation: organisation({}) };
const county: Viewer = { certifies: true, owns: false, organisation: organisation({ organisation_id: 7, name: '大关县乡村振兴局', county_code: '530624' }) };
const owner: Viewer = { certifies: false, owns: true, organisation: organisation({ organisation_id: 1, kind: 'MERCHANT', name: '合作社' }) };
const stranger: Viewer = { certifies: true, owns: false, organisation: organisation({ organisation_id: 8, name: '玉龙县乡村振兴局', county_code: '530721' }) };
const auditor: Viewer = { certifies: false, owns: false, organisation: organisation({ kind: 'AUDIT_OFFICE', name: '审计处' }) };

const names = (one: Application, viewer: Viewer, rules = scheme()): string[] => possibleActions(one, rules, viewer, now).map(({ action, obstacle }) => (obstacle ? `${action}?${obstacle}` : action));

describe('who makes a scheme', () => {
  const place = (county_code: string, assisted: boolean) => ({ county_code, name: '', short_name: '', prefecture: '', province: '', assisted });
  const counties = [place('530624', true), place('310112', false)];
  it('is an office of a supporting district, or of no one district, and none of where goods come from', () => {
    expect(makesSchemes(deciding.organisation, counties)).toBe(true);
    expect(makesSchemes(organisation({ county_code: undefined }), counties)).toBe(true);
    expect(makesSchemes(county.organisation, counties)).toBe(false);
    expect(makesSchemes(owner.organisation, counties)).toBe(false);
    expect(makesSchemes(county.organisation, [])).toBe(false);
  });
});

describe('what may be done with an application', () => {
  const table: [ApplicationState, Viewer, string[]][] = [
    ['DRAFT', owner, ['SUBMIT', 'WITHDRAW']],
    ['DRAFT', deciding, []],
    ['SUBMITTED', owner, ['WITHDRAW']],
    ['SUBMITTED', county, ['RECOMMEND', 'RETURN', 'REJECT']],
    ['SUBMITTED', deciding, []],
    ['SUBMITTED', stranger, []],
    ['COUNTY_RECOMMENDED', county, []],
    ['COUNTY_RECOMMENDED', deciding, ['BEGIN_REVIEW', 'RETURN', 'REJECT']],
    ['UNDER_REVIEW', deciding, ['PUBLISH_NOTICE', 'RETURN', 'REJECT']],
    ['UNDER_REVIEW', auditor, []],
    ['PUBLIC_NOTICE', deciding, ['CERTIFY?notice_open', 'RETURN', 'REJECT']],
    ['PUBLIC_NOTICE', owner, ['WITHDRAW']],
    ['CERTIFIED', deciding, []],
    ['REJECTED', owner, []],
    ['WITHDRAWN', owner, []],
  ];
  it.each(table)('%s, %#', (state, viewer, expected) => {
    expect(names(application(state), viewer)).toEqual(expected);
  });

  it('without the county what is submitted goes to the deciding office', () => {
    expect(names(application('SUBMITTED'), deciding, scheme({ recommendations: 0 }))).toEqual(['BEGIN_REVIEW', 'RETURN', 'REJECT']);
    expect(names(application('SUBMITTED'), county, scheme({ recommendations: 0 }))).toEqual([]);
  });

  it('waits for the end of the notice, then for answers', () => {
    const over = { notice_until: '2026-11-27T03:59:00Z' };
    const objection = { objection_id: 1, application_id: 1, text: '', at: '', answer: null, answered_at: null, paper_count: 0, papers: [] };
    expect(names(application('PUBLIC_NOTICE', { notice_until: '2026-11-27T04:01:00Z' }), deciding)[0]).toBe('CERTIFY?notice_open');
    expect(names(application('PUBLIC_NOTICE', { ...over, objections: [objection] }), deciding)[0]).toBe('CERTIFY?objections_open');
    expect(names(application('PUBLIC_NOTICE', { ...over, objections: [{ ...objection, answer: '已核查' }] }), deciding)[0]).toBe('CERTIFY');
  });

  it('decides nothing on a text that changed, but sends it back', () => {
    expect(names(application('UNDER_REVIEW', { product_changed: true }), deciding)).toEqual(['PUBLISH_NOTICE?product_changed', 'RETURN', 'REJECT']);
  });

  it('lets an office recommend once since the last submission', () => {
    const twice = scheme({ recommendations: 2 });
    expect(names(application('SUBMITTED', { steps: [step('SUBMIT', 1), step('RECOMMEND', 7)] }), county, twice)[0]).toBe('RECOMMEND?recommended_already');
    expect(names(application('SUBMITTED', { steps: [step('SUBMIT', 1), step('RECOMMEND', 7), step('RETURN', 2), step('SUBMIT', 1)] }), county, twice)[0]).toBe('RECOMMEND');
  });

  it('offers together what can be done with all, and never to certify', () => {
    const of = () => scheme();
    const over = { notice_until: '2026-11-27T03:00:00Z' };
    expect(commonActions([application('UNDER_REVIEW'), application('COUNTY_RECOMMENDED')], of, deciding, now)).toEqual(['RETURN', 'REJECT']);
    expect(commonActions([application('PUBLIC_NOTICE', over)], of, deciding, now)).toEqual(['RETURN', 'REJECT']);
    expect(commonActions([], of, deciding, now)).toEqual([]);
    expect(commonActions([application('SUBMITTED')], () => null, county, now)).toEqual([]);
  });
});

describe('who decides', () => {
  it('is the office that the scheme names, by its proper name', () => {
    expect(properName('闵行区政府合作交流办（示例）')).toBe('闵行区政府合作交流办');
    expect(decidesUnder(scheme(), '530624', deciding.organisation)).toBe(true);
    expect(decidesUnder(scheme(), '530624', county.organisation)).toBe(false);
    expect(rulesOver(scheme(), deciding.organisation)).toBe(true);
  });
  it('is an office of the county where the scheme names none, which rules nobody', () => {
    const of_counties = scheme({ offices: [] });
    expect(decidesUnder(of_counties, '530624', county.organisation)).toBe(true);
    expect(decidesUnder(of_counties, '530721', county.organisation)).toBe(false);
    expect(rulesOver(of_counties, county.organisation)).toBe(false);
  });
  it('is nobody who sells or audits', () => {
    expect(partyOf(application('SUBMITTED'), scheme(), auditor)).toBe('nobody');
    expect(partyOf(application('SUBMITTED'), scheme(), owner)).toBe('owner');
  });
});

it('the path leaves out the county where nobody of it recommends', () => {
  expect(pathOf(scheme({ recommendations: 0 }))).not.toContain('COUNTY_RECOMMENDED');
  expect(pathOf(scheme())).toContain('COUNTY_RECOMMENDED');
});

it('what came back from an office is no draft that nobody has seen', () => {
  expect(shownState(application('DRAFT', { returned: true }))).toBe('RETURNED');
  expect(shownState(application('DRAFT'))).toBe('DRAFT');
});

it('what is missing is told as long as it is', () => {
  expect(missing(application('DRAFT', { steps: [step('SUBMIT', 1), step('RETURN', 2, '缺检测报告')] }))).toBe('缺检测报告');
  expect(missing(application('SUBMITTED', { steps: [step('RETURN', 2, '缺'), step('SUBMIT', 1)] }))).toBeNull();
  expect(missing(application('DRAFT', { steps: [] }))).toBeNull();
});

it('a paper is taken for what its name says, else for what is missing', () => {
  const file = { id: 1, name: '检测报告.pdf', media_type: 'application/pdf', size_bytes: 1, sha256: '', received_bytes: 1, piece_bytes_max: 1, state: 'STORED' as const, refusal: null, forms: [] };
  expect(guessKind(file, [])).toBe('TEST_REPORT');
  expect(guessKind({ ...file, name: 'IMG_1.jpg', media_type: 'image/jpeg' }, ['LINKAGE_CONTRACT'])).toBe('LINKAGE_CONTRACT');
  expect(guessKind({ ...file, name: 'IMG_1.jpg', media_type: 'image/jpeg' }, [])).toBe('PICTURE');
  expect(guessKind({ ...file, name: 'scan.pdf' }, [])).toBe('OTHER');
  expect(missingKinds(['TEST_REPORT', 'PICTURE'], [{ kind: 'PICTURE' }])).toEqual(['TEST_REPORT']);
});
