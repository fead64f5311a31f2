import { readFileSync } from 'node:fs';
import { which } from '../../base/which.ts';
import { confinement } from '../../recording/script/confinement.ts';
import { DEFAULT_LIMITS } from '../../recording/script/limits.ts';
import { type Finding, findings } from './finding.ts';

/** The switches with which systems keep ordinary users from making namespaces, and the value that does so. */
const SWITCHES = [
  ['kernel.apparmor_restrict_unprivileged_userns', '1', '0'],
  ['kernel.unprivileged_userns_clone', '0', '1'],
  ['user.max_user_namespaces', '0', '15000'],
] as const;

/** What the process sandbox has on this machine to keep scripts within bounds. */
export async function examineSandbox(): Promise<Finding> {
  const { fine, limited } = findings('sandbox', 'Process sandbox');
  const { namespace } = await confinement(DEFAULT_LIMITS);
  if (namespace && which('prlimit')) {
    const root = process.getuid?.() === 0 ? '; you are root, and scripts are too' : '';
    return fine(`scripts get limits and a process namespace of their own${root}`);
  }
  if (process.platform !== 'linux')
    return limited('this system has no namespaces: what a script leaves running is ended by its mark alone');
  if (!which('unshare') || !which('prlimit'))
    return limited(
      'unshare or prlimit is missing: a script is less well confined',
      which('apt-get') ? 'sudo apt-get install util-linux' : null,
    );
  const closed = SWITCHES.find(([name, off]) => setting(name) === off);
  return limited(
    'scripts get no process namespace of their own: what one leaves running is ended by its mark alone',
    closed ? `sudo sysctl -w ${closed[0]}=${closed[2]}` : null,
  );
}

/** A setting of the kernel; undefined where it has none of that name. */
function setting(name: string): string | undefined {
  try {
    return readFileSync(`/proc/sys/${name.replaceAll('.', '/')}`, 'utf8').trim();
  } catch {
    // Other kernels have other settings.
    return undefined;
  }
}
