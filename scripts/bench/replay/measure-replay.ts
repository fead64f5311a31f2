import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { runCleanups } from '../../../graders/harness/base/cleanup.ts';
import { SHIPPED } from '../../../graders/harness/challenges/collection/collection.ts';
import { loadGrader } from '../../../graders/harness/challenges/grader/load.ts';
import { gradeScript } from '../../../graders/harness/grading/grade.ts';
import { prepareTestbed } from '../../../graders/harness/grading/testbed.ts';
import { DEFAULT_IMAGE } from '../../../graders/harness/recording/engine/image.ts';
import { DEFAULT_LIMITS } from '../../../graders/harness/recording/script/limits.ts';
import { findScript } from '../../../graders/harness/recording/submission/find.ts';
import { median } from '../measure.ts';
import { localEngine, onServer, type RecordedRun, type ReplayAgain } from './recorded.ts';
import {
  addedPercent,
  COMMANDS,
  type ReplayCase,
  type ReplayMeasurement,
  type ReplayRow,
  summariseReplay,
} from './result.ts';

const CHALLENGE = 'sessions/cantina';
const SUBMISSION = join(SHIPPED.fixtures, CHALLENGE, 'pass', 'workshop.valkey');
const CHILD = fileURLToPath(new URL('child.ts', import.meta.url));
/** How often each is measured, and how many submissions a round of the batch has. */
const ROUNDS = { grade: 9, batch: 5, long: 3 } as const satisfies Record<ReplayCase, number>;
const BATCH = 30;

/** Grades a script; gives back the run that it recorded. */
type Grade = (path: string) => Promise<RecordedRun>;

/**
 * What running a trace once more takes. No grading goes without it, so it is timed by itself: runs are recorded by
 * gradings, and what these do last is done again with them. `tell` is told what runs. Throws what grading throws.
 */
export async function measureReplay(tell: (what: string) => void): Promise<ReplayRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-replay-'));
  try {
    const grade = await grading();
    tell('recording runs');
    const short = await grade(SUBMISSION);
    const long = await grade(await longScript(folder));
    if (long.run.trace.entries.length !== COMMANDS)
      throw new Error(`the long trace has ${long.run.trace.entries.length} commands`);
    const measure = async (id: ReplayCase, time: () => Promise<number>) => {
      const figures: number[] = [];
      for (let round = 1; round <= ROUNDS[id]; round += 1) {
        tell(`replay, ${id}, round ${round} of ${ROUNDS[id]}`);
        figures.push(await time());
      }
      return { id, median: median(figures), least: Math.min(...figures) };
    };
    const shortFile = await written(join(folder, 'short.json'), short);
    const longFile = await written(join(folder, 'long.json'), long);
    // A first round lets the compiler do its work, and is not counted.
    await addedToBatch(grade, short);
    const measurements: ReplayMeasurement[] = [
      await measure('grade', () => firstOfProcess(shortFile)),
      await measure('batch', () => addedToBatch(grade, short)),
      await measure('long', () => firstOfProcess(longFile)),
    ];
    return summariseReplay(measurements);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function grading(): Promise<Grade> {
  const grader = await loadGrader(CHALLENGE, SHIPPED);
  const bed = await prepareTestbed(
    { engine: 'local', image: DEFAULT_IMAGE, sandbox: 'process', runtimeImage: '' },
    () => undefined,
  );
  return async (path) => {
    const script = await findScript(CHALLENGE, path);
    const { evidence } = await gradeScript({ grader, script, ...bed, limits: DEFAULT_LIMITS });
    const [run] = evidence.runs;
    if (!run) throw new Error('a grading has a run');
    return { setup: grader.setup, run };
  };
}

/** A command file of as many commands as a trace keeps, which read and write keys of several types. */
async function longScript(folder: string): Promise<string> {
  const lines = Array.from({ length: COMMANDS }, (_, index) => {
    const key = Math.floor(index / 5) % 1_000;
    return [
      `SET s:${key} ${index}`,
      `GET s:${key}`,
      `INCR n:${key}`,
      `HSET h:${key} f ${index}`,
      `LPUSH l:${key} ${index}`,
    ][index % 5];
  });
  const file = join(folder, 'long.valkey');
  await writeFile(file, `${lines.join('\n')}\n`);
  return file;
}

async function written(file: string, recorded: RecordedRun): Promise<string> {
  await writeFile(file, JSON.stringify(recorded));
  return file;
}

/** How long the replay of a run takes, in ms, where nothing of it was compiled before. */
async function firstOfProcess(file: string): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', CHILD, file]);
  return Number(stdout);
}

/** What the replays are of the time of many gradings, two at a time as in a batch, in % of the rest. */
async function addedToBatch(grade: Grade, recorded: RecordedRun): Promise<number> {
  const gradings = await timeOf(() => twoAtATime(() => grade(SUBMISSION)));
  await runCleanups();
  const engine = await localEngine();
  const replays = await onServer(engine, (one) =>
    onServer(engine, (other) => {
      const servers: ReplayAgain[] = [one, other];
      return timeOf(() => twoAtATime((lane) => servers[lane]?.(recorded)));
    }),
  );
  return addedPercent(gradings, replays);
}

async function twoAtATime(work: (lane: number) => Promise<unknown> | undefined): Promise<void> {
  await Promise.all(
    [0, 1].map(async (lane) => {
      for (let count = 0; count < BATCH / 2; count += 1) await work(lane);
    }),
  );
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
