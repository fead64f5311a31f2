import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadEvidence } from '../../batch/evidence-store.ts';
import {
  at,
  batchCall,
  CHALLENGE,
  comparableResults,
  readRecords,
  seeded,
  studentName,
  writeClass,
} from '../batch.ts';
import { type CliResult, useCliFolder } from '../cli.ts';
import { dockerForTests } from '../docker.ts';
import { expectNothingLeft } from '../faults.ts';
import { containersOf, eventually, Family } from '../leftovers.ts';
import { fillDisk, mountSmallDisk, obstacleToMounting, unmountSmallDisk } from '../small-disk.ts';

const folder = useCliFolder();
const docker = await dockerForTests();
const out = () => at(folder, 'out');

/** Runs a batch, and kills it so many ms after so many submissions were graded. */
function killAfter(call: readonly string[], graded: number, moment: number): Promise<CliResult> {
  return folder.run(call, {
    started(child) {
      let lines = 0;
      const kill = () => void sleep(moment).then(() => child.kill('SIGKILL'));
      if (graded === 0) kill();
      child.stderr?.on('data', (chunk: string) => {
        const before = lines;
        lines += [...chunk.matchAll(/^\d+\/\d+ /gm)].length;
        if (before < graded && lines >= graded) kill();
      });
    },
  });
}

/** Expects that each has one record, and that its evidence is there. */
async function expectEachOnce(count: number): Promise<void> {
  const { times, records } = await readRecords(out());
  expect([...times.values()]).toEqual(Array(count).fill(1));
  for (const { evidence } of records)
    expect((await loadEvidence(out(), evidence ?? '')).challenge).toBe(CHALLENGE);
}

describe('a batch of 200 that is killed at ten moments', () => {
  it('ends with what it would have had, and grades nothing twice', async () => {
    await writeClass(folder, 200);
    expect((await folder.run(batchCall('whole', '--jobs', '2'))).code).toBe(0);
    const random = seeded(1977);
    for (let kill = 0; kill < 10; kill += 1) {
      // Two of them while it starts; the others leave enough for ten.
      const graded = kill % 5 === 0 ? 0 : 1 + Math.floor(random() * 15);
      const moment = Math.floor(random() * (graded === 0 ? 500 : 40));
      const { signal } = await killAfter(batchCall('out', '--jobs', '2'), graded, moment);
      expect(signal).toBe('SIGKILL');
    }
    const { code, stdout } = await folder.run(batchCall('out', '--jobs', '2'));
    expect(code).toBe(0);
    expect(stdout).toContain('200 submissions, 1 challenge');
    expect(await comparableResults(out())).toEqual(await comparableResults(at(folder, 'whole')));
    await expectEachOnce(200);
    expect(await folder.names()).toEqual(['class', 'out', 'whole']);
    await expectNothingLeft(folder.temporary);
  }, 300_000);
});

const obstacle = await obstacleToMounting();

describe('a batch on a full disk', () => {
  beforeEach(async ({ skip }) => {
    if (obstacle !== null) skip(obstacle);
    await mountSmallDisk(out(), 'size=32m');
  });
  afterEach(() => {
    if (obstacle === null) unmountSmallDisk(out());
  });

  // How much room is left decides what there is no room for: the journal, evidence, results.
  it.each([0, 4, 24, 64, 160])(
    'with %i KiB left, loses nothing, says so, and goes on once there is room',
    async (left) => {
      await writeClass(folder, 14);
      expect((await folder.run(batchCall('whole'))).code).toBe(0);
      await fillDisk(out(), left * 1024);
      const { code, stderr } = await folder.run(batchCall('out', '--jobs', '2'));
      expect(code).toBe(3);
      expect(stderr).toMatch(/^keyspace-grader: .*ENOSPC/m);
      expect(stderr).not.toMatch(/^\s+at |a fault of the grader/m);
      await expectNothingLeft(folder.temporary);
      const told = [...stderr.matchAll(/^\d+\/14 (\S+) /gm)].map(([, name]) => name);
      const before = told.length === 0 ? [] : (await readRecords(out())).records;
      expect(before.map(({ submission }) => submission)).toEqual(told);

      await rm(join(out(), 'filler'));
      const next = await folder.run(batchCall('out', '--jobs', '2'));
      expect(next.code).toBe(0);
      expect([...next.stderr.matchAll(/^\d+\/14 /gm)].length).toBe(14 - before.length);
      expect(await comparableResults(out())).toEqual(await comparableResults(at(folder, 'whole')));
      await expectEachOnce(14);
      await expectNothingLeft(folder.temporary);
    },
  );
});

describe.skipIf(!docker || process.platform !== 'linux')('a batch in the container sandbox', () => {
  const call = () => [
    ...['batch', CHALLENGE, '--submissions', 'class', '--out', 'out', '--jobs', '2'],
    ...['--sandbox', 'container'],
  ];

  beforeEach(async () => {
    await writeClass(folder, 3);
    for (let index = 3; index < 6; index += 1)
      await folder.write(`class/${studentName(index)}/solution.sh`, 'valkey-cli SET a b\nsleep 0.2\n');
  });

  it('grades command files and scripts, and leaves no container', async () => {
    let grader = new Family(0);
    const { code, stdout } = await folder.run(call(), {
      started(child) {
        grader = new Family(child.pid ?? 0);
        child.stderr?.on('data', () => grader.pids());
      },
    });
    expect(code).toBe(0);
    expect(stdout).toContain('0 passed, 6 not yet, 0 not started, 0 not graded');
    await expectEachOnce(6);
    await expectNothingLeft(folder.temporary, grader);
  });

  it.each([1, 2])('ended by %i SIGINT, leaves no container', async (signals) => {
    let grader = new Family(0);
    const { code } = await folder.run(call(), {
      started(child) {
        grader = new Family(child.pid ?? 0);
        void eventually(() => (containersOf(grader).length >= 2 ? true : undefined)).then(() =>
          child.kill('SIGINT'),
        );
        child.stderr?.on('data', (chunk: string) => {
          if (signals === 2 && chunk.includes('once more to stop at once')) child.kill('SIGINT');
        });
      },
    });
    expect(code).toBe(130);
    await expectNothingLeft(folder.temporary, grader);
  });

  it.each([2, 4])(
    'killed with %i containers, leaves them to the next run, which goes on',
    async (running) => {
      let grader = new Family(0);
      const killed = await folder.run(call(), {
        started(child) {
          grader = new Family(child.pid ?? 0);
          void eventually(() => (containersOf(grader).length >= running ? true : undefined)).then(() =>
            grader.kill(),
          );
        },
      });
      expect(killed.signal).toBe('SIGKILL');
      expect(containersOf(grader).length).toBeGreaterThan(0);
      expect((await folder.run(call())).code).toBe(0);
      await expectEachOnce(6);
      await expectNothingLeft(folder.temporary, grader);
    },
  );
});
