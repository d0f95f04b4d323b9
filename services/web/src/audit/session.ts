/** Who is at the desk. The access token lives in memory only; the refresh token as long as the tab. */

import { computed, ref } from 'vue';
import { ApiError, json } from '../shared/api';

interface Tokens {
  access_token: string;
  refresh_token: string;
  expires_in: number;
}

const refresh_key = 'shanhai.audit.refresh';
const access_token = ref<string | null>(null);
let refreshing: Promise<boolean> | null = null;

function storedRefreshToken(): string | null {
  try {
    return sessionStorage.getItem(refresh_key);
  } catch {
    return null;
  }
}

function keep(tokens: Tokens | null): void {
  access_token.value = tokens?.access_token ?? null;
  try {
    if (tokens) sessionStorage.setItem(refresh_key, tokens.refresh_token);
    else sessionStorage.removeItem(refresh_key);
  } catch {
    // Without storage a reload asks for the password again.
  }
}

export const signed_in = computed(() => access_token.value !== null);

export async function signIn(login: string, password: string): Promise<void> {
  keep(await json<Tokens>('/v1/auth/login', { method: 'POST', body: { login, password } }));
}

export async function signOut(): Promise<void> {
  const refresh_token = storedRefreshToken();
  keep(null);
  if (refresh_token === null) return;
  // The tab has forgotten the tokens already; telling the server only shortens their life there.
  await json('/v1/auth/logout', { method: 'POST', body: { refresh_token } }).catch(() => undefined);
}

async function refreshOnce(): Promise<boolean> {
  const refresh_token = storedRefreshToken();
  if (refresh_token === null) return false;
  try {
    keep(await json<Tokens>('/v1/auth/refresh', { method: 'POST', body: { refresh_token } }));
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.passing) throw error;
    keep(null);
    return false;
  }
}

/** True when there is an access token afterwards. A refresh token works once, so callers share one attempt. */
export function restoreSession(): Promise<boolean> {
  if (access_token.value !== null) return Promise.resolve(true);
  refreshing ??= refreshOnce().finally(() => {
    refreshing = null;
  });
  return refreshing;
}

/** A read on behalf of the auditor; refreshes the session once when it has run out. */
export async function authorised<T>(path: string): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    await restoreSession();
    const token = access_token.value;
    try {
      return await json<T>(path, { headers: { Authorization: `Bearer ${token ?? ''}` }, time_limit_ms: 20_000 });
    } catch (error) {
      if (attempt > 1 || !(error instanceof ApiError) || error.problem?.status !== 401) throw error;
      // Only the token that was refused goes: another call may have brought a new one meanwhile.
      if (access_token.value === token) access_token.value = null;
    }
  }
}
