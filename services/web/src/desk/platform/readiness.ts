import type { Readiness } from './types';

const time_limit_ms = 8_000;

/** What the process says of itself; also when it says that it is not ready (503), which is an answer here. Throws when there is none. */
export async function readReadiness(): Promise<Readiness> {
  const response = await fetch('/readyz', { headers: { Accept: 'application/json' }, cache: 'no-store', signal: AbortSignal.timeout(time_limit_ms) });
  return (await response.json()) as Readiness;
}
