/** What was just done, said for some seconds at the edge of the page, and how to undo it where that can be done. */

import { ref } from 'vue';

export interface Toast {
  id: number;
  text: string;
  tone: 'good' | 'bad' | 'info';
  undo?: () => void;
}

const shown_for_ms = 6_000;
const with_undo_for_ms = 12_000;
export const toasts = ref<Toast[]>([]);
let last = 0;

export function dismiss(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}

export function toast(text: string, options: { tone?: 'good' | 'bad' | 'info'; undo?: () => void } = {}): void {
  const id = ++last;
  toasts.value = [...toasts.value.slice(-2), { id, text, tone: options.tone ?? 'good', undo: options.undo }];
  setTimeout(() => dismiss(id), options.undo ? with_undo_for_ms : shown_for_ms);
}
