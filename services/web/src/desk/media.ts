/** Whether the window is as a media query says, also when it changes. */

import { onBeforeUnmount, readonly, ref, type Ref } from 'vue';

export function useMedia(query: string): Readonly<Ref<boolean>> {
  const asked = window.matchMedia(query);
  const answer = ref(asked.matches);
  const changed = (event: MediaQueryListEvent): void => {
    answer.value = event.matches;
  };
  asked.addEventListener('change', changed);
  onBeforeUnmount(() => asked.removeEventListener('change', changed));
  return readonly(answer);
}
