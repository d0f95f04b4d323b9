import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const shelf = new Map<string, string>();
vi.stubGlobal('localStorage', { getItem: (key: string) => shelf.get(key) ?? null, setItem: (key: string, value: string) => void shelf.set(key, value), removeItem: (key: string) => void shelf.delete(key) });
vi.stubGlobal('window', { addEventListener: () => undefined, removeEventListener: () => undefined });
vi.mock('../src/desk/session', () => ({ person: { value: { account_id: 2 } } }));

const { effectScope, nextTick, reactive } = await import('vue');
const { clockOf, useDraft } = await import('../src/desk/drafts');

const scopes: { stop: () => void }[] = [];
/** A form as a page has it, until the test ends or it is closed. */
function open(name: string, loaded: { name: string; tags: string[] }, tag: string | null = null) {
  const scope = effectScope();
  scopes.push(scope);
  const form = reactive({ name: '', tags: [] as string[] });
  const draft = scope.run(() => useDraft(form))!;
  const base = draft.begin(name, loaded, tag);
  return { form, draft, base, close: () => scope.stop() };
}
async function typed(): Promise<void> {
  await nextTick();
  vi.advanceTimersByTime(500);
}

describe('a draft', () => {
  beforeEach(() => {
    shelf.clear();
    vi.useFakeTimers();
    vi.spyOn(console, 'warn').mockImplementation(() => undefined); // There is no component around the form.
  });

  afterEach(async () => {
    await nextTick();
    scopes.splice(0).forEach((scope) => scope.stop());
    vi.clearAllTimers();
  });

  it('is kept by itself, and is there again', async () => {
    const first = open('product.1', { name: '箬竹面', tags: [] }, '1');
    first.form.name = '箬竹面（新）';
    first.form.tags.push('一县一品');
    await typed();
    expect(first.draft.saved_at.value).not.toBeNull();
    first.close();
    const again = open('product.1', { name: '箬竹面', tags: [] }, '1');
    expect(again.form).toEqual({ name: '箬竹面（新）', tags: ['一县一品'] });
    expect(again.draft.restored_at.value).not.toBeNull();
    expect(again.base).toBe('1');
  });
  it('goes on saying that it was brought back until something is typed', async () => {
    const first = open('base.1', { name: 'a', tags: [] }, '1');
    first.form.name = 'b';
    await typed();
    first.close();
    const again = open('base.1', { name: 'a', tags: [] }, '1');
    const kept = shelf.get('shanhai.desk.draft.2.base.1');
    await typed();
    expect([again.draft.restored_at.value === null, again.draft.saved_at.value]).toEqual([false, null]);
    expect(shelf.get('shanhai.desk.draft.2.base.1'), 'and it is as old as it was').toBe(kept);
    again.form.name = 'c';
    await typed();
    expect(again.draft.saved_at.value).not.toBeNull();
    again.form.name = 'b';
    await typed();
    expect(JSON.parse(shelf.get('shanhai.desk.draft.2.base.1')!).value.name).toBe('b');
  });
  it('is not announced where it is what is stored by now', async () => {
    const first = open('base.1', { name: 'a', tags: [] }, '1');
    first.form.name = 'b';
    await typed();
    first.close();
    const again = open('base.1', { name: 'b', tags: [] }, '2');
    expect(again.draft.restored_at.value).toBeNull();
  });
  it('says on which version it was begun', async () => {
    const first = open('product.1', { name: 'a', tags: [] }, '1');
    first.form.name = 'b';
    await typed();
    expect(open('product.1', { name: 'c', tags: [] }, '2').base).toBe('1');
  });
  it('knows what it was begun on, until it stands on what another has saved', async () => {
    const first = open('product.1', { name: 'a', tags: [] }, '1');
    first.form.name = 'b';
    await typed();
    const again = open('product.1', { name: 'c', tags: ['d'] }, '2');
    expect(again.draft.opened()).toEqual({ name: 'a', tags: [] });
    again.draft.rebase('2', { name: 'c', tags: ['d'] });
    const last = open('product.1', { name: 'c', tags: ['d'] }, '2');
    expect(last.base).toBe('2');
    expect(last.draft.opened()).toEqual({ name: 'c', tags: ['d'] });
  });
  it('of before, when that was not kept, does not pretend to know it', () => {
    shelf.set('shanhai.desk.draft.2.x', JSON.stringify({ at: 1, base: '1', value: { name: 'b' } }));
    expect(open('x', { name: 'c', tags: [] }, '2').draft.opened()).toBeNull();
  });
  it('is forgotten once it is saved, and when it is what is stored', async () => {
    const first = open('x', { name: 'a', tags: [] });
    first.form.name = 'b';
    await typed();
    first.form.name = 'a';
    await typed();
    expect([...shelf.entries()]).toEqual([]);
    first.form.name = 'b';
    await typed();
    first.draft.forget();
    expect(shelf.size).toBe(0);
  });
  it('is another for each thing, and what is suggested alone is none', async () => {
    const one = open('x', { name: '', tags: [] });
    one.draft.suggest({ name: '产地：大关县' });
    await typed();
    expect(shelf.size).toBe(0);
    one.form.tags.push('b');
    await typed();
    expect(open('y', { name: '', tags: [] }).form.name).toBe('');
    expect(open('x', { name: '', tags: [] }).form.name).toBe('产地：大关县');
  });
  it('takes over no member that the form has not', () => {
    shelf.set('shanhai.desk.draft.2.x', JSON.stringify({ at: 1, base: null, value: { name: 'b', price: 3 } }));
    expect(open('x', { name: '', tags: [] }).form).toEqual({ name: 'b', tags: [] });
    shelf.set('shanhai.desk.draft.2.x', '{"at":"nonsense"}');
    expect(open('x', { name: '', tags: [] }).form).toEqual({ name: '', tags: [] });
  });
});

it('a moment of today is told by its minute', () => {
  const now = Date.parse('2026-11-27T06:00:00Z');
  expect(clockOf(Date.parse('2026-11-27T05:30:00Z'), now)).toBe('13:30');
  expect(clockOf(Date.parse('2026-11-26T05:30:00Z'), now)).toBe('2026-11-26 13:30');
});
