import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { which } from '../base/which.ts';
import { useCliFolder } from '../testing/cli.ts';
import { CLASSROOM50 } from '../testing/format-cases.ts';

/** Programs that the grader runs by their names, or that those run in turn. */
const PROGRAMS = [
  ...[
    'sh',
    'bash',
    'env',
    'node',
    'npm',
    'python3',
    'true',
    'unshare',
    'prlimit',
    'chmod',
    'rm',
    'ps',
    'stty',
  ],
  ...['git', 'ssh', 'docker', 'docker-credential-desktop', 'valkey-server', 'valkey-cli', 'redis-cli'],
];

const WORK = 'import os, socket; print(os.environ["VALKEY_PORT"])\n';

/** What only scripts run: a virtual environment in the current folder may bring it. */
const OF_SCRIPTS = ['bash', 'python3'];

/** Where programs of these names lie, as seen from the folder in which somebody stands. */
const PLACES = [
  ...['.', 'bin', 'node_modules/.bin', '.venv/bin', '.git/hooks', '../node_modules/.bin'],
  ...['class/alice', 'class/alice/bin', 'class/alice/node_modules/.bin', 'class/alice/.venv/bin'],
];

/** Named in the PATH by its whole path, as a virtual environment that is active. */
const ACTIVE = 'active/bin';

const folder = useCliFolder('file');
const stolen = () => readdirSync(join(folder.path, 'stolen'));

/** Runs a command beside these programs, with a PATH that leads to them first, as npm's does. */
async function run(...args: string[]) {
  const path = [
    'node_modules/.bin',
    '.',
    '',
    'bin',
    '.venv/bin',
    join(folder.path, 'here/node_modules/.bin'),
    join(folder.path, 'here', ACTIVE),
    process.env.PATH,
  ];
  return folder.run(args, {
    cwd: 'here',
    env: { ...CLASSROOM50, PATH: path.join(delimiter), KEYSPACE_GRADER_SECRET: 'x' },
  });
}

/** Puts a program there that tells that it was run, and what it could have told others. */
async function plant(place: string, name: string): Promise<void> {
  const steal = `#!/bin/sh\n/usr/bin/env > '${folder.path}/stolen/${name}'\nexit 1\n`;
  await folder.write(join('here', place, name), steal, 0o755);
}

beforeAll(async () => {
  await folder.write('stolen/.keep', '');
  for (const place of PLACES) for (const name of PROGRAMS) await plant(place, name);
  for (const name of PROGRAMS) if (!OF_SCRIPTS.includes(name)) await plant(ACTIVE, name);
  await folder.write('here/class/alice/solution.sh', 'valkey-cli PING\nnode --version\n');
  await folder.write('here/solution.py', WORK);
});

describe('programs that lie in the way of the grader', () => {
  it.each([
    ['a shell script', ['grade', 'sessions/cantina', 'class/alice', '--json', '-'], '"score"'],
    ['a Python script', ['grade', 'sessions/cantina', 'solution.py', '--json', '-'], '"score"'],
    ['several challenges', ['grade', 'sessions', 'class/alice', '--json', '-'], '"score"'],
    ['doctor', ['doctor'], 'Bash'],
  ])('are not run by %s', async (_, args, told) => {
    const local = args[0] === 'grade' ? ['--engine', 'local', '--sandbox', 'process'] : [];
    const { code, stdout, stderr } = await run(...args, ...local);
    expect(`${stdout}${stderr}`).toContain(told);
    expect(code).toBeLessThan(3);
    expect(stolen()).toEqual(['.keep']);
  });

  it('are not run where the commit of a submission is asked for, and where it is fetched', async () => {
    await folder.write('here/list.txt', `file://${folder.path}/here/no-repository nobody\n`);
    const local = ['--engine', 'local', '--sandbox', 'process'];
    const graded = await run('grade', 'sessions/cantina', 'solution.py', ...local, '--report', 'classroom50');
    expect(graded.code, graded.stderr).toBe(0);
    const { stderr } = await run(
      'batch',
      'sessions/cantina',
      '--clone',
      'list.txt',
      '--out',
      'out',
      ...local,
    );
    expect(stderr).toContain('does not appear to be a git repository');
    expect(stolen()).toEqual(['.keep']);
  });

  it.skipIf(!which('python3'))(
    'are what a script finds, where they are of an environment that is active',
    async () => {
      const python = `#!/bin/sh\nexec '${which('python3')}' -c 'print("the active one")'\n`;
      for (const place of ['here/venv/bin', 'elsewhere/bin']) {
        await folder.write(`${place}/python3`, python, 0o755);
        const PATH = [join(folder.path, place), process.env.PATH].join(delimiter);
        const call = { cwd: 'here', env: { PATH } };
        await folder.run(
          ['grade', 'sessions/cantina', 'solution.py', '--engine', 'local', '--evidence', 'seen.json'],
          call,
        );
        expect(await readFile(join(folder.path, 'here/seen.json'), 'utf8')).toContain('the active one');
      }
    },
  );
});
