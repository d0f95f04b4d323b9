/** An application from without: its key is the only thing that opens it, so this device keeps it. */

import { json } from '../../shared/api';
import { of_browser, readJson } from '../../shared/kept';
import type { Onboarding } from './types';

export interface KeptApplication {
  onboarding_id: number;
  key: string;
  name: string;
}

const kept_as = 'shanhai.desk.join';
const kept_max = 10;
const isKept = (value: unknown): value is KeptApplication[] =>
  Array.isArray(value) && value.every((one) => typeof one?.onboarding_id === 'number' && typeof one?.key === 'string' && typeof one?.name === 'string');

export const keptApplications = (): KeptApplication[] => readJson(of_browser, kept_as, isKept) ?? [];

export function keepApplication(one: KeptApplication): void {
  const others = keptApplications().filter((other) => other.onboarding_id !== one.onboarding_id);
  of_browser.write(kept_as, JSON.stringify([one, ...others].slice(0, kept_max)));
}
export function forgetApplication(onboarding_id: number): void {
  const others = keptApplications().filter((other) => other.onboarding_id !== onboarding_id);
  of_browser.write(kept_as, others.length > 0 ? JSON.stringify(others) : null);
}

const time_limit_ms = 20_000;
const opened = (key: string): Record<string, string> => ({ 'Onboarding-Access-Token': key });

export const apply = (body: unknown, request_key: string): Promise<Onboarding & { access_token: string }> =>
  json('/v1/onboardings', { method: 'POST', body, headers: { 'Idempotency-Key': request_key }, time_limit_ms });

export const readOwn = (id: number | string, key: string): Promise<Onboarding> => json(`/v1/onboardings/${id}`, { headers: opened(key) });

export const correct = (id: number, key: string, body: unknown): Promise<Onboarding> =>
  json(`/v1/onboardings/${id}`, { method: 'PUT', body, headers: opened(key), time_limit_ms });

export const withdraw = (one: Onboarding, key: string): Promise<Onboarding> =>
  json(`/v1/onboardings/${one.onboarding_id}/steps`, { method: 'POST', body: { action: 'WITHDRAW', version: one.version }, headers: opened(key) });
