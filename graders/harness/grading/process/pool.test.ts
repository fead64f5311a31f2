import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { collectionAt } from '../../challenges/collection/collection.ts';
import { DEFAULT_IMAGE, RUNTIME_IMAGE } from '../../recording/engine/image.ts';
import { DEFAULT_LIMITS } from '../../recording/script/limits.ts';
import { expectNothingLeft } from '../../testing/faults.ts';
import { readCompressedEvidence } from '../compressed-evidence.ts';
import { GradingPool, GradingProcessError } from './pool.ts';
import { PROCESS_LIMITS, type ProcessLimits } from './watch.ts';

/** A grader whose check does to its process what no submission should be able to. */
const GRADER = `
title: Misdeeds
points: 1
checks:
  - id: misdeed
    title: The grader survives it
    points: 1
    kind: custom
    function: misdeed
    hints: [Behave.]
`;
const CHECKS = `
export const checks = {
  misdeed(run) {
    const told = JSON.stringify(run.commands.map(({ args }) => args));
    if (told.includes('BLOCK')) for (;;);
    if (told.includes('FILL')) for (const all = []; ; all.push(Buffer.alloc(64 * 1024 * 1024, 1)));
    if (told.includes('ABORT')) process.abort();
    if (told.includes('EXIT')) process.exit(7);
    return { passed: true };
  },
};
`;

let root: string;
const pools: GradingPool[] = [];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'pool-'));
  await mkdir(join(root, 'graders', 'mission'), { recursive: true });
  await writeFile(join(root, 'graders', 'mission', 'deeds.yaml'), GRADER);
  await writeFile(join(root, 'graders', 'mission', 'deeds.checks.ts'), CHECKS);
});
afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.close();
});
afterAll(() => rm(root, { recursive: true }));

function makePool(processes: number, limits: Partial<ProcessLimits> = {}): GradingPool {
  const pool = new GradingPool(
    {
      collection: collectionAt(root),
      testbed: { engine: 'local', sandbox: 'process', image: DEFAULT_IMAGE, runtimeImage: RUNTIME_IMAGE },
    },
    processes,
    { ...PROCESS_LIMITS, ...limits },
  );
  pools.push(pool);
  return pool;
}

async function grade(pool: GradingPool, commands: string) {
  const folder = await mkdtemp(join(root, 'submission-'));
  await writeFile(join(folder, 'solution.valkey'), commands);
  return pool.grade({ challenge: 'mission/deeds', path: folder, limits: DEFAULT_LIMITS });
}

const passed = { report: { status: 'passed', score: 1 } };

describe('a pool of processes', () => {
  it('gives back report and evidence, and what is wrong with a submission as its report', async () => {
    const pool = makePool(1);
    const { report, evidence } = await grade(pool, 'SET a 1\n');
    expect(report).toMatchObject(passed.report);
    const { runs } = await readCompressedEvidence(evidence ?? new Uint8Array(), 'it');
    expect(runs[0]?.trace.entries.map(({ args }) => args)).toEqual([['SET', 'a', '1']]);
    const nothing = pool.grade({ challenge: 'mission/deeds', path: root, limits: DEFAULT_LIMITS });
    expect(await nothing).toMatchObject({ report: { status: 'not started', score: 0 }, evidence: null });
  });

  it.skipIf(process.platform !== 'linux').each([
    ['blocks for ever', 'PING BLOCK\n', { cpuMs: 5_000 }, /more than 5 s of processor time, and was ended/],
    [
      'takes all memory',
      'PING FILL\n',
      { memoryBytes: 512 * 1024 ** 2 },
      /more than 512 MiB of memory, and was/,
    ],
  ])('ends one that %s, and it is not tried again', async (_, misdeed, limits, message) => {
    const pool = makePool(1, limits);
    const error = await grade(pool, misdeed).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(GradingProcessError);
    expect(error).toMatchObject({ isFinal: true, message: expect.stringMatching(message) });
    expect(await grade(pool, 'PING\n')).toMatchObject(passed);
  });

  it.each([
    ['ends', 'PING EXIT\n', /has died: exit code 7/],
    ['dies', 'PING ABORT\n', /has died: SIG(?:ABRT|TRAP|ILL)/],
  ])('says so where one %s, and another takes its place', async (_, misdeed, message) => {
    const pool = makePool(1);
    const error = await grade(pool, misdeed).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ isFinal: false, message: expect.stringMatching(message) });
    expect(await grade(pool, 'PING\n')).toMatchObject(passed);
  });

  it('grades neighbours meanwhile', async () => {
    const pool = makePool(2, { cpuMs: 6_000 });
    const [mallory, ...honest] = await Promise.allSettled(
      ['PING BLOCK\n', 'PING\n', 'PING EXIT\n', 'PING\n', 'PING\n'].map((text) => grade(pool, text)),
    );
    expect(mallory).toMatchObject({ status: 'rejected' });
    expect(honest.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  });

  it.skipIf(process.platform !== 'linux')('leaves nothing of those that were killed', async () => {
    const temporary = await mkdtemp(join(tmpdir(), 'pool-temporary-'));
    const before = process.env.TMPDIR;
    process.env.TMPDIR = temporary;
    try {
      const pool = makePool(2, { cpuMs: 5_000 });
      await Promise.allSettled([grade(pool, 'PING BLOCK\n'), grade(pool, 'PING EXIT\n')]);
      expect(await grade(pool, 'PING\n')).toMatchObject(passed);
      await pool.close();
      // What makes Node run TypeScript keeps what it made of the checks.
      await expectNothingLeft(temporary, undefined, [`tsx-${process.getuid?.()}`]);
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
      await rm(temporary, { recursive: true });
    }
  });

  it.skipIf(process.platform !== 'linux')('ends its processes when it is closed', async () => {
    const pool = makePool(2);
    await grade(pool, 'PING\n');
    const children = () =>
      execFileSync('ps', ['-o', 'args=', '--ppid', String(process.pid)], { encoding: 'utf8' });
    expect(children()).toContain('grading-process.js');
    await pool.close();
    expect(children()).not.toContain('grading-process.js');
  });
});
