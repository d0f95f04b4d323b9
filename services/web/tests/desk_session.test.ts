import { beforeEach, describe, expect, it, vi } from 'vitest';

const shelf = new Map<string, string>();
vi.stubGlobal('localStorage', { getItem: (key: string) => shelf.get(key) ?? null, setItem: (key: string, value: string) => void shelf.set(key, value), removeItem: (key: string) => void shelf.delete(key) });
vi.stubGlobal('navigator', {});
vi.stubGlobal('window', { addEventListener: () => undefined, removeEventListener: () => undefined, setTimeout, clearTimeout });

/** What a token says, without the signature that only the services look at. */
const token = (sub: number): string => `h.${btoa(JSON.stringify({ sub: String(sub), name: 'x', roles: ['merchant'] }))}.s`;
const answer = (status: number, body: unknown) => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json' } });
const tokens = (sub: number) => answer(200, { access_token: token(sub), refresh_token: `r${sub}`, expires_in: 600 });
const over = answer(401, { type: 'urn:shanhai:problem:token-expired', title: 'x', status: 401, code: 'token-expired' });

const { authorised, person, signIn, signed_in, whenSessionOver } = await import('../src/desk/session');

describe('a tab', () => {
  const asked: string[] = [];
  const bearers: string[] = [];
  function answers(refreshed: number): void {
    vi.stubGlobal('fetch', (address: string, options: { headers?: Record<string, string> }) => {
      asked.push(String(address));
      bearers.push(new Headers(options.headers).get('Authorization') ?? '');
      if (String(address).endsWith('/login')) return Promise.resolve(tokens(1));
      if (String(address).endsWith('/refresh')) return Promise.resolve(tokens(refreshed));
      return Promise.resolve(bearers.at(-1) === `Bearer ${token(1)}` && asked.filter((one) => one === '/v1/orders').length > 1 ? answer(200, { done: true }) : over.clone());
    });
  }
  beforeEach(() => {
    shelf.clear();
    asked.length = 0;
    bearers.length = 0;
  });

  it('goes on for whoever it belongs to when a token has run out', async () => {
    answers(1);
    await signIn({ login: 'clerk', password: 'x' });
    expect(await authorised('/v1/orders')).toEqual({ done: true });
    expect(person.value?.account_id).toBe(1);
  });

  it('sends nothing for whoever has signed in in another tab meanwhile', async () => {
    answers(2);
    const left = vi.fn();
    whenSessionOver(left);
    await signIn({ login: 'clerk', password: 'x' });
    await expect(authorised('/v1/orders', { method: 'POST', body: {} })).rejects.toThrow();
    expect(bearers).not.toContain(`Bearer ${token(2)}`);
    expect(left).toHaveBeenCalled();
    expect(signed_in.value).toBe(false);
  });
});
