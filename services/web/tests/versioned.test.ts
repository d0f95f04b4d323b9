import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const shelf = new Map<string, string>();
vi.stubGlobal('localStorage', { getItem: (key: string) => shelf.get(key) ?? null, setItem: (key: string, value: string) => void shelf.set(key, value), removeItem: (key: string) => void shelf.delete(key) });
vi.stubGlobal('window', { addEventListener: () => undefined, removeEventListener: () => undefined });
vi.stubGlobal('requestAnimationFrame', () => 0); // Taken over by the false timers.
vi.mock('../src/desk/session', () => ({ person: { value: { account_id: 2 } } }));

const { effectScope, nextTick, reactive, ref } = await import('vue');
const { ApiError } = await import('../src/shared/api');
const { useVersioned } = await import('../src/desk/versioned');
const focus = vi.fn();
vi.stubGlobal('document', { querySelector: (what: string) => (what === 'form [aria-invalid=true]' ? { focus } : null) }); // Not before: Vue would take it for a browser's.

interface Thing {
  name: string;
  summary: string;
  version: number;
}
type Form = Omit<Thing, 'version'>;

const refusal = (status: number, code: string, errors: { pointer: string; detail: string }[] = []) =>
  new ApiError('refused', { code, status, title: '', detail: '', errors, retry_after_seconds: null });
const scopes: { stop: () => void }[] = [];

/** A service that keeps things by their id, and a page with a form of one of them. */
function open(id: string | undefined, kept: Record<string, Thing>) {
  const service = { kept, unreachable: false, sent: [] as (string | null)[], refuses: null as Error | null };
  const looked_at = ref(id);
  const saved: [number, boolean][] = [];
  const form = reactive<Form>({ name: '', summary: '' });
  const scope = effectScope();
  scopes.push(scope);
  const page = scope.run(() => useVersioned<Thing, Form, 'name' | 'summary'>(form, {
    kind: 'thing',
    id: () => looked_at.value,
    members: ['name', 'summary'],
    blank: () => ({ name: '', summary: '空' }),
    formOf: ({ name, summary }) => ({ name, summary }),
    read: async (which) => {
      const found = service.kept[which];
      if (service.unreachable) throw new ApiError('offline');
      if (!found) throw refusal(404, 'not-found');
      return { value: found, tag: `"${found.version}"` };
    },
    send: async (tag) => {
      service.sent.push(tag);
      if (service.refuses) throw service.refuses;
      const before = looked_at.value === undefined ? null : service.kept[looked_at.value]!;
      if (tag !== null && tag !== `"${before!.version}"`) throw refusal(412, 'stale');
      const value = { ...form, version: (before?.version ?? 0) + 1 };
      service.kept[looked_at.value ?? '9'] = value;
      return { value, tag: `"${value.version}"` };
    },
    saved: ({ version }, was_new) => {
      saved.push([version, was_new]);
      if (was_new) looked_at.value = '9';
    },
    faultsHere: () => (form.name === '' ? { '/name': '请填写这一项。' } : {}) as Record<string, string>,
  }))!;
  return { page, form, service, saved, looked_at };
}
async function settled(): Promise<void> {
  for (let turn = 0; turn < 6; turn += 1) await nextTick();
}
const first: Thing = { name: '箬竹面', summary: '一句', version: 1 };

