import { setTimeout as sleep } from 'node:timers/promises';
import { textOf, type Value } from '../base/bytes.ts';
import { type Item, itemsOf } from '../evidence/data-types/index.ts';
import type { KeyChange, KeySnapshot, Keyspace, Replay, RunEvidence, Step } from '../evidence/evidence.ts';
import type { RivalQuestion } from '../evidence/rival.ts';
import { RunView } from '../judging/checks/run-view.ts';
import { lockOutLearner } from '../recording/observe/lock-out.ts';
import { seed } from '../recording/observe/seed.ts';
import { takeSnapshot } from '../recording/observe/snapshot.ts';
import { TraceRecorder } from '../recording/observe/trace-recorder.ts';
import { replayRun } from '../recording/replay/replay.ts';
import { connectOptions } from '../valkey/client/address.ts';
import { CommandConnection } from '../valkey/client/command-connection.ts';
import { splitArguments } from '../valkey/notation/quoting.ts';
import { makeEvidence } from './evidence.ts';
import type { TestServer } from './server.ts';

/** Sends a command as a client that is called so, and waits for its reply. */
type Play = (client: string, command: string, options?: { waitFor?: false }) => Promise<void>;

export interface Replayed {
  run: Pick<RunEvidence, 'before' | 'after' | 'trace' | 'clock'>;
  replay: Replay;
}

/** What becomes of commands that are run on a real server, and then run once more. */
export async function replayOf(
  { session, address, running }: TestServer,
  setup: readonly string[],
  play: (send: Play) => Promise<void>,
  rivals?: RivalQuestion,
): Promise<Replayed> {
  await session.callAll([['FLUSHALL'], ['ACL', 'SETUSER', 'default', 'on', 'nopass']]);
  await seed(session, setup);
  const before = await takeSnapshot(session);
  const serverStart = await session.time();
  const recorder = await TraceRecorder.start(address, session, []);
  const clients = new Map<string, CommandConnection>();
  try {
    await play(async (name, command, { waitFor = true } = {}) => {
      const client = clients.get(name) ?? (await CommandConnection.open(connectOptions(tcp(address))));
      clients.set(name, client);
      client.write(splitArguments(command));
      if (waitFor) await client.read();
      // Time enough for it to begin.
      else await sleep(20);
    });
    for (const client of clients.values()) client.close();
    await lockOutLearner(session, running);
    const trace = await recorder.finish(session);
    const serverEnd = await session.time();
    const after = await takeSnapshot(session);
    const run = {
      before,
      after,
      trace,
      clock: { serverStart, serverEnd, elapsedMs: serverEnd - serverStart },
    };
    return {
      run,
      replay: await replayRun({
        server: running,
        session,
        setup,
        run: wholeRun(run),
        ...(rivals && { rivals }),
      }),
    };
  } finally {
    recorder.abandon();
  }
}

/** Clients on a unix socket have no names of their own. */
function tcp<Address extends { socketPath?: string }>(address: Address): Omit<Address, 'socketPath'> {
  const { socketPath: _, ...rest } = address;
  return rest;
}

/** Commands of one client. */
export async function replayOfCommands(
  server: TestServer,
  setup: readonly string[],
  commands: readonly string[],
  rivals?: RivalQuestion,
): Promise<Replayed> {
  const play = async (send: Play) => {
    for (const command of commands) await send('one', command);
  };
  return replayOf(server, setup, play, rivals);
}

/** What a replay says that went well. */
export const WHOLE = { until: 'end', unlike: [] };
export const repliesOf = ({ replay }: Replayed) => replay.steps.map(({ reply }) => reply?.text ?? null);

/** A key in a few words. */
function wordsOf(key: KeySnapshot | null): unknown {
  if (key === null) return null;
  const content =
    key.type === 'string' ? key.value : key.type === 'other' ? key.name : itemsOf(key).map(itemInWords);
  return key.expireAt === null ? content : [content, 'expires'];
}

function itemInWords({ name, beside }: Item): Value | string {
  return beside === undefined ? name : `${textOf(name)}=${textOf(beside)}`;
}

/** Each key that a step changed, with what differs, in few words. */
export function changesOf({ changes }: Pick<Step, 'changes'>): unknown[] {
  return changes.map(({ db, before, after, at }: KeyChange) => {
    const key = textOf((before ?? after)?.key);
    return [
      db === 0 ? key : `${db}:${key}`,
      wordsOf(before),
      wordsOf(after),
      ...(at === undefined ? [] : [at]),
    ];
  });
}

export const allChanges = ({ replay }: Replayed) => replay.steps.map(changesOf);

/**
 * The view that checks get of a run of no command file: all that is known of replies is what the replay tells. With
 * `main` it is the run of a variant, and that is what the main set-up left.
 */
export function viewOfReplayed({ run, replay }: Replayed, main?: Keyspace): RunView {
  const viewed = { ...wholeRun(run), replay };
  const evidence = makeEvidence(main && { before: main });
  return new RunView(main ? evidence : { ...evidence, runs: [viewed] }, viewed);
}

/** A run with what was seen of it; of all else it has what made-up evidence has. */
export function wholeRun(run: Replayed['run']): RunEvidence {
  const [made] = makeEvidence().runs;
  if (!made) throw new Error('made evidence has a run');
  return { ...made, ...run };
}
