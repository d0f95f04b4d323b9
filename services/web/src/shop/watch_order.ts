import { onBeforeUnmount, ref } from 'vue';
import { ApiError, apiError, json } from '../shared/api';
import { unsettled } from './order_story';
import type { Order } from './types';

const first_wait_ms = 1_000;
const longest_wait_ms = 10_000;

/** 1 s, 1.5 s, 2.25 s … 10 s. */
export function waitBefore(attempt: number): number {
  return Math.min(first_wait_ms * 1.5 ** attempt, longest_wait_ms);
}

/**
 * The order with the first of the keys that opens it. A link may have been cut on its way or come from somebody
 * else, so the key that this browser keeps is tried as well; only a key that opened the order is worth keeping.
 */
export async function openOrder(order_number: string, keys: string[]): Promise<{ order: Order; key: string }> {
  let refused: unknown = null;
  for (const key of new Set(keys.filter((one) => one !== ''))) {
    try {
      const order = await json<Order>(`/v1/orders/${encodeURIComponent(order_number)}`, { headers: { 'Order-Access-Token': key } });
      return { order, key };
    } catch (error) {
      if (![401, 403, 404].includes(apiError(error).problem?.status ?? 0)) throw error;
      refused ??= error;
    }
  }
  throw refused;
}

/** Reads an order again and again while its payment or a refund is open, ever more slowly, and not in a hidden tab. */
export function useWatchedOrder(order_number: string, keys: string[], opened: (key: string) => void) {
  const order = ref<Order | null>(null);
  const failure = ref<ApiError | null>(null);
  const checked_at = ref<Date | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let stopped = false;

  async function read(): Promise<void> {
    try {
      const found = await openOrder(order_number, keys);
      order.value = found.order;
      keys = [found.key];
      opened(found.key);
      failure.value = null;
      checked_at.value = new Date();
    } catch (error) {
      failure.value = apiError(error);
    }
  }

  function worthWaiting(): boolean {
    if (failure.value) return failure.value.passing;
    return order.value !== null && unsettled(order.value);
  }

  async function turn(): Promise<void> {
    clearTimeout(timer);
    await read();
    if (stopped || !worthWaiting() || document.hidden) return;
    timer = setTimeout(() => void turn(), waitBefore(attempt));
    attempt += 1;
  }

  function refresh(): Promise<void> {
    attempt = 0;
    return turn();
  }

  function onVisible(): void {
    if (!document.hidden && (order.value === null || worthWaiting())) void refresh();
  }

  document.addEventListener('visibilitychange', onVisible);
  window.addEventListener('online', onVisible);
  onBeforeUnmount(() => {
    stopped = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onVisible);
    window.removeEventListener('online', onVisible);
  });
  if (keys.some((key) => key !== '')) void turn(); // Without a key the answer is known.
  return { order, failure, checked_at, refresh };
}
