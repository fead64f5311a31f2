import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { which } from '../../graders/harness/base/which.ts';
import { SHIPPED } from '../../graders/harness/challenges/collection/collection.ts';

const FILES = join(SHIPPED.root, '.github', 'classroom', 'gradescope');

/** What Gradescope's image would have: programs by name, each a line of shell. */
type Programs = Readonly<Record<string, string>>;

/** All that setup.sh starts, as it is where everything goes well. */
const WELL: Programs = {
  'apt-get': 'exit 0',
  'apt-cache': 'exit 0',
  npm: 'exit 0',
  node: `exec '${process.execPath}' "$@"`,
  'keyspace-grader': 'echo 0.0.0',
};

describe('the files for Gradescope', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keyspace-grader-gradescope-'));
    cpSync(FILES, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs one of the files where these programs alone are there. */
  function run(file: string, programs: Programs) {
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    for (const name of ['bash', 'dirname', 'uname']) symlinkSync(which(name) ?? '', join(bin, name));
    for (const [name, line] of Object.entries(programs)) {
      writeFileSync(join(bin, name), `#!${join(bin, 'bash')}\n${line}\n`);
      chmodSync(join(bin, name), 0o755);
    }
    const { status, stderr } = spawnSync(join(bin, 'bash'), [join(folder, file)], {
      encoding: 'utf8',
      env: { PATH: bin },
    });
    return { status, stderr };
  }

  it('setup.sh ends well where everything is there', () => {
    expect(run('setup.sh', WELL)).toEqual({ status: 0, stderr: '' });
  });

  const { 'apt-get': _, ...withoutApt } = WELL;
  it.each<[string, Programs, RegExp]>([
    [
      'no apt-get',
      withoutApt,
      /^setup\.sh: This base image \(.+\) has no apt-get\.\n.+Ubuntu, version 24\.04/,
    ],
    [
      'no network',
      { ...WELL, 'apt-get': 'exit 100' },
      /^setup\.sh: The package lists of .+ cannot be fetched/,
    ],
    ['no Valkey', { ...WELL, 'apt-cache': 'exit 100' }, /has no package valkey-server\.\n.+24\.04 or later/],
    [
      'no package to install',
      { ...WELL, 'apt-get': '[ "$1" != install ]' },
      /^setup\.sh: The packages cannot be installed/,
    ],
    ['no registry', { ...WELL, npm: 'exit 1' }, /^setup\.sh: npm cannot install keyspace-grader/],
    [
      'an old Node',
      { ...WELL, node: '[ "$1" = --version ] && echo v18.19.1' },
      /Node\.js v18\.19\.1 is too old: keyspace-grader needs 20\.19 or later/,
    ],
    [
      'a grader that does not start',
      { ...WELL, 'keyspace-grader': 'exit 1' },
      /keyspace-grader does not start/,
    ],
  ])('setup.sh says so where there is %s', (_case, programs, told) => {
    const { status, stderr } = run('setup.sh', programs);
    expect(status).toBe(1);
    expect(stderr).toMatch(told);
  });

  it('run_autograder says so where setup.sh failed', () => {
    const { status, stderr } = run('run_autograder', {});
    expect(status).toBe(1);
    expect(stderr).toContain('keyspace-grader is not installed');
  });

  it('run_autograder grades what was submitted', () => {
    const { stderr } = run('run_autograder', { 'keyspace-grader': 'echo "$*" >&2' });
    expect(stderr).toContain('grade sessions /autograder/submission --engine local');
    expect(stderr).toContain('--report gradescope=/autograder/results/results.json');
  });
});
