/** The life of a chart within its page: made, drawn again by day and night and with other figures, resized, disposed of. */

import { init, type EChartsType } from 'echarts/core';
import { onBeforeUnmount, onMounted, ref, watch, type Ref, type WatchSource } from 'vue';
import { is_dark } from './theme';

/** A colour of the page's, which are others by night; the muted one where there is none of that name. */
export function colour(name: string): string {
  const style = getComputedStyle(document.documentElement);
  return style.getPropertyValue(name).trim() || style.getPropertyValue('--muted').trim();
}

const height_before_drawn = 200;

/** The element that holds it. `draw` sets all that is shown, again whenever one of `of` changes; `made` is for what is heard of it. */
export function useChart(draw: (chart: EChartsType) => void, of: WatchSource[], made: (chart: EChartsType) => void = () => undefined): Ref<HTMLElement | null> {
  const frame = ref<HTMLElement | null>(null);
  let chart: EChartsType | null = null;
  const drawn = (): void => {
    if (chart) draw(chart);
  };
  const resized = (): void => chart?.resize();
  onMounted(() => {
    chart = init(frame.value!, undefined, { renderer: 'svg', height: height_before_drawn });
    made(chart);
    drawn();
    window.addEventListener('resize', resized);
  });
  onBeforeUnmount(() => {
    window.removeEventListener('resize', resized);
    chart?.dispose();
  });
  watch([...of, is_dark], drawn);
  return frame;
}
