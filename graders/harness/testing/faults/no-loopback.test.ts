import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { PROJECT_ROOT } from '../../base/project.ts';
import { which } from '../../base/which.ts';
import { CLI, type CliResult, useCliFolder } from '../cli.ts';
import { expectFault } from '../faults.ts';

/** A network of its own for a program, in which nothing is switched on. */
const NO_NETWORK = ['--user', '--map-root-user', '--net'];
const unshare = which('unshare') ?? '/usr/bin/unshare';
const isPossible = spawnSync(unshare, [...NO_NETWORK, 'true']).status === 0;
const folder = useCliFolder();

function runWithout(args: readonly string[]): CliResult {
  const { status, signal, stdout, stderr } = spawnSync(
    unshare,
    [...NO_NETWORK, process.execPath, CLI, ...args],
    { cwd: folder.path, encoding: 'utf8' },
  );
  return { code: status, signal, stdout, stderr };
}

describe('a machine whose loopback interface is off', () => {
  it.skipIf(!isPossible)('costs a script that cannot reach its server no points', async () => {
    const script = join(PROJECT_ROOT, 'fixtures/sessions/cantina/pass/field-by-field.sh');
    const args = ['grade', 'sessions/cantina', script, '--engine', 'local', '--json', 'report.json'];
    await expectFault(runWithout(args), folder, /No port on 127\.0\.0\.1 can be opened and reached/);
  });
});
