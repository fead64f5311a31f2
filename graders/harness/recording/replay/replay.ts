import { randomBytes, randomInt } from 'node:crypto';
import { InfrastructureError } from '../../base/errors.ts';
import { patientTimeout } from '../../base/patient-timeout.ts';
import type { Replay, ReplayEnd, RivalTrial, RunEvidence } from '../../evidence/evidence.ts';
import { ReplayLimits } from '../../evidence/limits.ts';
import type { Rival, RivalQuestion } from '../../evidence/rival.ts';
import { ConnectionClosedError } from '../../valkey/client/command-connection.ts';
import { splitArguments } from '../../valkey/notation/quoting.ts';
import type { RunningServer } from '../engine/engine.ts';
import type { GraderSession } from '../observe/grader-session.ts';
import { ServerPatience } from '../observe/server-patience.ts';
import type { CommandFacts } from './command-facts.ts';
import { distinct } from './key-states.ts';
import type { Replayed } from './replayed.ts';
import { Replayer } from './replayer.ts';
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
  if (rivals.length === 0) return replay;
  const { trials, unlike } = await tryRivals(request, password, rivals, replayer?.facts);
  return { ...replay, unlike: distinct([...replay.unlike, ...unlike]), rivals: trials };
}

/** How often nobody comes between among the times that somebody does. */
const WITHOUT_RIVAL = 2;

/**
 * Slips in one rival after the other, as long as there is time. A script could tell from the server's clock or its
 * counters that it is run for the third time, and only then take care of others. So now and then nobody comes, all else
 * alike, and it cannot know when: `unlike` are keys to which it did something else then than in the run.
 */
async function tryRivals(
  request: ReplayRequest,
  password: string,
  rivals: readonly Rival[],
  facts: CommandFacts | undefined,
): Promise<{ trials: RivalTrial[]; unlike: Replay['unlike'] }> {
  const slips = rivals.map((rival) => new SlippedIn(rival));
  const tried = slips.slice(0, ReplayLimits.rivals);
  const nobody = Array.from({ length: WITHOUT_RIVAL }, () => {
    const rival = rivals[randomInt(tried.length)];
    return rival ? [new SlippedIn({ ...rival, commands: [] })] : [];
  }).flat();
  const trials = new Map<SlippedIn, RivalTrial | undefined>();
  /** What is said of those that were not tried. */
  let rest: ReplayEnd = 'too long';
  const unlike: Replay['unlike'] = [];
  for (const slipped of shuffled([...tried, ...nobody])) {
    const { replayer, until } = await replayOnce(request, password, {
      rival: slipped,
      ...(facts && { facts }),
    });
    if (until === 'too long' || until === 'no answer') {
      rest = until;
      break;
    }
    if (nobody.includes(slipped)) unlike.push(...(replayer?.result(until, request.run.after).unlike ?? []));
    else trials.set(slipped, replayer?.trial(until));
  }
  return { trials: slips.map((slipped) => trials.get(slipped) ?? slipped.trial([], rest)), unlike };
}

/** The same in another order, which nobody can foretell. */
function shuffled<T>(items: readonly T[]): T[] {
  const places = items.map((item) => ({ item, at: randomInt(2 ** 32) }));
  return places.sort((one, other) => one.at - other.at).map(({ item }) => item);
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
      ...setup.map(splitArguments),
    ]);
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
