import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue';

/** Runs it now and whenever the element's or the window's size changes. */
function onResize(element: Ref<HTMLElement | null>, measure: () => void): void {
  let observer: ResizeObserver | undefined;
  onMounted(() => {
    measure();
    window.addEventListener('resize', measure);
    if (typeof ResizeObserver === 'undefined' || !element.value) return;
    observer = new ResizeObserver(measure);
    observer.observe(element.value);
  });
  onBeforeUnmount(() => {
    observer?.disconnect();
    window.removeEventListener('resize', measure);
  });
}

const share_max = 0.2;

/**
 * Whether a bar may stick to the edge of the window: not when it would take more than a fifth of it, as it does
 * with large letters or a strong zoom.
 */
export function useMayStick(bar: Ref<HTMLElement | null>): Ref<boolean> {
  const may_stick = ref(true);
  onResize(bar, () => {
    if (bar.value) may_stick.value = bar.value.offsetHeight <= window.innerHeight * share_max;
  });
  return may_stick;
}

/** Where the top of a column sticks, in pixels: one that is taller than the window once its end is seen. */
export function useColumnTop(column: Ref<HTMLElement | null>, gap: number): Ref<number> {
  const top = ref(gap);
  onResize(column, () => {
    if (column.value) top.value = Math.min(gap, window.innerHeight - column.value.offsetHeight - gap);
  });
  return top;
}
