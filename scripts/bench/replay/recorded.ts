import type { RunEvidence } from '../../../graders/harness/evidence/evidence.ts';
import { LocalEngine } from '../../../graders/harness/recording/engine/local/engine.ts';
import { GraderSession } from '../../../graders/harness/recording/observe/grader-session.ts';
import { replayRun } from '../../../graders/harness/recording/replay/replay.ts';

/** A run as a grading recorded it, and the set-up commands that it began with. */
export interface RecordedRun {
  setup: readonly string[];
  run: RunEvidence;
}

/** Runs the commands of a run once more; gives back how long that took, in ms. */
export type ReplayAgain = (recorded: RecordedRun) => Promise<number>;

/**
 * Has something done on a server of its own, which is there before and ends afterwards, as a replay finds it in a
 * grading. Rejects where a replay comes to another end than the run: it would have done less than it is timed for.
 */
export async function onServer<T>(
  engine: LocalEngine,
  work: (replay: ReplayAgain) => Promise<T>,
): Promise<T> {
  const server = await engine.start();
  try {
    const session = await GraderSession.open(server.address);
    try {
      return await work(async ({ setup, run }) => {
        const began = performance.now();
        const { until, unlike } = await replayRun({ server, session, setup, run });
        const took = performance.now() - began;
        if (until !== 'end' || unlike.length > 0)
          throw new Error(`it went as far as this: ${until}, and left ${unlike.length} keys unlike`);
        return took;
      });
    } finally {
      session.close();
    }
  } finally {
    await server.stop();
  }
}

export function localEngine(): Promise<LocalEngine> {
  return LocalEngine.prepare(() => undefined);
}
