import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../base/project.ts';
import { CLI, useCliFolder } from '../testing/cli.ts';
import { mountSmallDisk, obstacleToMounting, unmountSmallDisk } from '../testing/small-disk.ts';
import { hasTerminals, TestTerminal } from '../testing/terminal.ts';

const CHALLENGE = 'sessions/cantina';
const NO_DOCKER = { DOCKER_HOST: 'unix:///nonexistent/docker.sock' };
const RIGHT = join(PROJECT_ROOT, 'fixtures', CHALLENGE, 'pass');
const LOCAL = ['--engine', 'local', '--quiet'];
const obstacle = await obstacleToMounting();
const folder = useCliFolder();

/** A right script as a program of its own. */
async function writeRight(name: string): Promise<void> {
  const script = await readFile(join(RIGHT, 'heredoc.sh'), 'utf8');
  await folder.write(name, `#!/usr/bin/env bash\n${script}`, 0o755);
}

describe('a folder for temporary files with an odd name', () => {
  it.each(['a b', `it's "quoted" $HOME %s`, 'Größe\nzwei', 'a:b', 'd'.repeat(200)])('%j', async (name) => {
    await writeRight('solution');
    await mkdir(join(folder.path, name));
    for (const TMPDIR of [join(folder.path, name), name])
      expect(await folder.run(['grade', CHALLENGE, ...LOCAL], { env: { TMPDIR } })).toMatchObject({
        code: 0,
        stderr: '',
      });
  });
});

describe.skipIf(obstacle !== null)('a folder for temporary files from which no program runs', () => {
  beforeEach(() => mountSmallDisk(join(folder.path, 'noexec'), 'noexec'));
  afterEach(() => unmountSmallDisk(join(folder.path, 'noexec')));

  it.each(['solution.sh', 'solution'])('%s is graded all the same', async (name) => {
    await writeRight(name);
    const env = { TMPDIR: join(folder.path, 'noexec') };
    expect(await folder.run(['grade', CHALLENGE, ...LOCAL], { env })).toMatchObject({ code: 0, stderr: '' });
  });

  it('is told by doctor, with what is taken in its place', async () => {
    const env = { ...NO_DOCKER, TMPDIR: join(folder.path, 'noexec') };
    const { code, stdout } = await folder.run(['doctor', '--json'], { env });
    expect(code).toBe(0);
    const { findings } = JSON.parse(stdout) as { findings: { id: string; found: string }[] };
    expect(findings.find(({ id }) => id === 'temporary')?.found).toMatch(
      /free in \/tmp; .*noexec: no program can be run in it \(noexec\)$/,
    );
  });
});

describe('what lies beside a script', () => {
  it('costs nothing, however much it is, and whatever it is called', async () => {
    await writeRight('class/ann/solution.sh');
    await writeFile(join(folder.path, 'class/ann/film'), '');
    await truncate(join(folder.path, 'class/ann/film'), 65 * 1024 ** 2);
    await writeRight('class/ben/solution.sh');
    execFileSync('sh', ['-c', 'touch "$(printf \'L\\366sung.pdf\')"'], {
      cwd: join(folder.path, 'class/ben'),
    });
    const { code, stdout } = await folder.run([
      ...['batch', CHALLENGE, '--submissions', 'class', '--out', 'graded'],
      ...['--engine', 'local', '--sandbox', 'process'],
    ]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('2 passed, 0 not yet') });
    const journal = await readFile(join(folder.path, 'graded/journal.jsonl'), 'utf8');
    expect(journal).toContain('Left out: film (too large).');
    expect(journal).toContain('Left out: L\ufffdsung.pdf (its name is not UTF-8).');
  });
});

describe('a current folder that is gone', () => {
  it.each([
    [['grade', CHALLENGE]],
    [['list']],
    [['doctor']],
    [['batch', CHALLENGE, '--submissions', '/tmp', '--out', 'out']],
    [['hint']],
  ])('is told: %j', (args) => {
    const { code, stdout, stderr } = fromNowhere(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^keyspace-grader: The current folder no longer exists: .*`cd ~`/);
  });

  it('is no matter to --help', () => {
    expect(fromNowhere(['--help'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Usage: /),
      stderr: '',
    });
  });

  function fromNowhere(args: string[]) {
    const gone = 'mkdir gone && cd gone && rmdir ../gone && exec "$@"';
    const { status, stdout, stderr } = spawnSync('sh', ['-c', gone, 'sh', process.execPath, CLI, ...args], {
      cwd: folder.path,
      encoding: 'utf8',
    });
    return { code: status, stdout, stderr };
  }
});

describe.skipIf(!hasTerminals)('a terminal that is closed', () => {
  it('ends the program as SIGHUP does, and leaves no stack trace', async () => {
    await folder.write('solution.valkey', 'PING\n');
    const terminal = new TestTerminal(['watch', CHALLENGE, '--engine', 'local'], { cwd: folder.path });
    await terminal.sees(/sessions\/cantina/);
    terminal.close();
    expect((await terminal.end).code).toBe(129);
  });
});
