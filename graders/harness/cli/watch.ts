import { WarmEngine } from '../batch/warm-engine.ts';
import { cleanUpOnSignals, endOnSignal, SIGNALS } from '../cleanup.ts';
import { type CollectionChoice, collectionToGradeWith } from '../collection/choose.ts';
import { ExitCode, UsageError } from '../errors.ts';
import type { Grader } from '../grader/grader.ts';
import { loadGrader } from '../grader/load.ts';
import { consoleReport } from '../report/console.ts';
import { DEFAULT_LIMITS } from '../script/limits.ts';
import { notify, write } from '../stdout.ts';
import { prepareTestbed, type TestbedChoice } from '../testbed.ts';
import { wantsColors } from '../text/styles.ts';
import { type WatchRequest, watchOnScreen } from '../watch/interactive.ts';
import { LiveGrading } from '../watch/live-grading.ts';
import { wayThrough, whereToBegin } from '../watch/way.ts';

export interface WatchOptions extends TestbedChoice, CollectionChoice {
  /** Seconds. */
  timeout: number;
  color: boolean;
}

/** Servers that wait for the next save, beside those of variants. */
const READY = 2;

/** `keyspace-grader watch`: grades on every save, in place on a terminal, one report below the other elsewhere. */
export async function watchCommand(
  named: string | undefined,
  path: string,
  options: WatchOptions,
): Promise<number> {
  cleanUpOnSignals();
  const collection = await collectionToGradeWith(options);
  const way = await wayThrough(collection);
  const start = named === undefined ? await whereToBegin(way, path) : { challenge: named, path };
  const { challenge } = start;
  if (challenge === undefined) throw new UsageError('There are no challenges to watch.');
  const graders = new Map<string, Promise<Grader>>();
  const load = (id: string) => {
    const grader = graders.get(id) ?? loadGrader(id, collection);
    graders.set(id, grader);
    return grader;
  };
  await load(challenge);
  const { engine, sandbox } = await prepareTestbed(options, notify);
  const warm = new WarmEngine(engine, READY);
  const request: WatchRequest = {
    way,
    challenge,
    load,
    grading: {
      path: start.path,
      limits: { ...DEFAULT_LIMITS, timeMs: options.timeout * 1000 },
      testbed: async () => ({ engine: warm, sandbox }),
    },
    colors: wantsColors(process.stdout, options.color),
  };
  if (!process.stdin.isTTY || !process.stdout.isTTY || process.env.TERM === 'dumb')
    return watchPlainly(request);
  const { summary, interrupted } = await watchOnScreen(request);
  await write(summary);
  if (!interrupted) return ExitCode.passed;
  endOnSignal(SIGNALS.SIGINT);
  return new Promise<never>(() => undefined);
}

/** Prints a report on each change, until a signal ends it, or nobody reads it any more (`| head`). */
async function watchPlainly({ challenge, load, grading, colors }: WatchRequest): Promise<number> {
  const grader = await load(challenge);
  return new Promise((resolve, reject) => {
    const live = new LiveGrading(grader, grading, {
      onStart: () => undefined,
      onOutcome: ({ report }) => {
        write(consoleReport(report, colors)).catch(reject);
      },
      onError: reject,
    });
    process.stdout.once('error', () => {
      live.close();
      resolve(ExitCode.passed);
    });
    live.start().catch(reject);
  });
}
