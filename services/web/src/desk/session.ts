/**
 * Who is at the desk. The access token lives in this tab's memory only. The refresh token is shared by the tabs of
 * this browser, so that a link opened in a new tab asks for nothing; it is forgotten at sign-out (in every tab) and
 * when nobody has used it for some hours.
 */

import { computed, ref } from 'vue';
import { ApiError, file, json, tagged, type RequestOptions, type Tagged } from '../shared/api';
import { of_browser, readJson } from '../shared/kept';

interface Tokens {
  access_token: string;
  refresh_token: string;
  expires_in: number;
}

interface KeptToken {
  refresh_token: string;
  used_at: number;
}

export interface Person {
  /** 0 when the token names none. */
  account_id: number;
  organisation_id: number | null;
  name: string;
  roles: string[];
}

const refresh_key = 'shanhai.desk.refresh';
const idle_max_ms = 8 * 60 * 60 * 1000;
const time_limit_ms = 20_000;
const access_token = ref<string | null>(null);
let refreshing: Promise<boolean> | null = null;
/** Whom this tab has belonged to; 0: nobody yet. */
let owner = 0;
let sessionOver: () => void = () => undefined;

const isKept = (value: unknown): value is KeptToken => typeof (value as KeptToken | null)?.refresh_token === 'string';

function storedRefreshToken(): string | null {
  const kept = readJson(of_browser, refresh_key, isKept);
  if (kept && Date.now() - kept.used_at <= idle_max_ms) return kept.refresh_token;
  of_browser.write(refresh_key, null);
  return null;
}

function keep(tokens: Tokens | null): void {
  access_token.value = tokens?.access_token ?? null;
  owner = person.value?.account_id ?? 0;
  const kept: KeptToken | null = tokens && { refresh_token: tokens.refresh_token, used_at: Date.now() };
  of_browser.write(refresh_key, kept && JSON.stringify(kept));
}

/** What a token says of its bearer; only shown, never believed: the services look at the signature. */
export function personIn(token: string): Person | null {
  try {
    const part = (token.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/');
    const bytes = Uint8Array.from(atob(part), (one) => one.charCodeAt(0));
    const claims = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
    const roles = Array.isArray(claims.roles) ? claims.roles.filter((one): one is string => typeof one === 'string') : [];
    if (typeof claims.name !== 'string') return null;
    return { account_id: Number(claims.sub) || 0, organisation_id: Number(claims.org) || null, name: claims.name, roles };
  } catch {
    return null;
  }
}

export const signed_in = computed(() => access_token.value !== null);
export const person = computed(() => (access_token.value === null ? null : personIn(access_token.value)));

export function hasRole(...roles: string[]): boolean {
  return person.value?.roles.some((role) => roles.includes(role)) ?? false;
}

export interface Credentials {
  login: string;
  password: string;
  /** Of the second factor, where the account has one. */
  code?: string;
}

export async function signIn(credentials: Credentials): Promise<void> {
  keep(await json<Tokens>('/v1/auth/login', { method: 'POST', body: credentials }));
}

/** Also of a temporary password, which opens nothing else. */
export async function changePassword(credentials: Credentials, new_password: string): Promise<void> {
  await json('/v1/auth/password', { method: 'POST', body: { ...credentials, new_password } });
}

export async function signOut(): Promise<void> {
  const refresh_token = storedRefreshToken();
  keep(null);
  if (refresh_token === null) return;
  // The browser has forgotten the tokens already; telling the server only shortens their life there.
  await json('/v1/auth/logout', { method: 'POST', body: { refresh_token } }).catch(() => undefined);
}

async function refreshOnce(): Promise<boolean> {
  const refresh_token = storedRefreshToken();
  if (refresh_token === null) return false;
  const before = owner;
  try {
    keep(await json<Tokens>('/v1/auth/refresh', { method: 'POST', body: { refresh_token } }));
    if (before === 0 || before === owner) return true;
    // Somebody else has signed in in another tab: what stands here is not theirs to send.
    access_token.value = null;
    sessionOver();
    return false;
  } catch (error) {
    if (error instanceof ApiError && error.passing) throw error;
    // Another tab may have had a new one meanwhile: what it keeps is not ours to forget.
    if (storedRefreshToken() === refresh_token) keep(null);
    else access_token.value = null;
    return false;
  }
}

/** A refresh token works once: one tab after the other, each with the token that the one before has left. */
function refreshInTurn(): Promise<boolean> {
  if (navigator.locks === undefined) return refreshOnce(); // Not over plain HTTP: the server forgives some seconds.
  return navigator.locks.request(refresh_key, refreshOnce);
}

/** True when there is an access token afterwards. Callers share one attempt. */
export function restoreSession(): Promise<boolean> {
  if (access_token.value !== null) return Promise.resolve(true);
  refreshing ??= refreshInTurn().finally(() => {
    refreshing = null;
  });
  return refreshing;
}

/** Calls `left` when another tab signs out: nobody expects one tab to stay open. */
export function whenSignedOutElsewhere(left: () => void): void {
  window.addEventListener('storage', (event) => {
    if (event.key !== refresh_key || event.newValue !== null || access_token.value === null) return;
    access_token.value = null;
    left();
  });
}

/** Calls `over` when the services accept none of our tokens any more: only signing in again helps. */
export function whenSessionOver(over: () => void): void {
  sessionOver = over;
}

/** Sends with the token of whoever is signed in; renews the session once when it has run out. */
async function withToken<T>(options: RequestOptions, send: (options: RequestOptions) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    await restoreSession();
    const token = access_token.value;
    try {
      return await send({ time_limit_ms, ...options, headers: { ...options.headers, Authorization: `Bearer ${token ?? ''}` } });
    } catch (error) {
      if (!(error instanceof ApiError) || error.problem?.status !== 401) throw error;
      // A password that was asked for once more and is wrong says nothing about the token.
      if (error.problem.code && !error.problem.code.startsWith('token-')) throw error;
      // Only the token that was refused goes: another call may have brought a new one meanwhile.
      if (access_token.value === token) access_token.value = null;
      if (attempt === 1) continue;
      if (!signed_in.value) sessionOver();
      throw error;
    }
  }
}

export function authorised<T>(path: string, options: RequestOptions = {}): Promise<T> {
  return withToken(options, (all) => json<T>(path, all));
}

export function authorisedTagged<T>(path: string, options: RequestOptions = {}): Promise<Tagged<T>> {
  return withToken(options, (all) => tagged<T>(path, all));
}

export function authorisedFile(path: string): Promise<Blob> {
  return withToken({}, (all) => file(path, { ...all, headers: { ...all.headers, Accept: '*/*' } }));
}
