import { ref } from 'vue';

/** Where somebody wants to go whose page could not be fetched; null while all is well. */
export const stranded = ref<string | null>(null);
