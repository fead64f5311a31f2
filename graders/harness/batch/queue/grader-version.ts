import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageVersion } from '../../base/project.ts';
import type { Collection } from '../../challenges/collection/collection.ts';
import { graderFile } from '../../challenges/grader/load.ts';
import type { GraderVersion } from './job.ts';

/** What a challenge is graded with here. Throws UsageError for a challenge that is not known. */
export async function graderVersion(challenge: string, collection: Collection): Promise<GraderVersion> {
  const hash = createHash('sha256').update(
    withUnixLines(await readFile(await graderFile(challenge, collection))),
  );
  const checks = await readFile(join(collection.graders, `${challenge}.checks.ts`)).catch(
    // Most challenges have no checks of their own.
    () => undefined,
  );
  if (checks) hash.update('\0').update(withUnixLines(checks));
  return { version: packageVersion(), digest: hash.digest('hex').slice(0, 16) };
}

/** Git may write other line ends on another system. */
function withUnixLines(bytes: Buffer): string {
  return bytes.toString('utf8').replaceAll('\r\n', '\n');
}
