/** How many messages are unread: asked while somebody is at the page, and by one asker however many bells there are. */

import { onBeforeUnmount, onMounted, readonly, ref } from 'vue';
import { authorised, person } from '../session';

/** The services count no farther: so many or more. */
export const unread_most = 100;
const every_ms = 60_000;
/** Asking keeps a session alive. Whoever has left the desk is signed out all the same. */
const left_after_ms = 5 * 60_000;

const count = ref(0);
let bells = 0;
let timer: ReturnType<typeof setInterval> | undefined;
let asked_at = 0;
let active_at = Date.now();

async function ask(): Promise<void> {
  asked_at = Date.now();
  const whose = person.value?.account_id;
  try {
    const { unread } = await authorised<{ unread: number }>('/v1/messages/count');
    if (whose === person.value?.account_id) count.value = unread;
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

/** Another page has just learnt it. */
export function setUnread(number: number): void {
  asked_at = Date.now();
  count.value = number;
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
