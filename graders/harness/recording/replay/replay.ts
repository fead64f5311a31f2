import { randomBytes } from 'node:crypto';
import { InfrastructureError } from '../../base/errors.ts';
import { patientTimeout } from '../../base/patient-timeout.ts';
import type { Replay, ReplayEnd, RivalTrial, RunEvidence } from '../../evidence/evidence.ts';
import { ReplayLimits } from '../../evidence/limits.ts';
import type { Rival, RivalQuestion } from '../../evidence/rival.ts';
import { ConnectionClosedError } from '../../valkey/client/command-connection.ts';
import type { RunningServer } from '../engine/engine.ts';
import type { GraderSession } from '../observe/grader-session.ts';
import { seed } from '../observe/seed.ts';
import { ServerPatience } from '../observe/server-patience.ts';
import type { CommandFacts } from './command-facts.ts';
import { type Replayed, Replayer } from './replayer.ts';
import { SlippedIn } from './slipped-in.ts';

/** How long nothing may come of a replay while the server does nothing either, in ms. */
const SILENCE_LIMIT_MS = 15_000;

export interface ReplayRequest {
  server: RunningServer;
  /** The grader's own connection to it: nobody else has one any more. */
  session: GraderSession;
  /** The set-up commands of the run. */
  setup: readonly string[];
  run: RunEvidence;
  /** What to slip into it, once it is known how it came to its end. */
  rivals?: RivalQuestion;
}

/**
 * Runs the trace of a run once more, in its own server, and looks at what each step answers and changes. The server
 * is of no use to anybody afterwards. Never fails a grading: where the server cannot be asked any more, the history
 * ends there.
 */
export async function replayRun(request: ReplayRequest): Promise<Replay> {
  const password = randomBytes(16).toString('hex');
  const { replayer, until } = await replayOnce(request, password);
  const replay = replayer ? replayer.result(until, request.run.after) : { steps: [], until, unlike: [] };
  const rivals = request.rivals?.({ ...request.run, replay }) ?? [];
  return rivals.length === 0
    ? replay
    : { ...replay, rivals: await tryRivals(request, password, rivals, replayer?.facts) };
}

/** Slips in one rival after the other, as long as there is time. */
async function tryRivals(
  request: ReplayRequest,
  password: string,
  rivals: readonly Rival[],
  facts: CommandFacts | undefined,
): Promise<RivalTrial[]> {
  const trials: RivalTrial[] = [];
  for (const [index, rival] of rivals.entries()) {
    const slipped = new SlippedIn(rival);
    const last = trials.at(-1)?.until;
    const isOver = last === 'too long' || last === 'no answer' || index >= ReplayLimits.rivals;
    const { replayer, until } = isOver
      ? { replayer: undefined, until: last ?? 'too long' }
      : await replayOnce(request, password, { rival: slipped, ...(facts && { facts }) });
    trials.push(replayer?.trial(until) ?? slipped.trial([], until));
  }
  return trials;
}

interface Once {
  /** Undefined where it could not begin. */
  replayer: Replayer | undefined;
  until: ReplayEnd;
}

async function replayOnce(
  { server, session, setup, run }: ReplayRequest,
  password: string,
  more: Pick<Replayed, 'rival' | 'facts'> = {},
): Promise<Once> {
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
    replayer = await Replayer.begin({
      session,
      address: server.address,
      credentials,
      run,
      ...more,
    });
    return replayer.run();
  };
  try {
    const until = await Promise.race([running(), runsOut(server, limited.signal)]);
    return { replayer, until };
  } catch (error) {
    if (!(error instanceof ConnectionClosedError || error instanceof InfrastructureError)) throw error;
    return { replayer, until: 'no answer' };
  } finally {
    limited.abort();
    replayer?.close();
  }
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
