/** Whether the window is as a media query says, also when it changes. */

import { onScopeDispose, readonly, ref, type Ref } from 'vue';

export function useMedia(query: string): Readonly<Ref<boolean>> {
  const asked = window.matchMedia(query);
  const answer = ref(asked.matches);
  const follow = (): void => {
    answer.value = asked.matches;
  };
  // Browsers of long ago answer once.
  asked.addEventListener?.('change', follow);
  onScopeDispose(() => asked.removeEventListener?.('change', follow));
  return readonly(answer);
}
