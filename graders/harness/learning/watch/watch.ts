import { endOnSignal, SIGNALS } from '../../base/cleanup.ts';
import { notify, write } from '../../base/stdout.ts';
import { styles } from '../../base/text/styles.ts';
import type { Collection } from '../../challenges/collection/collection.ts';
import { loadGrader } from '../../challenges/grader/load.ts';
import { selectChallenge } from '../../challenges/grader/select.ts';
import type { GradingRequest } from '../../grading/grade.ts';
import type { Grader } from '../../judging/grader.ts';
import { consoleReport } from '../../reports/console.ts';
import { textAfterSolving } from '../progress/next.ts';
import { challengesInOrder, startingPoint } from '../starting-point.ts';
import { type WatchRequest, watchOnScreen } from './interactive.ts';
import { LiveGrading } from './live-grading.ts';

/**
 * Grades a challenge on every save, in place on a terminal, one report below the other elsewhere, until somebody
 * leaves. Without a challenge that is named it begins with the one that was written last. `option` is the `--challenges`
 * that was given. Throws UsageError for what
 * is not there, and what makes the testbed ready.
 */
export async function watchChallenges(
  collection: Collection,
  named: string | undefined,
  grading: GradingRequest,
  { colors, option }: { colors: boolean; option: string | undefined },
): Promise<void> {
  const order = await challengesInOrder(collection);
  const { challenge, path } =
    named === undefined
      ? await startingPoint(order, grading.path, collection)
      : { challenge: await selectChallenge(named, collection), path: grading.path };
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
    place: { workingIn: process.cwd(), collection, option },
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
async function watchPlainly({ challenge, load, grading, colors, place }: WatchRequest): Promise<void> {
  const grader = await load(challenge);
  return new Promise((resolve, reject) => {
    const live = new LiveGrading(grader, grading, {
      onStart: () => undefined,
      onScript: () => undefined,
      onOutcome: ({ report }) => {
        textAfterSolving([report], place, styles(colors))
          .then((next) => write(consoleReport(report, colors) + next))
          .catch(reject);
      },
      onTrouble: notify,
      onError: reject,
    });
    process.stdout.once('error', () => {
      live.close();
      resolve();
    });
    live.start().catch(reject);
  });
}
