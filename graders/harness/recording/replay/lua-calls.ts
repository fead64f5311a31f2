import type { TraceEntry } from '../../evidence/evidence.ts';
import type { ServerAddress } from '../../valkey/client/address.ts';
import type { GraderSession } from '../observe/grader-session.ts';
import { TraceRecorder } from '../observe/trace-recorder.ts';
import { isSameCall } from './same-call.ts';

/** A command, and what Lua ran for it. */
type Call = TraceEntry[];

/**
 * What Lua runs while a trace is run again, compared with what it ran before. A script can tell one from the other,
 * and what it shows us then says nothing of what it did.
 */
export class LuaCalls {
  readonly #recorded: readonly TraceEntry[];
  /** When the run began, and when it began again, unix time in ms by the server's clock. */
  readonly #began: { ran: number; again: number };
  readonly #session: GraderSession;
  /** None where Lua ran nothing. */
  readonly #recorder: TraceRecorder | undefined;

  private constructor(
    recorded: readonly TraceEntry[],
    session: GraderSession,
    recorder: TraceRecorder | undefined,
    began: { ran: number; again: number },
  ) {
    this.#began = began;
    this.#recorded = recorded;
    this.#session = session;
    this.#recorder = recorder;
  }

  static async record(
    address: ServerAddress,
    session: GraderSession,
    recorded: readonly TraceEntry[],
    ran: number,
  ): Promise<LuaCalls> {
    const hasLua = recorded.some(({ source }) => source === 'lua');
    if (!hasLua) return new LuaCalls(recorded, session, undefined, { ran, again: ran });
    const recorder = await TraceRecorder.start(address, session, []);
    return new LuaCalls(recorded, session, recorder, { ran, again: await session.time() });
  }

  /**
   * The commands of those calls that ran other commands than before, among so many that were run again: both what
   * they ran and what they had run. `ours` tells which commands are the grader's own.
   */
  async differing(count: number, ours: { sent(entry: TraceEntry): boolean }): Promise<TraceEntry[]> {
    if (!this.#recorder) return [];
    const { entries } = await this.#recorder.finish(this.#session);
    const before = callsOf(this.#recorded.slice(0, count));
    const after = callsOf(entries).filter(([first]) => first && !ours.sent(first));
    // Where one of them ran nothing this time, nobody knows which belong together.
    if (before.length !== after.length) return [...before, ...after].flat();
    return before.flatMap((call, index) => {
      const other = after[index] ?? [];
      const isSame =
        call.length === other.length &&
        call.every((entry, at) => other[at] !== undefined && this.#isSame(entry, other[at]));
      return isSame ? [] : [...call, ...other];
    });
  }

  #isSame(one: TraceEntry, other: TraceEntry): boolean {
    const { ran, again } = this.#began;
    return isSameCall(one, other, one.at / 1_000 - ran + other.at / 1_000 - again);
  }

  abandon(): void {
    this.#recorder?.abandon();
  }
}

/** The commands for which Lua ran some. */
function callsOf(entries: readonly TraceEntry[]): Call[] {
  const calls: Call[] = [];
  for (const entry of entries) {
    if (entry.source === 'lua') calls.at(-1)?.push(entry);
    else calls.push([entry]);
  }
  return calls.filter((call) => call.length > 1);
}
