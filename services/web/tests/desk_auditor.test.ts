import { beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope } from 'vue';

vi.stubGlobal('navigator', {});
vi.stubGlobal('window', { addEventListener: () => undefined, removeEventListener: () => undefined, setTimeout, clearTimeout });

const token = (roles: string[]): string => `h.${btoa(JSON.stringify({ sub: '1', name: 'x', org: 4, roles }))}.s`;
const answer = (body: unknown) => new Response(JSON.stringify(body), { status: 200, headers: { 'Content-Type': 'application/json' } });

describe('the houses whose books one chooses among', () => {
  beforeEach(() => vi.resetModules());

  async function chooserOf(roles: string[]): Promise<{ names: string[]; asked: string[] }> {
    const asked: string[] = [];
    vi.stubGlobal('fetch', async (address: string) => {
      asked.push(address);
      if (address.endsWith('/login')) return answer({ access_token: token(roles), refresh_token: 'r', expires_in: 600 });
      if (address.includes('cursor=')) return answer({ items: [{ merchant_id: 2, name: '碧江合作社' }], next: null });
      return answer({ items: [{ merchant_id: 1, name: '大关合作社' }], next: address.includes('/v1/merchants?limit') ? '1' : null });
    });
    const { signIn } = await import('../src/desk/session');
    const { useReadableMerchants } = await import('../src/desk/goods/goods');
    await signIn({ login: 'x', password: 'x' });
    const { merchants } = effectScope().run(() => useReadableMerchants())!;
    await vi.waitFor(() => expect(merchants.value.length).toBeGreaterThan(0));
    return { names: merchants.value.map((one) => one.name), asked };
  }

  it.each([['auditor'], ['operator']])('are everybody’s for the %s, whatever page of the list they stand on', async (role) => {
    expect((await chooserOf([role])).names).toEqual(['大关合作社', '碧江合作社']);
  });
});
