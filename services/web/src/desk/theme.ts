/** Light, dark, or as the device has it; the page carries which of the two it is. */

import { ref } from 'vue';
import { of_browser } from '../shared/kept';

export type Theme = 'auto' | 'light' | 'dark';
const themes: readonly Theme[] = ['auto', 'light', 'dark'];
const storage_key = 'shanhai.theme';

export const theme = ref<Theme>('auto');
/** What is shown now. */
export const is_dark = ref(false);
const prefers_dark = window.matchMedia('(prefers-color-scheme: dark)');

function apply(): void {
  is_dark.value = theme.value === 'dark' || (theme.value === 'auto' && prefers_dark.matches);
  document.documentElement.dataset.theme = is_dark.value ? 'dark' : 'light';
}

export function chooseTheme(chosen: Theme): void {
  theme.value = chosen;
  of_browser.write(storage_key, chosen === 'auto' ? null : chosen);
  apply();
}

export function restoreTheme(): void {
  theme.value = themes.find((one) => one === of_browser.read(storage_key)) ?? 'auto';
  prefers_dark.addEventListener('change', apply);
  apply();
}
