import { effectScope } from 'vue';
import { describe, expect, it, vi } from 'vitest';

const asked: string[] = [];
let roles = ['certifier'];
vi.mock('../src/desk/session', () => ({
  person: { value: { account_id: 2 } },
  hasRole: (...wanted: string[]) => wanted.some((role) => roles.includes(role)),
  authorised: async (path: string) => {
    asked.push(path);
    return { items: [{ account_id: 5, name: '一号认定' }] };
  },
}));
const { useOvertaken } = await import('../src/desk/overtaken');
const { standIn } = await import('../src/desk/focus_guard');

describe('who was first', () => {
  const { told } = effectScope().run(() => useOvertaken())!;

  it('is oneself in another tab, a colleague by name, or an office where no names are told', async () => {
    expect(await told(2, '已退回补正')).toBe('您在别处刚刚已经办过：已退回补正。下面是现在的情况。');
    expect(await told(5, '已同意')).toBe('一号认定刚刚已经办过：已同意。下面是现在的情况。');
    roles = ['merchant'];
    expect(await told(5, '已退回补正', '大关县农业农村局')).toBe('大关县农业农村局刚刚已经办过：已退回补正。下面是现在的情况。');
    expect(await told(null, '已撤回')).toBe('有人刚刚已经办过：已撤回。下面是现在的情况。');
    expect(asked).toEqual(['/v1/account-names?ids=5']);
  });
});

describe('where the focus goes when what had it is gone', () => {
  const heading = { tagName: 'H2' };
  const within = (isConnected: boolean, found: object | null): Element => ({ isConnected, querySelector: () => found }) as unknown as Element;

  it('is the nearest heading that is still there', () => {
    expect(standIn([within(false, { tagName: 'H3' }), within(true, null), within(true, heading), within(true, { tagName: 'H1' })])).toBe(heading);
    expect(standIn([within(false, heading)])).toBeNull();
  });
});
