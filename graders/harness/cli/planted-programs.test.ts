import { readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { useCliFolder } from '../testing/cli.ts';

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

/** Where programs of these names lie, as seen from the folder in which somebody stands. */
const PLACES = ['.', 'bin', 'node_modules/.bin', 'class/alice/node_modules/.bin', '../node_modules/.bin'];

const folder = useCliFolder('file');
const stolen = () => readdirSync(join(folder.path, 'stolen'));

/** Runs a command beside these programs, with a PATH that leads to them first, as npm's does. */
async function run(...args: string[]) {
  const path = [
    'node_modules/.bin',
    '.',
    '',
    'bin',
    join(folder.path, 'here/node_modules/.bin'),
    process.env.PATH,
  ];
  return folder.run(args, { cwd: 'here', env: { PATH: path.join(delimiter), KEYSPACE_GRADER_SECRET: 'x' } });
}

beforeAll(async () => {
  await folder.write('stolen/.keep', '');
  for (const place of PLACES)
    for (const name of PROGRAMS)
      await folder.write(
        join('here', place, name),
        `#!/bin/sh\n/usr/bin/env > '${folder.path}/stolen/${name}'\nexit 1\n`,
        0o755,
      );
  await folder.write('here/class/alice/solution.sh', 'valkey-cli PING\nnode --version\n');
  await folder.write('here/solution.py', WORK);
});

describe('programs that lie in the way of the grader', () => {
  it.each([
    ['a shell script', ['grade', 'sessions/cantina', 'class/alice', '--json', '-'], '"score"'],
    ['a Python script', ['grade', 'sessions/cantina', 'solution.py', '--json', '-'], '"score"'],
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
    await run('grade', 'sessions/cantina', 'solution.py', ...local, '--report', 'classroom50');
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
});
