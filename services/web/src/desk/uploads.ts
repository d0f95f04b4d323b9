/** Files that are handed in at the desk, by whoever is signed in. */

import { transportBelow, type StoredFile, type Transport } from '../shared/uploads';
import { authorised } from './session';

export * from '../shared/uploads';

export type Shelf = 'evidence' | 'pictures';

export function transportTo(shelf: Shelf): Transport {
  return transportBelow(`/v1/${shelf}`, (path, options) => authorised<StoredFile>(path, options));
}
