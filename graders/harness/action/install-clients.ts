import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as core from '@actions/core';
import { InfrastructureError } from '../base/errors.ts';
import { PROJECT_ROOT } from '../base/project.ts';
import { runProgram } from '../base/run-program.ts';

let installing: Promise<void> | undefined;

/**
 * Installs what scripts in other languages than command files are given: iovalkey, tsx, a valkey-cli. They
 * come with this package where it is installed; the action is downloaded without its dependencies.
 * Throws InfrastructureError.
 */
export function installClients(): Promise<void> {
  const there = ['node_modules/iovalkey', 'node_modules/tsx', 'dist/valkey-cli.js'].every((path) =>
    existsSync(join(PROJECT_ROOT, path)),
  );
  if (there) return Promise.resolve();
  installing ??= core.group('Installing the client libraries for scripts (once)', install);
  return installing;
}

async function install(): Promise<void> {
  const { exitCode, stderr } = await runProgram('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: PROJECT_ROOT,
  });
  if (exitCode === 0) return;
  throw new InfrastructureError(
    `The client libraries for scripts could not be installed: ${stderr.slice(-2000)}`,
  );
}
