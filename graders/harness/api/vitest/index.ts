// What tests import as `keyspace-grader/vitest`.
import { matchers } from './matchers/matchers.ts';
import type { ValkeyMatchers } from './matchers/types.ts';
import type { GradeChallengesOptions } from './options.ts';
import { installedVitest, requireVitest } from './supported-vitest.ts';

export type * from './matchers/types.ts';
export type { GradeChallengesOptions } from './options.ts';

declare module 'vitest' {
  interface Matchers<T> extends ValkeyMatchers<T> {}
}

requireVitest(installedVitest());
// Not imported at the top: a missing vitest would end there with an error of Node's.
const { expect } = await import('vitest');
expect.extend(matchers);

/**
 * Makes tests of challenges, in a test file of vitest: `await gradeChallenges()`. Each challenge is a
 * `describe`, each check a `test`: passed, failed with what was expected and found, skipped where a check
 * that it needs did not pass, todo where the challenge is not started.
 *
 * `challenges` are such as `sessions/cantina`, `sessions`, `all`, or several with commas between them; those
 * that have a folder are graded where it is left out. Rejects where there is no such challenge.
 */
export async function gradeChallenges(
  challenges?: string,
  options: GradeChallengesOptions = {},
): Promise<void> {
  // The graders take longer to load than the matchers, which are used without them as well.
  const { defineChallengeTests } = await import('./challenge-tests.ts');
  await defineChallengeTests(challenges, options);
}
