import { useMedia } from '../shared/media';

/** In ems, as in the styles: whoever reads large letters needs the telephone's page on a wide window too. */
export const useWide = () => useMedia('(min-width: 56.25em)');

/** Browsers of long ago know no dialog. */
export const can_open_dialog = typeof HTMLDialogElement !== 'undefined' && 'showModal' in HTMLDialogElement.prototype;
