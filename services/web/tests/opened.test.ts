/** What is read by a page that stands open: no more than what was told before it was read, by the services' clock. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const sent: { thing: string; id: number; seen_at?: string }[] = [];
/** The services' clock is wrong by an hour, or this machine's. */
const ahead_ms = 3_600_000;
const asOf = () => new Date(Date.now() + ahead_ms).toISOString();
vi.mock('../src/desk/session', () => ({
  person: { value: { account_id: 2 } },
  authorised: (path: string, options?: { body: (typeof sent)[number] }) => {
    if (path === '/v1/messages/opened') sent.push(options!.body);
    return Promise.resolve({ unread: 0, as_of: asOf() });
  },
}));

const { effectScope, ref } = await import('vue');
const read_at = Date.parse('2026-11-28T08:00:00.000Z');
const scopes: { stop: () => void }[] = [];

/** A page of the thing that has this number, as soon as it is read. */
async function open(id: number | null) {
  vi.resetModules();
  const { setUnread } = await import('../src/desk/inbox/unread');
  const { useOpened } = await import('../src/desk/inbox/opened');
  const shown = ref(id);
  const scope = effectScope();
  scopes.push(scope);
  const stand = (): void => scope.run(() => useOpened('APPLICATION', () => shown.value))!;
  const poll = (unread: number) => setUnread({ unread, as_of: asOf() });
  return { shown, stand, poll };
}
const seen = () => sent.map(({ id, seen_at }) => [id, Date.parse(seen_at!) - ahead_ms - read_at]);

describe('the page of a thing', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'], now: read_at });
    sent.length = 0;
  });
  afterEach(() => {
    scopes.splice(0).forEach((scope) => scope.stop());
    vi.useRealTimers();
  });

  it('reads at once what was told before, and asks nothing while there is nothing', async () => {
    const page = await open(null);
    page.poll(0);
    page.stand();
    page.shown.value = 5;
    expect(sent).toEqual([]);
    page.shown.value = null;
    page.poll(2);
    expect(sent).toEqual([]);
    page.shown.value = 5;
    expect(sent.map(({ thing, id }) => [thing, id])).toEqual([['APPLICATION', 5]]);
  });

  it('reads nothing that is told while it stands there', async () => {
    const page = await open(5);
    page.poll(0);
    page.stand();
    vi.advanceTimersByTime(60_000);
    page.poll(1);
    expect(seen()).toEqual([[5, 0]]);
  });

  it('knows when it was read also where the first answer comes later', async () => {
    const page = await open(5);
    page.stand();
    vi.advanceTimersByTime(1_500);
    page.poll(1);
    expect(seen()).toEqual([[5, 0]]);
  });

  it('was read before the machine slept', async () => {
    const page = await open(5);
    page.stand();
    vi.setSystemTime(read_at + 8 * 3_600_000); // And what counts up by itself has stood still.
    page.poll(1);
    expect(seen()).toEqual([[5, 0]]);
  });

  it('is another one after a step to the next', async () => {
    const page = await open(5);
    page.poll(1);
    page.stand();
    vi.advanceTimersByTime(30_000);
    page.shown.value = null;
    vi.advanceTimersByTime(200);
    page.shown.value = 6;
    expect(seen()).toEqual([[5, 0], [6, 30_000]]);
  });
});
