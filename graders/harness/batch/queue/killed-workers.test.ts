import { spawn } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../../base/project.ts';
import { CLI, useCliFolder } from '../../testing/cli.ts';
import { expectNothingLeft } from '../../testing/faults.ts';
import { useQueueServer } from '../../testing/queue-server.ts';

const CHALLENGE = 'sessions/cantina';
const SUBMISSIONS = 120;
/** How often a worker is killed before the others begin, and how often at most while they work. */
const KILLS_ALONE = 4;
const KILLS_BESIDE = 6;
/** A worker is killed after it got through so many submissions. */
const GRADED_BEFORE_KILL = 2;
const WHERE = ['--engine', 'local', '--sandbox', 'process'];

const folder = useCliFolder();
const server = useQueueServer();

const KINDS = ['pass/lua', 'pass/other-order', 'fail/empty', 'fail/wrong-database', 'fail/never-paid'];

/** Submissions of several kinds, right and wrong. */
async function writeClass(): Promise<void> {
  for (let index = 0; index < SUBMISSIONS; index += 1) {
    const submission = join(folder.path, 'class', `learner-${index}`);
    await mkdir(submission, { recursive: true });
    const kind = `${KINDS[index % KINDS.length]}.valkey`;
    await copyFile(join(PROJECT_ROOT, 'fixtures', CHALLENGE, kind), join(submission, 'solution.valkey'));
  }
}

/** Everything of a batch's results but for times. */
async function resultsOf(out: string): Promise<unknown> {
  const text = await readFile(join(folder.path, out, 'results.json'), 'utf8');
  const times = new Set(['finishedAt', 'tookMs', 'elapsedMs', 'settings']);
  return JSON.parse(text, (key, value: unknown) => (times.has(key) ? undefined : value));
}

/**
 * Starts a process and kills it, so many ms after it told so many lines on the challenge; resolves with what it
 * told, and whether it ran until then.
 */
async function killed(args: readonly string[], lines: number, afterMs: number) {
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: folder.path,
    env: { ...process.env, TMPDIR: folder.temporary, KEYSPACE_GRADER_QUEUE: server.url },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let told = '';
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const toldEnough = new Promise<void>((resolve) => {
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      told += chunk;
      if (told.split(CHALLENGE).length > lines) resolve();
    });
  });
  await Promise.race([toldEnough, closed]);
  await Promise.race([sleep(afterMs), closed]);
  const wasRunning = child.exitCode === null;
  child.kill('SIGKILL');
  await closed;
  return { wasRunning, told };
}

describe('workers that die', () => {
  it.skipIf(process.platform === 'win32')(
    'lose nothing, and nothing is counted twice: results are those of a batch',
    { timeout: 300_000 },
    async () => {
      await writeClass();
      const run = (...args: string[]) => folder.run(args, { env: { KEYSPACE_GRADER_QUEUE: server.url } });
      const worker = ['worker', ...WHERE, '--jobs', '1', '--once'];
      expect(await run('enqueue', CHALLENGE, '--submissions', 'class', '--out', 'queued')).toMatchObject({
        code: 0,
        stdout: expect.stringContaining(`${SUBMISSIONS} submissions put in the queue`),
      });
      let kills = 0;
      let told = '';
      const killAgainAndAgain = async (times: number) => {
        for (let round = 0; round < times; round += 1) {
          const one = await killed(worker, GRADED_BEFORE_KILL, 11 * kills);
          told += one.told;
          if (!one.wasRunning) return;
          kills += 1;
        }
      };
      const collectAllTheSame = async () => {
        for (const lines of [10, 30]) await killed(['collect', '--out', 'queued'], lines, 3);
        return run('collect', '--out', 'queued');
      };
      await killAgainAndAgain(KILLS_ALONE);
      expect(kills).toBe(KILLS_ALONE);
      const [first, second, collected] = await Promise.all([
        run(...worker),
        run(...worker),
        collectAllTheSame(),
        killAgainAndAgain(KILLS_BESIDE),
      ]);
      expect([first.code, second.code]).toEqual([0, 0]);
      expect(told + first.stderr + second.stderr).toContain(
        'a worker that died was at went back to the queue',
      );
      expect(collected).toMatchObject({
        code: 0,
        stdout: expect.stringContaining(`${SUBMISSIONS} submissions,`),
      });
      expect(await readdir(join(folder.path, 'queued', 'evidence', CHALLENGE))).toHaveLength(SUBMISSIONS);
      expect(await run('regrade', 'queued', '--dry-run')).toMatchObject({
        code: 0,
        stdout: expect.stringContaining(`${SUBMISSIONS} submissions judged again: 0 gained, 0 lost`),
      });
      await server.client.select(3);
      expect((await server.client.keys('*')).filter((key) => /:[0-9a-f]{40}/.test(key))).toEqual([]);
      // Sweeps what the killed ones left, too.
      expect(
        await run('batch', CHALLENGE, '--submissions', 'class', '--out', 'batch', ...WHERE),
      ).toMatchObject({
        code: 0,
      });
      expect(await resultsOf('queued')).toEqual(await resultsOf('batch'));
      await expectNothingLeft(folder.temporary);
    },
  );
});
