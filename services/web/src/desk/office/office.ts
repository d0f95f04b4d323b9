/** What the pages of certification share: its schemes, who looks, and steps that are taken. */

import { computed, shallowRef } from 'vue';
import { apiError, type ApiError, type Tagged } from '../../shared/api';
import { useNames } from '../known';
import { readAll } from '../list';
import { authorised, authorisedTagged, hasRole } from '../session';
import type { Viewer } from './actions';
import type { Action, Application, Batch, Scheme } from './types';

const schemes = shallowRef<Scheme[]>([]);
const batches = shallowRef<Batch[]>([]);
let reading: Promise<void> | null = null;

/** The applications among which one was chosen, so that the next one is a key away. */
export const queue = shallowRef<number[]>([]);

async function readRules(): Promise<void> {
  const [all_schemes, all_batches] = await Promise.all([readAll<Scheme>('/v1/schemes'), readAll<Batch>('/v1/batches')]);
  schemes.value = all_schemes;
  batches.value = all_batches;
}

/** Schemes and batches, read once a visit; `reread` after one of them was changed. */
export function useRules() {
  const ready = (): Promise<void> => {
    reading ??= readRules().catch((error: unknown) => {
      reading = null;
      throw error;
    });
    return reading;
  };
  void ready().catch(() => undefined);
  return {
    schemes,
    batches,
    ready,
    reread: () => {
      reading = null;
      return ready();
    },
    schemeOf: (code: string) => schemes.value.find((one) => one.scheme === code) ?? null,
    schemeName: (code: string) => schemes.value.find((one) => one.scheme === code)?.name ?? code,
    batchOf: (id: number) => batches.value.find((one) => one.batch_id === id) ?? null,
  };
}

/** Who looks. A clerk of a merchant sees none but the applications of the own house. */
export function useViewer() {
  const { own } = useNames();
  return computed<Viewer>(() => ({ certifies: hasRole('certifier'), owns: hasRole('merchant'), organisation: own.value }));
}

export const readApplication = (id: number | string): Promise<Tagged<Application>> => authorisedTagged<Application>(`/v1/applications/${id}`);

export interface Move {
  action: Action;
  reason: string;
  number?: string;
}

export function takeStep(id: number, tag: string | null, { action, reason, number }: Move): Promise<Tagged<Application>> {
  const body = { action, ...(reason !== '' && { reason }), ...(number !== undefined && number !== '' && { number }) };
  return authorisedTagged<Application>(`/v1/applications/${id}/steps`, { method: 'POST', body, headers: { 'If-Match': tag ?? '*' } });
}

export interface Outcome {
  application: Application;
  error: ApiError | null;
}

/**
 * The same step with several, one after the other. Each is read first: whoever was overtaken by somebody else is
 * refused, and the others go on.
 */
export async function takeSteps(applications: readonly Application[], move: Move, told: (done: number) => void): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const application of applications) {
    try {
      const { value, tag } = await readApplication(application.application_id);
      // What was chosen from the list was chosen as the list had it.
      const moved = await takeStep(application.application_id, value.version === application.version ? tag : '"older"', move);
      outcomes.push({ application: moved.value, error: null });
    } catch (error) {
      outcomes.push({ application, error: apiError(error) });
    }
    told(outcomes.length);
  }
  return outcomes;
}

export function answerObjection(id: number, answer: string): Promise<unknown> {
  return authorised(`/v1/objections/${id}/answer`, { method: 'POST', body: { answer } });
}
