import { endOnSignal, SIGNALS } from '../../base/cleanup.ts';
import { UsageError } from '../../base/errors.ts';
import { write } from '../../base/stdout.ts';
import type { Collection } from '../../challenges/collection/collection.ts';
import { loadGrader } from '../../challenges/grader/load.ts';
import type { GradingRequest } from '../../grading/grade.ts';
import type { Grader } from '../../judging/grader.ts';
import { consoleReport } from '../../reports/console.ts';
import { challengesInOrder, startingPoint } from './challenge-order.ts';
import { type WatchRequest, watchOnScreen } from './interactive.ts';
import { LiveGrading } from './live-grading.ts';

/**
 * Grades a challenge on every save, in place on a terminal, one report below the other elsewhere, until somebody
 * leaves. Without a challenge that is named it begins with the one that was written last. Throws UsageError for what
 * is not there, and what makes the testbed ready.
 */
export async function watchChallenges(
  collection: Collection,
  named: string | undefined,
  grading: GradingRequest,
  colors: boolean,
): Promise<void> {
  const order = await challengesInOrder(collection);
  const { challenge, path } =
    named === undefined ? await startingPoint(order, grading.path) : { challenge: named, path: grading.path };
  if (challenge === undefined) throw new UsageError('There are no challenges to watch.');
  const graders = new Map<string, Promise<Grader>>();
  const load = (id: string) => {
    const grader = graders.get(id) ?? loadGrader(id, collection);
    graders.set(id, grader);
    return grader;
  };
  await load(challenge);
  const testbed = await grading.testbed();
  const request = {
    ...{ order, challenge, load, colors },
    grading: { ...grading, path, testbed: async () => testbed },
  };
  if (!process.stdin.isTTY || !process.stdout.isTTY || process.env.TERM === 'dumb')
    return watchPlainly(request);
  const { summary, interrupted } = await watchOnScreen(request);
  await write(summary);
  if (!interrupted) return;
  endOnSignal(SIGNALS.SIGINT);
  return new Promise<never>(() => undefined);
}

/** Prints a report on each change, until a signal ends it, or nobody reads it any more (`| head`). */
async function watchPlainly({ challenge, load, grading, colors }: WatchRequest): Promise<void> {
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
      resolve();
    });
    live.start().catch(reject);
  });
}
