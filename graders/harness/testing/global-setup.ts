import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { findLocalValkey } from '../engine/local/find.ts';
import { PROJECT_ROOT } from '../project.ts';

/** Before all tests: the CLI is built from the sources under test, and Valkey is fetched once. */
export async function setup(): Promise<void> {
  execFileSync(process.execPath, [join(PROJECT_ROOT, 'scripts', 'build.mjs')], { stdio: 'inherit' });
  await findLocalValkey((line) => process.stderr.write(`${line}\n`));
}
