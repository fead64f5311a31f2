import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownerToken } from '../../base/owner.ts';
import { PROJECT_ROOT } from '../../base/project.ts';
import { useCliFolder } from '../cli.ts';
import { dockerForTests } from '../docker.ts';
import { expectFault, expectNothingLeft } from '../faults.ts';
import { fillDisk, mountSmallDisk, obstacleToMounting, unmountSmallDisk } from '../small-disk.ts';

const CHALLENGE = 'sessions/cantina';
const FIXTURES = join(PROJECT_ROOT, 'fixtures', CHALLENGE, 'pass');
/** No process has it: Linux counts to 2^22. */
const NO_PID = 2 ** 22 + 1;
const obstacle = await obstacleToMounting();
const docker = await dockerForTests();
const folder = useCliFolder();
const disk = () => join(folder.path, 'disk');

beforeEach(({ skip }) => {
  if (obstacle !== null) skip(obstacle);
});

/** Gives each test a disk, as its options say. */
function useDisk(options?: string): void {
  beforeEach(async () => mountSmallDisk(disk(), options));
  afterEach(() => {
    if (obstacle === null) unmountSmallDisk(disk());
  });
}

const NO_ROOM = /There is no room for temporary files in .*\/disk: ENOSPC/;

function grade(script: string, ...args: string[]) {
  const call = ['grade', CHALLENGE, join(FIXTURES, script), '--engine', 'local', ...args];
  return folder.run(call, { env: { TMPDIR: disk() } });
}

describe('a full disk for temporary files', () => {
  useDisk();

  it('ends the grading of a script, and costs no points', async () => {
    await fillDisk(disk());
    const result = await grade('slow.sh', '--json', 'report.json');
    await expectFault(result, folder, NO_ROOM);
    expect(result.stderr).toContain('TMPDIR');
    expect(await folder.names()).toEqual(['disk', 'report.json']);
    expect((await grade('workshop.valkey', '--quiet')).code).toBe(0);
    await expectNothingLeft(disk(), undefined, ['filler']);
  });

  it.skipIf(!docker)('ends a grading in the container sandbox', async () => {
    await fillDisk(disk());
    const result = await folder.run(
      ['grade', CHALLENGE, join(FIXTURES, 'slow.sh'), '--sandbox', 'container', '--json', 'report.json'],
      { env: { TMPDIR: disk() } },
    );
    await expectFault(result, folder, NO_ROOM);
    await expectNothingLeft(disk(), undefined, ['filler']);
  });

  it('is told also where the report is to go there', async () => {
    await fillDisk(disk());
    const { code, stdout, stderr } = await grade('slow.sh', '--json', join(disk(), 'report.json'));
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/report\.json cannot be written: ENOSPC/);
    expect(stderr).toMatch(NO_ROOM);
    await expectNothingLeft(disk(), undefined, ['filler']);
  });
});

describe('a disk for temporary files on which no folder can be made', () => {
  useDisk('nr_inodes=1');

  it('ends the grading, and costs no points', async () => {
    await expectFault(await grade('workshop.valkey', '--json', 'report.json'), folder, NO_ROOM);
  });
});

describe('a folder for temporary files that is not there', () => {
  it('ends the grading, and costs no points', async () => {
    const result = await folder.run(
      ['grade', CHALLENGE, join(FIXTURES, 'workshop.valkey'), '--engine', 'local', '--json', 'report.json'],
      { env: { TMPDIR: join(folder.path, 'nowhere') } },
    );
    await expectFault(result, folder, /No temporary files can be made in .*nowhere: ENOENT/);
  });
});

describe('a full disk for what is written', () => {
  useDisk();

  it.each(['--json', '--evidence'])('%s: exit code 2, and nothing half-written', async (option) => {
    // Room for the beginning of the file: a page.
    await fillDisk(disk(), 4096);
    const file = join(disk(), 'output.json');
    await folder.write('solution.valkey', `ECHO ${'x'.repeat(8192)}\n`);
    const { code, stdout, stderr } = await folder.run([
      'grade',
      CHALLENGE,
      '--engine',
      'local',
      option,
      file,
    ]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^keyspace-grader: .*output\.json cannot be written: ENOSPC/);
    await expectNothingLeft(disk(), undefined, ['filler']);
  });

  it('an older file stays as it was', async () => {
    await folder.write('disk/report.json', 'older\n');
    await fillDisk(disk());
    expect((await grade('workshop.valkey', '--json', join(disk(), 'report.json'))).code).toBe(2);
    expect(await readFile(join(disk(), 'report.json'), 'utf8')).toBe('older\n');
    await expectNothingLeft(disk(), undefined, ['filler', 'report.json']);
  });
});

describe('what a dead run left and cannot be removed', () => {
  it('keeps nobody from grading', async () => {
    // A disk mounted there stands for a folder of another user.
    const [host, namespace] = ownerToken().split('.');
    const path = join(folder.temporary, `keyspace-grader.${host}.${namespace}.${NO_PID}.1.x`);
    await mountSmallDisk(path);
    try {
      const { code, stderr } = await folder.run([
        'grade',
        CHALLENGE,
        join(FIXTURES, 'workshop.valkey'),
        '--engine',
        'local',
        '--quiet',
      ]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    } finally {
      unmountSmallDisk(path);
    }
    expect(
      (await folder.run(['grade', CHALLENGE, join(FIXTURES, 'workshop.valkey'), '--engine', 'local'])).code,
    ).toBe(0);
    await expectNothingLeft(folder.temporary);
  });
});
