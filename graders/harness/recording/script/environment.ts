import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { SCRATCH_VARIABLE } from '../../base/stray-processes.ts';
import { scriptPath } from '../../base/which.ts';
import type { ServerAddress } from '../../valkey/client/address.ts';

/** The variables of the grader's own environment that a script may see. */
const PASSED_ON = [
  'LANG',
  'LC_ALL',
  'LC_CTYPE',
  'TZ',
  'PYENV_ROOT',
  'PYENV_VERSION',
  'VIRTUAL_ENV',
  'SYSTEMROOT',
];

export interface EnvironmentRequest {
  address: ServerAddress;
  /** The run's temporary folder, with `bin`, `home` and `tmp` in it. */
  folder: string;
}

/**
 * The environment of a learner's script: where the server is, a PATH that finds `valkey-cli`, folders of
 * its own, and nothing else of ours.
 */
export function scriptEnvironment({ address, folder }: EnvironmentRequest): Record<string, string> {
  const passedOn = PASSED_ON.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(passedOn),
    ...serverVariables(address),
    PATH: [join(folder, 'bin'), scriptPath()].join(delimiter),
    HOME: join(folder, 'home'),
    TMPDIR: join(folder, 'tmp'),
    // Packages that the learner installed with `pip install --user` stay importable.
    PYTHONUSERBASE: join(homedir(), '.local'),
    PYTHONUNBUFFERED: '1',
    PYTHONDONTWRITEBYTECODE: '1',
    [SCRATCH_VARIABLE]: folder,
  };
}

/** The variables that tell a script where the server is, under both names. */
export function serverVariables({ host, port }: ServerAddress): Record<string, string> {
  // Every client knows the scheme redis; not every one knows valkey.
  const variables = { HOST: host, PORT: String(port), URL: `redis://${host}:${port}` };
  return Object.fromEntries(
    ['VALKEY', 'REDIS'].flatMap((prefix) =>
      Object.entries(variables).map(([name, value]) => [`${prefix}_${name}`, value] as const),
    ),
  );
}
