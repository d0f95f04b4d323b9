import { onScopeDispose, ref, type Ref } from 'vue';

/** In ems, as in the styles: whoever reads large letters needs the telephone's page on a wide window too. */
export function useWide(): Ref<boolean> {
  const wide = window.matchMedia('(min-width: 56.25em)');
  const is_wide = ref(wide.matches);
  const follow = (): void => {
    is_wide.value = wide.matches;
  };
  wide.addEventListener?.('change', follow);
  onScopeDispose(() => wide.removeEventListener?.('change', follow));
  return is_wide;
}

/** Browsers of long ago know no dialog. */
export const can_open_dialog = typeof HTMLDialogElement !== 'undefined' && 'showModal' in HTMLDialogElement.prototype;
