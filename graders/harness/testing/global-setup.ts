import { execFileSync } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { PROJECT_ROOT } from '../base/project.ts';
import { which } from '../base/which.ts';
import { findLocalValkey } from '../recording/engine/local/find.ts';

/** Before all tests: the CLI is built from the sources under test, Valkey is fetched once, and Python is found. */
export async function setup(): Promise<void> {
  usePythonItself();
  execFileSync(process.execPath, [join(PROJECT_ROOT, 'scripts', 'build.mjs')], { stdio: 'inherit' });
  await findLocalValkey((line) => process.stderr.write(`${line}\n`));
}

/**
 * A version manager's python3 is a shell script that takes thirty times as long as Python itself, which tests start
 * hundreds of times: the folder of the real one goes first.
 */
function usePythonItself(): void {
  if (!which('python3')) return;
  const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)']).toString().trim();
  process.env.PATH = [dirname(python), process.env.PATH].join(delimiter);
}
