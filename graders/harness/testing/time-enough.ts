/** How long may be waited for what is sure to come about, in ms: only a test that fails waits so long. */
export const PATIENCE = { timeout: 45_000, interval: 50 };

/** How often something is done again, and how much more time it is given each time. */
const ATTEMPTS = 4;
const LONGER = 8;

/**
 * For what must come to a certain point before a time limit stops it: does it again with a longer limit until it has
 * come so far, since a busy machine needs longer for the same. Gives back what came of the last attempt.
 */
export async function withTimeEnough<T>(
  firstMs: number,
  attempt: (timeMs: number) => Promise<T>,
  cameSoFar: (result: T) => boolean,
): Promise<T> {
  let timeMs = firstMs;
  let result = await attempt(timeMs);
  for (let count = 1; count < ATTEMPTS && !cameSoFar(result); count += 1) {
    timeMs *= LONGER;
    result = await attempt(timeMs);
  }
  return result;
}
