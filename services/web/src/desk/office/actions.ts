/**
 * Which steps of an application make sense for whom, so that the page offers no others. It decides nothing: the
 * services do, by the same rules (services/certification/domain/application.cpp), and their refusal is told in words.
 */

import type { County } from '../../shared/goods';
import type { Organisation } from '../types';
import type { Action, Application, ApplicationState, Scheme } from './types';

/** In which capacity somebody looks at an application. */
export type Party = 'owner' | 'county_office' | 'deciding_office' | 'nobody';

export interface Viewer {
  certifies: boolean;
  /** Writes for the product's merchant. */
  owns: boolean;
  organisation: Organisation | null;
}

/** Why a step that is this person's to take cannot be taken yet. */
export type Obstacle = 'notice_open' | 'objections_open' | 'recommended_already' | 'product_changed';

export interface Possible {
  action: Action;
  obstacle: Obstacle | null;
}

const sample_mark = '（示例）';
const ended: readonly ApplicationState[] = ['CERTIFIED', 'REJECTED', 'WITHDRAWN'];

/** The name under which an office publishes; that of a sample is marked. */
export function properName(name: string): string {
  return name.endsWith(sample_mark) ? name.slice(0, -sample_mark.length) : name;
}

/** Whether this organisation decides under the scheme about goods of that county. */
export function decidesUnder(scheme: Scheme, county_code: string | null, organisation: Organisation | null): boolean {
  if (organisation?.kind !== 'DISTRICT_OFFICE') return false;
  if (scheme.offices.length === 0) return organisation.county_code === county_code;
  return scheme.offices.includes(properName(organisation.name));
}

/** Whether this organisation may give the scheme other rules and open its batches. */
export function rulesOver(scheme: Scheme, organisation: Organisation | null): boolean {
  return scheme.offices.length > 0 && decidesUnder(scheme, null, organisation);
}

/** Whether this organisation may make a scheme: an office where goods come from recommends them, and decides under none of its own. */
export function makesSchemes(organisation: Organisation | null, counties: readonly County[]): boolean {
  if (organisation?.kind !== 'DISTRICT_OFFICE' || counties.length === 0) return false;
  return counties.find((one) => one.county_code === organisation.county_code)?.assisted !== true;
}

export function partyOf(application: Application, scheme: Scheme, viewer: Viewer, action: Action | null = null): Party {
  if (viewer.owns) return 'owner';
  if (!viewer.certifies || viewer.organisation?.kind !== 'DISTRICT_OFFICE') return 'nobody';
  const of_county = application.county_code !== null && viewer.organisation.county_code === application.county_code;
  const decides = decidesUnder(scheme, application.county_code, viewer.organisation);
  const for_county = of_county && (!decides || action === 'RECOMMEND' || application.state === 'SUBMITTED');
  if (for_county && scheme.recommendations > 0) return 'county_office';
  return decides ? 'deciding_office' : of_county ? 'county_office' : 'nobody';
}

/** Where each action may be taken from, by whom; the first is the one that leads on. */
function rulesOf(scheme: Scheme): [Action, Party, ApplicationState[]][] {
  const by_county = scheme.recommendations > 0;
  const reviewable: ApplicationState = by_county ? 'COUNTY_RECOMMENDED' : 'SUBMITTED';
  const rules: [Action, Party, ApplicationState[]][] = [
    ['SUBMIT', 'owner', ['DRAFT']],
    ['BEGIN_REVIEW', 'deciding_office', [reviewable]],
    ['PUBLISH_NOTICE', 'deciding_office', ['UNDER_REVIEW']],
    ['CERTIFY', 'deciding_office', ['PUBLIC_NOTICE']],
    ['RETURN', 'deciding_office', [reviewable, 'UNDER_REVIEW', 'PUBLIC_NOTICE']],
    ['REJECT', 'deciding_office', [reviewable, 'UNDER_REVIEW', 'PUBLIC_NOTICE']],
    ['WITHDRAW', 'owner', ['DRAFT', 'SUBMITTED', 'COUNTY_RECOMMENDED', 'UNDER_REVIEW', 'PUBLIC_NOTICE']],
  ];
  const of_county: [Action, Party, ApplicationState[]][] = [
    ['RECOMMEND', 'county_office', ['SUBMITTED']],
    ['RETURN', 'county_office', ['SUBMITTED']],
    ['REJECT', 'county_office', ['SUBMITTED']],
  ];
  return by_county ? [...of_county, ...rules] : rules;
}

/** The offices that have recommended it since it was last submitted. */
export function recommendedBy(application: Application): number[] {
  const last = application.steps.map((step) => step.action).lastIndexOf('SUBMIT');
  return application.steps.slice(last + 1).filter((step) => step.action === 'RECOMMEND').map((step) => step.organisation_id ?? 0);
}

export function openObjections(application: Application): number {
  return application.objections.filter((objection) => objection.answer === null).length;
}

function obstacleTo(action: Action, application: Application, viewer: Viewer, now: Date): Obstacle | null {
  const on_text: Action[] = ['RECOMMEND', 'BEGIN_REVIEW', 'PUBLISH_NOTICE', 'CERTIFY'];
  if (on_text.includes(action) && application.product_changed) return 'product_changed';
  if (action === 'RECOMMEND' && recommendedBy(application).includes(viewer.organisation?.organisation_id ?? -1)) return 'recommended_already';
  if (action !== 'CERTIFY') return null;
  if (application.notice_until === null || now < new Date(application.notice_until)) return 'notice_open';
  return openObjections(application) > 0 ? 'objections_open' : null;
}

/** What this person can do with it now, what leads on first; with the obstacle where there is one. */
export function possibleActions(application: Application, scheme: Scheme, viewer: Viewer, now: Date): Possible[] {
  if (ended.includes(application.state)) return [];
  return rulesOf(scheme)
    .filter(([action, party, from]) => from.includes(application.state) && partyOf(application, scheme, viewer, action) === party)
    .map(([action]) => ({ action, obstacle: obstacleTo(action, application, viewer, now) }));
}

/** What all of these can be done with together. */
export function commonActions(applications: readonly Application[], schemeOf: (code: string) => Scheme | null, viewer: Viewer, now: Date): Action[] {
  const sets = applications.map((one) => {
    const scheme = schemeOf(one.scheme);
    return scheme ? possibleActions(one, scheme, viewer, now).filter(({ obstacle }) => obstacle === null).map(({ action }) => action) : [];
  });
  const [first = [], ...others] = sets;
  return first.filter((action) => action !== 'CERTIFY' && others.every((set) => set.includes(action)));
}

/** How far it has come, of the states that lead to a certification. */
export const path_of_states: readonly ApplicationState[] = ['DRAFT', 'SUBMITTED', 'COUNTY_RECOMMENDED', 'UNDER_REVIEW', 'PUBLIC_NOTICE', 'CERTIFIED'];
export function pathOf(scheme: Scheme | null): ApplicationState[] {
  return path_of_states.filter((state) => state !== 'COUNTY_RECOMMENDED' || scheme === null || scheme.recommendations > 0);
}

/** The state as people speak of it: what came back from an office is no draft that nobody has seen. */
export const shownState = (application: Pick<Application, 'state' | 'returned'>): ApplicationState | 'RETURNED' => (application.returned ? 'RETURNED' : application.state);

/** What came back for a supplement: the reason of the return that it is about; null otherwise. */
export function missing(application: Application): string | null {
  const last = application.steps.at(-1);
  return application.state === 'DRAFT' && last?.action === 'RETURN' ? last.reason : null;
}