describe('a form of a thing with versions', () => {
  beforeEach(() => {
    shelf.clear();
    focus.mockClear();
    vi.useFakeTimers();
    vi.spyOn(console, 'warn').mockImplementation(() => undefined); // There is no component around the form.
  });
  afterEach(async () => {
    await nextTick();
    scopes.splice(0).forEach((scope) => scope.stop());
    vi.clearAllTimers();
  });

  it('shows what is stored, and saves the next version of it', async () => {
    const { page, form, service, saved } = open('1', { 1: first });
    await settled();
    expect(form).toEqual({ name: '箬竹面', summary: '一句' });
    form.name = '箬竹面（新）';
    await page.save();
    expect(service.sent).toEqual(['"1"']);
    expect(saved).toEqual([[2, false]]);
    expect(page.stored.value?.value).toEqual({ name: '箬竹面（新）', summary: '一句', version: 2 });
    expect(page.busy.value).toBe(false);
  });

  it('begins a new one without a tag, and goes on with what was made', async () => {
    const { page, form, service, saved } = open(undefined, {});
    expect([page.is_new.value, form.summary]).toEqual([true, '空']);
    form.name = '新的';
    await page.save();
    await settled();
    expect(service.sent).toEqual([null]);
    expect(saved).toEqual([[1, true]]);
    expect([page.is_new.value, page.stored.value?.value.version]).toEqual([false, 1]);
  });

  it('sends nothing while something is wrong with it', async () => {
    const { page, form, service } = open('1', { 1: first });
    await settled();
    form.name = '';
    await page.save();
    expect(service.sent).toEqual([]);
    expect(page.faults.value).toEqual({ '/name': '请填写这一项。' });
    expect(page.complaint.value).not.toBe('');
  });

  it('takes over what another has saved of what I left alone, and saves on top of it', async () => {
    const { page, form, service } = open('1', { 1: first });
    await settled();
    form.name = '我的';
    service.kept['1'] = { ...first, summary: '别人的', version: 2 };
    await page.save();
    expect([page.conflict.shown.value, page.conflict.taken.value, page.complaint.value]).toEqual([true, ['summary'], '']);
    expect(form).toEqual({ name: '我的', summary: '别人的' });
    await page.save();
    expect(service.sent).toEqual(['"1"', '"2"']);
    expect(service.kept['1']).toEqual({ name: '我的', summary: '别人的', version: 3 });
  });

  it('asks about what both changed before anything is sent again', async () => {
    const { page, form, service } = open('1', { 1: first });
    await settled();
    form.name = '我的';
    service.kept['1'] = { ...first, name: '别人的', version: 2 };
    await page.save();
    page.conflict.close();
    await page.save();
    expect(service.sent).toHaveLength(1);
    expect(page.conflict.differences.value).toEqual([{ member: 'name', mine: '我的', theirs: '别人的' }]);
    page.conflict.settle(['name']);
    expect(form.name).toBe('别人的');
  });

  it('says so where the newest version cannot be read', async () => {
    const { page, form, service } = open('1', { 1: first });
    await settled();
    form.name = '我的';
    service.kept['1'] = { ...first, version: 2 };
    service.unreachable = true;
    await page.save();
    expect(page.conflict.shown.value).toBe(false);
    expect(page.complaint.value).not.toBe('');
    expect(form.name).toBe('我的');
  });

  it('puts what was refused at its field, leads there, and keeps what was typed', async () => {
    const { page, form, service } = open('1', { 1: first });
    await settled();
    form.name = '我的';
    service.refuses = refusal(422, 'invalid', [{ pointer: '/name', detail: 'must be one line' }]);
    await page.save();
    expect(page.faults.value).toEqual({ '/name': '只能写一行，请去掉换行。' });
    vi.advanceTimersByTime(500);
    expect(focus).toHaveBeenCalledOnce();
    const again = open('1', { 1: first });
    await settled();
    expect(again.form.name).toBe('我的');
  });

  it('that was kept on an older version meets what is stored now', async () => {
    const begun = open('1', { 1: first });
    await settled();
    begun.form.name = '我的';
    await nextTick();
    vi.advanceTimersByTime(500);
    const { page, form } = open('1', { 1: { ...first, name: '别人的', version: 2 } });
    await settled();
    expect(form.name).toBe('我的');
    expect(page.conflict.differences.value).toEqual([{ member: 'name', mine: '我的', theirs: '别人的' }]);
  });

  it('gives up what was typed for what is stored', async () => {
    const { page, form } = open('1', { 1: first });
    await settled();
    form.name = '我的';
    await page.drop();
    expect(form.name).toBe('箬竹面');
  });

  it('stands on the newest version after something else of it was changed, without a word where that changed no field', async () => {
    const { page, form, service } = open('1', { 1: first });
    await settled();
    form.name = '我的';
    service.kept['1'] = { ...first, version: 2 };
    await page.refresh();
    expect(page.conflict.shown.value).toBe(false);
    await page.save();
    expect(service.sent).toEqual(['"2"']);
  });

  it('does not show one while another is looked at', async () => {
    const { page, form, looked_at } = open('1', { 1: first, 2: { ...first, name: '昌宁茶' } });
    looked_at.value = '2';
    await settled();
    expect([form.name, page.stored.value?.value.name]).toEqual(['昌宁茶', '昌宁茶']);
    looked_at.value = '3';
    await settled();
    expect([page.stored.value, page.failure.value?.problem?.status]).toEqual([null, 404]);
  });
});
