import { randomBytes } from 'node:crypto';
import { InfrastructureError } from '../../base/errors.ts';
import { patientTimeout } from '../../base/patient-timeout.ts';
import type { Replay, ReplayEnd, RunEvidence } from '../../evidence/evidence.ts';
import { ReplayLimits } from '../../evidence/limits.ts';
import { ConnectionClosedError } from '../../valkey/client/command-connection.ts';
import type { RunningServer } from '../engine/engine.ts';
import type { GraderSession } from '../observe/grader-session.ts';
import { seed } from '../observe/seed.ts';
import { ServerPatience } from '../observe/server-patience.ts';
import { Replayer } from './replayer.ts';

/** How long nothing may come of a replay while the server does nothing either, in ms. */
const SILENCE_LIMIT_MS = 15_000;

export interface ReplayRequest {
  server: RunningServer;
  /** The grader's own connection to it: nobody else has one any more. */
  session: GraderSession;
  /** The set-up commands of the run. */
  setup: readonly string[];
  run: Pick<RunEvidence, 'before' | 'after' | 'trace' | 'clock'>;
}

/**
 * Runs the trace of a run once more, in its own server, and looks at what each step answers and changes. The server
 * is of no use to anybody afterwards. Never fails a grading: where the server cannot be asked any more, the history
 * ends there.
 */
export async function replayRun({ server, session, setup, run }: ReplayRequest): Promise<Replay> {
  const password = randomBytes(16).toString('hex');
  let replayer: Replayer | undefined;
  const limited = new AbortController();
  const running = async (): Promise<ReplayEnd> => {
    await session.callAll([
      ['FLUSHALL'],
      ['SCRIPT', 'FLUSH'],
      ['FUNCTION', 'FLUSH'],
      // The learner's rights, and nobody who could have the password.
      ['ACL', 'SETUSER', 'default', 'on', 'resetpass', `>${password}`],
    ]);
    await seed(session, setup);
    const credentials = { username: 'default', password };
    replayer = await Replayer.begin({ session, address: server.address, credentials, run });
    return replayer.run();
  };
  try {
    const until = await Promise.race([running(), runsOut(server, limited.signal)]);
    return result(replayer, until, run);
  } catch (error) {
    if (!(error instanceof ConnectionClosedError || error instanceof InfrastructureError)) throw error;
    return result(replayer, 'no answer', run);
  } finally {
    limited.abort();
    replayer?.close();
  }
}

function result(replayer: Replayer | undefined, until: ReplayEnd, { after }: ReplayRequest['run']): Replay {
  return replayer ? replayer.result(until, after) : { steps: [], until, unlike: [] };
}

/** Resolves where it takes too much of the server, or nothing comes of it. */
async function runsOut(server: RunningServer, signal: AbortSignal): Promise<ReplayEnd> {
  const working = new ServerPatience(server)
    .runsOut(ReplayLimits.ms, signal)
    .then((): ReplayEnd => 'too long');
  const silent = new Promise<ReplayEnd>((resolve) => {
    const timeout = patientTimeout(SILENCE_LIMIT_MS, () => resolve('no answer'));
    signal.addEventListener('abort', () => timeout.clear());
  });
  return Promise.race([working, silent]);
}
