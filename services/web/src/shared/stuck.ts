import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue';

const share_max = 0.2;

/**
 * Whether a bar may stick to the edge of the window: not when it would take more than a fifth of it, as it does
 * with large letters or a strong zoom.
 */
export function useMayStick(bar: Ref<HTMLElement | null>): Ref<boolean> {
  const may_stick = ref(true);
  let observer: ResizeObserver | undefined;
  const measure = () => {
    if (bar.value) may_stick.value = bar.value.offsetHeight <= window.innerHeight * share_max;
  };
  onMounted(() => {
    measure();
    window.addEventListener('resize', measure);
    if (typeof ResizeObserver === 'undefined' || !bar.value) return;
    observer = new ResizeObserver(measure);
    observer.observe(bar.value);
  });
  onBeforeUnmount(() => {
    observer?.disconnect();
    window.removeEventListener('resize', measure);
  });
  return may_stick;
}
