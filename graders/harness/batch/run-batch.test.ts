import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCleanups } from '../base/cleanup.ts';
import { InfrastructureError } from '../base/errors.ts';
import { SHIPPED } from '../challenges/collection/collection.ts';
import { loadGrader } from '../challenges/grader/load.ts';
import { gradeOnce } from '../grading/process/grade-once.ts';
import type { Testbed } from '../grading/testbed.ts';
import type { Grader } from '../judging/grader.ts';
import type { Engine, RunningServer } from '../recording/engine/engine.ts';
import { DEFAULT_LIMITS } from '../recording/script/limits.ts';
import { CHALLENGE, readRecords, seeded, submission } from '../testing/batch.ts';
import { testbed } from '../testing/testbeds.ts';
import { loadEvidence } from './evidence-store.ts';
import type { BatchRecord } from './record.ts';
import { type BatchRequest, runBatch } from './run-batch.ts';

/** A real engine, some of whose starts fail. */
class FaultyEngine implements Engine {
  readonly kind = 'local';
  readonly image = null;
  starts = 0;
  readonly #engine: Engine;
  readonly #fails: (start: number) => boolean;

  constructor(engine: Engine, fails: (start: number) => boolean) {
    this.#engine = engine;
    this.#fails = fails;
  }

  async start(): Promise<RunningServer> {
    this.starts += 1;
    if (this.#fails(this.starts)) throw new InfrastructureError('the engine is down');
    return this.#engine.start();
  }
}

let root = '';
let grader: Grader;
let real: Testbed;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'run-batch-'));
  await mkdir(join(root, 'out'));
  grader = await loadGrader(CHALLENGE, SHIPPED);
  real = await testbed('local');
});
afterEach(async () => {
  await runCleanups();
  await rm(root, { recursive: true });
});

const out = () => join(root, 'out');

async function submit(id: string, text = 'PING\n'): Promise<void> {
  await mkdir(join(root, id), { recursive: true });
  await writeFile(join(root, id, 'solution.valkey'), text);
}

/** Grades these, and tells what was graded, what was there, and whether it is whole. */
async function grade(
  ids: readonly string[],
  { testbed = real, ...options }: Partial<BatchRequest & { testbed: Testbed }> = {},
) {
  const graders = options.graders ?? [grader];
  const fresh: BatchRecord[] = [];
  const there: BatchRecord[] = [];
  const whole = await runBatch({
    out: out(),
    graders,
    submissions: ids.map((id) => submission(id, root)),
    grade: ({ challenge, path, limits }) =>
      gradeOnce(graders.find(({ id }) => id === challenge) ?? grader, {
        path,
        limits,
        testbed: async () => testbed,
      }),
    limits: DEFAULT_LIMITS,
    jobs: 2,
    retries: 0,
    failFast: false,
    isDraining: () => false,
    onRecord: (record, wasThere) => (wasThere ? there : fresh).push(record),
    ...options,
  });
  return { whole, fresh, there };
}

const names = (records: readonly BatchRecord[]) => records.map((record) => record.submission).sort();
const faulty = (fails: (start: number) => boolean) => new FaultyEngine(real.engine, fails);
const with_ = (engine: Engine) => ({ testbed: { ...real, engine } });

