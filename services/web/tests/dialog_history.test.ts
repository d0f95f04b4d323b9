import { beforeEach, describe, expect, it, vi } from 'vitest';

/** A browser's history: Back arrives later, and tells who listens. */
class Browser {
  entries: { state: unknown; address: string }[] = [{ state: { position: 0 }, address: '/desk/applications/7' }];
  at = 0;
  listeners: ((event: { stopImmediatePropagation: () => void }) => void)[] = [];
  /** How often somebody behind the dialogs heard of it: the router. */
  heard = 0;
  go(to: number): Promise<void> {
    return Promise.resolve().then(() => {
      this.at = to;
      let stopped = false;
      this.listeners.forEach((one) => one({ stopImmediatePropagation: () => void (stopped = true) }));
      if (!stopped) this.heard += 1;
    });
  }
  back(): Promise<void> {
    return this.go(this.at - 1);
  }
  push(state: unknown, address = this.entries[this.at]!.address): void {
    this.entries = [...this.entries.slice(0, this.at + 1), { state, address }];
    this.at += 1;
  }
}
let browser: Browser;
let enterDialog: (close: () => void) => () => void;
let leaveDialogs: () => Promise<void>;

beforeEach(async () => {
  browser = new Browser();
  vi.stubGlobal('window', { addEventListener: (_: string, one: (typeof browser.listeners)[number]) => void browser.listeners.push(one) });
  vi.stubGlobal('location', { get href() { return browser.entries[browser.at]!.address; } });
  vi.stubGlobal('history', { get state() { return browser.entries[browser.at]!.state; }, pushState: (state: unknown) => browser.push(state), back: () => void browser.back() });
  vi.resetModules();
  const dialogs = await import('../src/desk/dialog_history');
  ({ enterDialog, leaveDialogs } = dialogs);
  dialogs.listenForBack();
});
const settled = async (): Promise<void> => {
  for (let turns = 0; turns < 10; turns += 1) await Promise.resolve();
};

describe('an open dialog', () => {
  it('is closed by Back, and the page under it hears nothing', async () => {
    const close = vi.fn();
    enterDialog(close);
    await settled();
    expect(browser.at).toBe(1);
    await browser.back();
    expect([close.mock.calls.length, browser.at, browser.heard]).toEqual([1, 0, 0]);
  });
  it('that is closed otherwise leaves no place behind', async () => {
    const leave = enterDialog(vi.fn());
    await settled();
    leave();
    await settled();
    expect([browser.at, browser.heard]).toEqual([0, 0]);
    leave();
    await settled();
    expect(browser.at).toBe(0);
  });
  it('is left before a page is gone to, and its page never sees it again', async () => {
    const close = vi.fn();
    const leave = enterDialog(close);
    await settled();
    await leaveDialogs();
    browser.push({ position: 1 }, '/desk/messages');
    leave();
    await settled();
    expect([browser.entries.map((one) => one.address), browser.at, close.mock.calls.length]).toEqual([['/desk/applications/7', '/desk/messages'], 1, 0]);
  });
  it('over another is closed first', async () => {
    const [under, over] = [vi.fn(), vi.fn()];
    enterDialog(under);
    enterDialog(over);
    await settled();
    await browser.back();
    expect([under.mock.calls.length, over.mock.calls.length]).toEqual([0, 1]);
    await browser.back();
    expect([under.mock.calls.length, browser.at]).toEqual([1, 0]);
  });
  it('that opens as another closes waits for the way back', async () => {
    const leave = enterDialog(vi.fn());
    await settled();
    leave();
    const close = vi.fn();
    enterDialog(close);
    await settled();
    expect(browser.at).toBe(1);
    await browser.back();
    expect([close.mock.calls.length, browser.at]).toEqual([1, 0]);
  });
  it('does not keep from the router what leads to another page', async () => {
    browser.push({ position: 1 }, '/desk/messages');
    const close = vi.fn();
    enterDialog(close);
    await settled();
    await browser.go(0);
    expect([close.mock.calls.length, browser.heard]).toEqual([1, 1]);
  });
});
