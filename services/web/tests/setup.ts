/** Node 18 keeps WebCrypto in a module, where browsers and later Nodes have it globally. */

import { webcrypto } from 'node:crypto';

if (!globalThis.crypto) Object.defineProperty(globalThis, 'crypto', { get: () => webcrypto, configurable: true });
