/**
 * What the server wrote into the page beside its first view: answers of the services to the questions that the page asks
 * first. Each is good once, while the page is new, and only where the page itself came from the server just now.
 */

const good_for_ms = 60_000;
let answers: Record<string, unknown> | null = null;
let looked = false;

/** A page that is gone back to may come as the browser kept it, hours old; so may one without a network. */
function cameJustNow(): boolean {
  if (performance.now() > good_for_ms) return false;
  const [arrival] = performance.getEntriesByType?.('navigation') as PerformanceNavigationTiming[];
  if (arrival === undefined) return true;
  // A service worker hides what was transferred, and gives pages that it kept without their answers.
  const from_memory = arrival.transferSize === 0 && !(arrival.workerStart > 0);
  return arrival.type !== 'back_forward' && !from_memory;
}

function found(): Record<string, unknown> | null {
  const block = globalThis.document?.getElementById('first');
  if (!block || !cameJustNow()) return null;
  try {
    return JSON.parse(block.textContent ?? '') as Record<string, unknown>;
  } catch {
    return null; // Cut on its way: the services are asked as ever.
  }
}

/** The answer to `path` ("/v1/products/1"), once; null: ask. */
export function takeFirst<T>(path: string): T | null {
  if (!looked) answers = found();
  looked = true;
  const answer = answers?.[path];
  if (answer === undefined) return null;
  delete answers![path];
  return answer as T;
}

/** As if they had come with the page. */
export function giveFirst(given: Record<string, unknown>): void {
  answers = { ...given };
  looked = true;
}

/** The page stands: whatever was not taken is nobody's any more. */
export function forgetFirst(): void {
  answers = null;
  looked = true;
}
