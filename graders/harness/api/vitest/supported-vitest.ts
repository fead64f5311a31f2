import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../base/project.ts';
import { isAtLeast } from '../../valkey/notation/version.ts';
import { plainError } from './plain-error.ts';

/** The first version that gives hooks the file they belong to. */
const LEAST = '4.1';

/**
 * Throws an error without a stack trace if this version of vitest is too old, or if there is none (undefined).
 * A peer dependency cannot say so: with an optional one, npm 8 to 11.5 fail to install this package at all.
 */
export function requireVitest(version: string | undefined): void {
  if (version !== undefined && isAtLeast(version, LEAST)) return;
  const found = version === undefined ? 'vitest is not installed' : `this is vitest ${version}`;
  throw plainError(
    'Unsupported vitest',
    `keyspace-grader/vitest needs vitest ${LEAST} or later (5 works too), but ${found}.\n` +
      'Install it with: npm install --save-dev vitest@4',
  );
}

/** The version of the vitest that this package can import; undefined if there is none. */
export function installedVitest(): string | undefined {
  try {
    const fromHere = createRequire(join(PROJECT_ROOT, 'package.json'));
    return (fromHere('vitest/package.json') as { version: string }).version;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    return undefined;
  }
}
