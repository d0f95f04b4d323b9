/** How many messages are unread: asked while somebody is at the page, and by one asker however many bells there are. */

import { onBeforeUnmount, onMounted, readonly, ref } from 'vue';
import { authorised, person } from '../session';

/** The services count no farther: so many or more. */
export const unread_most = 100;
const every_ms = 60_000;
/** Asking keeps a session alive. Whoever has left the desk is signed out all the same. */
const left_after_ms = 5 * 60_000;

export interface Unread {
  unread: number;
  as_of: string;
}
/** A moment of this machine, by two clocks: one stands still while the machine sleeps, the other may be set. */
export interface Here {
  steady: number;
  wall: number;
}
export const here = (): Here => ({ steady: performance.now(), wall: Date.now() });

const count = ref(0);
/** When the services counted last, and when we heard of it. */
let heard: { as_of: number; at: Here } | null = null;
let bells = 0;
let timer: ReturnType<typeof setInterval> | undefined;
let asked_at = 0;
let active_at = Date.now();

async function ask(): Promise<void> {
  asked_at = Date.now();
  const whose = person.value?.account_id;
  try {
    const answer = await authorised<Unread>('/v1/messages/count');
    if (whose === person.value?.account_id) setUnread(answer);
  } catch {
    // The number of before stays; the next minute asks again.
  }
}

function present(): boolean {
  return document.visibilityState === 'visible' && Date.now() - active_at < left_after_ms;
}
function askWhenDue(): void {
  if (present() && Date.now() - asked_at >= every_ms) void ask();
}
function becomeActive(): void {
  active_at = Date.now();
  askWhenDue();
}
const signs = ['pointerdown', 'keydown'] as const;

function begin(): void {
  count.value = 0; // Of somebody else, perhaps.
  timer = setInterval(askWhenDue, every_ms / 4);
  for (const sign of signs) window.addEventListener(sign, becomeActive, { passive: true });
  document.addEventListener('visibilitychange', becomeActive);
  void ask();
}
function end(): void {
  clearInterval(timer);
  for (const sign of signs) window.removeEventListener(sign, becomeActive);
  document.removeEventListener('visibilitychange', becomeActive);
}

/** As of the last time that it was asked; 0 where nobody asks. */
export const unread = readonly(count);

/** It has just been learnt, by us or by another page. */
export function setUnread({ unread, as_of }: Unread): void {
  asked_at = Date.now();
  heard = { as_of: Date.parse(as_of), at: here() };
  count.value = unread;
}

/** What it was by the services' clock then; rather too early than too late, since an answer is older than we think. Nothing before the first one. */
export function momentOf({ steady, wall }: Here): string | null {
  if (heard === null) return null;
  return new Date(heard.as_of + Math.min(steady - heard.at.steady, wall - heard.at.wall)).toISOString();
}

/** The number, kept up to date while the component that asks is there. */
export function useUnread() {
  onMounted(() => {
    bells += 1;
    if (bells === 1) begin();
  });
  onBeforeUnmount(() => {
    bells -= 1;
    if (bells === 0) end();
  });
  return unread;
}