describe('runBatch', () => {
  it('keeps record and evidence of each before it tells of it', async () => {
    await submit('han');
    const told: unknown[] = [];
    const { whole } = await grade(['han', 'nobody'], {
      onRecord(record) {
        told.push(
          readRecords(out()).then(async ({ records }) => [
            names(records).includes(record.submission),
            record.evidence && (await loadEvidence(out(), record.evidence)).challenge,
          ]),
        );
      },
    });
    expect(whole).toBe(true);
    expect((await Promise.all(told)).sort()).toEqual([
      [true, null],
      [true, CHALLENGE],
    ]);
  });

  it('grades nothing twice, but for what has changed since', async () => {
    await Promise.all(['han', 'leia', 'luke'].map((id) => submit(id)));
    expect(names((await grade(['han', 'leia'])).fresh)).toEqual(['han', 'leia']);
    await submit('leia', 'PING again\n');
    const { whole, fresh, there } = await grade(['han', 'leia', 'luke', 'nobody']);
    expect([whole, names(fresh), names(there)]).toEqual([true, ['leia', 'luke', 'nobody'], ['han']]);
    await submit('nobody');
    expect(names((await grade(['han', 'nobody'])).fresh)).toEqual(['nobody']);
    const { times, records } = await readRecords(out());
    expect([...times.values()].sort()).toEqual([1, 1, 2, 2]);
    expect(records.map(({ report }) => report.status)).not.toContain('not started');
  });

  it('goes by the commit where there is one', async () => {
    await submit('han');
    const at = (sha: string) => ({
      submissions: [
        { ...submission('han', root), commit: { sha, date: '2026-06-01T12:00:00Z', late: null } },
      ],
    });
    expect((await grade([], at('a'))).fresh).toMatchObject([{ fingerprint: 'a' }]);
    expect((await grade([], at('a'))).fresh).toEqual([]);
    expect((await grade([], at('b'))).fresh).toMatchObject([{ fingerprint: 'b' }]);
  });

  it('retries a fault of ours as often as it may, and never a failure', async () => {
    await submit('han');
    await submit('nobody-began');
    await rm(join(root, 'nobody-began', 'solution.valkey'));
    const engine = faulty((start) => start <= 2);
    const { fresh } = await grade(['han'], { ...with_(engine), retries: 2 });
    expect(fresh).toMatchObject([{ attempts: 3, report: { status: 'failed' } }]);
    expect(engine.starts).toBe(3 + grader.variants.length * 3);
    expect((await grade(['nobody-began'], { retries: 2 })).fresh).toMatchObject([
      { attempts: 1, report: { status: 'not started', score: 0 } },
    ]);
  });

  it('gives up where a fault stays, costs no points, and the next run tries again', async () => {
    await submit('han');
    const { whole, fresh } = await grade(['han'], { ...with_(faulty(() => true)), retries: 2 });
    expect(whole).toBe(true);
    expect(fresh).toMatchObject([
      { attempts: 3, evidence: null, report: { status: 'error', score: null, fault: 'the engine is down' } },
    ]);
    expect((await grade(['han'])).fresh).toMatchObject([{ attempts: 1, report: { status: 'failed' } }]);
    expect((await readRecords(out())).records.map(({ report }) => report.status)).toEqual(['failed']);
  });

  it.each([1138, 1977, 2187])(
    'loses and doubles nothing with an engine that often fails (seed %i)',
    async (seed) => {
      const ids = Array.from({ length: 12 }, (_, index) => `s${index}`);
      await Promise.all(ids.map((id) => submit(id)));
      const random = seeded(seed);
      const engine = faulty(() => random() < 0.4);
      const { fresh } = await grade(ids, { ...with_(engine), retries: 10 });
      expect(names(fresh)).toEqual([...ids].sort());
      expect(fresh.map(({ report }) => report.status)).toEqual(ids.map(() => 'failed'));
      expect(fresh.some(({ attempts }) => attempts > 1)).toBe(true);
      expect([...(await readRecords(out())).times.values()]).toEqual(ids.map(() => 1));
    },
  );

  it('with failFast stops at a fault of ours, and not at a failure', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    await Promise.all(ids.map((id) => submit(id)));
    expect((await grade(ids, { failFast: true })).whole).toBe(true);
    await rm(out(), { recursive: true });
    await mkdir(out());
    const third = faulty((start) => start === 3);
    const stopped = await grade(ids, { ...with_(third), failFast: true, jobs: 1 });
    expect(stopped.whole).toBe(false);
    expect(stopped.fresh.at(-1)?.report.status).toBe('error');
    expect(stopped.fresh.length).toBeLessThan(ids.length);
    const { whole, fresh, there } = await grade(ids, { failFast: true });
    expect([whole, fresh.length + there.length]).toEqual([true, ids.length]);
  });

  it('drains: what is under way is kept, nothing is begun', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    await Promise.all(ids.map((id) => submit(id)));
    let asked = 0;
    const isDraining = () => {
      asked += 1;
      return asked > 3;
    };
    const drained = await grade(ids, { isDraining, jobs: 1 });
    expect([drained.whole, names(drained.fresh)]).toEqual([false, ['a', 'b', 'c']]);
    const rest = await grade(ids);
    expect([rest.whole, names(rest.fresh), names(rest.there)]).toEqual([
      true,
      ['d', 'e', 'f'],
      ['a', 'b', 'c'],
    ]);
  });

  it('ends where nothing can be written any more, begins no other, and goes on later', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    await Promise.all(ids.map((id) => submit(id)));
    // A file stands where the evidence is to go.
    await writeFile(join(out(), 'evidence'), '');
    const engine = faulty(() => false);
    await expect(grade(ids, with_(engine))).rejects.toThrow(/cannot be kept: .*\nNothing that was graded/);
    const { starts } = engine;
    expect(starts).toBe(2 * (1 + grader.variants.length));
    await rm(join(out(), 'evidence'));
    expect((await grade(ids)).fresh.length).toBe(ids.length);
    expect((await readdir(join(out(), 'evidence', CHALLENGE))).length).toBe(ids.length);
  });

  it('reports every challenge of a submitter, whatever is wrong with one', async () => {
    const other = await loadGrader('queues/monitoring', SHIPPED);
    await mkdir(join(root, 'han', 'sessions', 'cantina'), { recursive: true });
    await mkdir(join(root, 'han', 'queues', 'monitoring'), { recursive: true });
    await writeFile(join(root, 'han', 'sessions', 'cantina', 'solution.valkey'), 'PING\n');
    await writeFile(join(root, 'han', 'sessions', 'cantina', 'solution.py'), 'print(1)\n');
    await writeFile(join(root, 'han', 'queues', 'monitoring', 'solution.valkey'), 'PING\n');
    const { fresh } = await grade(['han'], { graders: [grader, other], jobs: 1 });
    expect(fresh.map(({ challenge, report }) => [challenge, report.status])).toEqual([
      [CHALLENGE, 'not started'],
      ['queues/monitoring', 'failed'],
    ]);
    expect(fresh[0]?.report.fault).toMatch(/solution\.(py|valkey)/);
  });
});
