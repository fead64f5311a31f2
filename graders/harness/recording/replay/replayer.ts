import { toBuffer, toBytes } from '../../base/bytes.ts';
import { commandName } from '../../evidence/command-name.ts';
import type { Keyspace, Replay, ReplayEnd, RunEvidence, Step, TraceEntry } from '../../evidence/evidence.ts';
import { ReplayLimits } from '../../evidence/limits.ts';
import type { Credentials, ServerAddress } from '../../valkey/client/address.ts';
import type { GraderSession } from '../observe/grader-session.ts';
import { CommandFacts } from './command-facts.ts';
import { KeyReader } from './key-reader.ts';
import { KeyStates } from './key-states.ts';
import { LuaCalls } from './lua-calls.ts';
import { type PlannedStep, planSteps } from './plan-steps.ts';
import { putOff } from './points-in-time.ts';
import { ReplayClients } from './replay-clients.ts';
import type { ReplayConnection } from './replay-connection.ts';
import { RunTime } from './run-time.ts';
import { sentAgain, waitsMs } from './sent-again.ts';
import { stepReply, transactionReplies } from './step-reply.ts';
import { WaitingCommands } from './waiting-commands.ts';

/** Steps that are sent before the answers are read: as many, and as long as they took in the run, in ms. */
const PART = { steps: 200, ms: 50 };

/** What a step takes beside what was learned of it, in bytes. */
const STEP_BYTES = 60;

export interface Replayed {
  session: GraderSession;
  address: ServerAddress;
  credentials: Credentials;
  run: Pick<RunEvidence, 'before' | 'trace' | 'clock'>;
}

/** Runs a trace again, on a server in the state of the set-up. */
export class Replayer {
  readonly #session: GraderSession;
  readonly #address: ServerAddress;
  readonly #run: Replayed['run'];
  readonly #facts: CommandFacts;
  readonly #clients: ReplayClients;
  readonly #reader: KeyReader;
  readonly #states: KeyStates;
  readonly #time: RunTime;
  readonly #steps: Step[] = [];
  readonly #waiting: WaitingCommands;
  /** The connection over which steps are being sent, and since which time of the run. */
  #part: { connection: ReplayConnection; from: number; steps: number } | undefined;
  #unlike: Replay['unlike'] = [];
  #bytes = 0;
  #elementsLeft: number = ReplayLimits.allElements;
  /** How many steps there was room for. */
  #kept: number | undefined;

  private constructor(
    { session, address, credentials, run }: Replayed,
    { facts, reader, time }: { facts: CommandFacts; reader: KeyReader; time: RunTime },
  ) {
    this.#time = time;
    this.#session = session;
    this.#address = address;
    this.#run = run;
    this.#facts = facts;
    this.#clients = new ReplayClients(address, credentials);
    this.#reader = reader;
    this.#waiting = new WaitingCommands(session);
    this.#states = new KeyStates(run.before);
  }

  static async begin(replayed: Replayed): Promise<Replayer> {
    const { session, run } = replayed;
    const facts = await CommandFacts.ask(session, run.trace.entries);
    const reader = await KeyReader.load(session);
    const time = new RunTime(await session.time());
    const replayer = new Replayer(replayed, { facts, reader, time });
    await replayer.#learnExpiries();
    return replayer;
  }

  /** Runs it to its end, or as far as it is known. */
  async run(): Promise<ReplayEnd> {
    const { entries, total } = this.#run.trace;
    const { steps, isWhole } = planSteps(entries.slice(0, ReplayLimits.commands));
    this.#clients.expect(steps.map(({ source }) => source));
    const lua = await LuaCalls.record(this.#address, this.#session, entries);
    try {
      for (const step of steps) await this.#take(step);
      await this.#flush();
      const last = steps.at(-1);
      this.#noteUnlike(await lua.differing(last ? last.entry + last.entries : 0, this.#reader));
    } finally {
      lua.abandon();
    }
    if (!isWhole || total > entries.length) return 'gap';
    if (entries.length > ReplayLimits.commands) return 'too many commands';
    await this.#expire(this.#run.clock.serverEnd, entries.length);
    return this.#kept === undefined ? 'end' : 'too large';
  }

  /** What was seen, compared with how the run ended. */
  result(until: ReplayEnd, after: Keyspace): Replay {
    const isKnown = until === 'end' || until === 'too large';
    return {
      steps: this.#steps.slice(0, this.#kept),
      until,
      unlike: distinct([...(isKnown ? this.#states.unlike(after) : []), ...this.#unlike]),
    };
  }

  close(): void {
    this.#clients.close();
  }

  /** What the set-up made expires later by the server's clock than it did in the run. */
  async #learnExpiries(): Promise<void> {
    const places = this.#states.expired(Number.POSITIVE_INFINITY);
    const found = await this.#reader.readNow(this.#session, places);
    for (const { db, key, state } of found) {
      const then = this.#states.of(db, key)?.expireAt;
      if (state?.expireAt && then) this.#time.know(state.expireAt, then);
    }
  }

  /** Of what Lua did otherwise this time, nothing is known. */
  #noteUnlike(entries: readonly TraceEntry[]): void {
    const touched = this.#facts.touchedBy(entries);
    const places = touched === 'all' ? this.#states.everywhere(0) : touched;
    this.#unlike = places.map(({ db, key }) => ({ db, key: toBytes(key) }));
  }

  async #take(planned: PlannedStep): Promise<void> {
    const entries = this.#run.trace.entries.slice(planned.entry, planned.entry + planned.entries);
    const at = Math.floor((entries[0]?.at ?? 0) / 1000);
    const client = await this.#clients.of(planned.source);
    const part = this.#part;
    const isNext =
      part?.connection === client &&
      at - part.from <= PART.ms &&
      part.steps < PART.steps &&
      this.#waiting.size === 0;
    if (!isNext) {
      await this.#flush();
      await this.#waiting.end(client, at);
      await this.#expire(at, planned.entry);
      this.#part = { connection: client, from: at, steps: 0 };
    }
    if (this.#part) this.#part.steps += 1;
    const step: Step = { entry: planned.entry, entries: planned.entries, reply: null, changes: [] };
    this.#steps.push(step);
    if (planned.isSent) await this.#send(client, planned, entries, step);
    this.#clients.done(planned.source);
  }

  async #send(
    client: ReplayConnection,
    { isTransaction }: PlannedStep,
    entries: readonly TraceEntry[],
    step: Step,
  ): Promise<void> {
    const own = entries.filter(({ source }) => source !== 'lua');
    const [first] = own;
    const touched = this.#facts.touchedBy(entries);
    // Which keys these are is known when all before it is answered.
    if (touched === 'all') await client.flush();
    const places = touched === 'all' ? this.#states.everywhere(entries[0]?.db ?? 0) : touched;
    if (isTransaction) this.#addTransaction(client, own, step);
    else if (first && !this.#facts.listens(first.args)) {
      const waits = this.#facts.mayBlock(first.args);
      if (waits) await client.flush();
      this.#addCommand(client, first, step);
      if (waits) await this.#waiting.send(client, { places, until: entryMs(first) + waitsMs(first.args) });
      // While it waits, nothing comes through behind it.
      if (client.isBlocked) return;
      if (commandName(first.args).startsWith('SCRIPT')) this.#reader.addLoading(client);
    }
    const read = [...places, ...this.#waiting.places];
    const elements = this.#elementsLeft > 0 ? ReplayLimits.elements : 0;
    this.#elementsLeft -= this.#states.sizeOf(read);
    this.#reader.add(client, read, elements, (found, now) => {
      for (const { db, key, state } of found) {
        const known = state && {
          ...state,
          expireAt: state.expireAt === null ? null : this.#time.of(state.expireAt, now, entries),
        };
        const change = this.#states.set(db, key, known);
        if (!change) continue;
        step.changes.push(change);
        this.#count(step, change);
      }
    });
  }

  #addCommand(client: ReplayConnection, entry: TraceEntry, step: Step): void {
    const again = sentAgain(entry.args);
    if (again === null) return;
    const command = putOff(again, entryMs(entry), this.#time);
    client.add(command, (reply) => {
      step.reply = stepReply(command, reply);
      this.#count(step, step.reply);
    });
    // Where it did, the connection is of a user without rights now.
    if (/^reset$/i.test(command[0]?.toString() ?? '')) client.login();
  }

  #addTransaction(client: ReplayConnection, own: readonly TraceEntry[], step: Step): void {
    const commands = own.map((entry) => putOff(entry.args.map(toBuffer), entryMs(entry), this.#time));
    for (const command of commands.slice(0, -1)) client.add(command);
    const last = commands.at(-1) ?? [];
    client.add(last, (reply) => {
      Object.assign(step, transactionReplies(commands, reply));
      this.#count(step, step.replies);
    });
  }

  /** Removes what had expired in the run by then. */
  async #expire(now: number, entry: number): Promise<void> {
    const due = this.#states.expired(now);
    if (due.length === 0) return;
    await this.#session.callAll(
      due
        .flatMap(({ db, key }): (string | Buffer)[][] => [
          ['SELECT', String(db)],
          ['DEL', key],
        ])
        .concat([['SELECT', '0']]),
    );
    const changes = due.flatMap(({ db, key }) => this.#states.set(db, key, null) ?? []);
    const step = { entry, entries: 0, reply: null, changes };
    this.#steps.push(step);
    this.#count(step, changes);
  }

  async #flush(): Promise<void> {
    await this.#part?.connection.flush();
    this.#part = undefined;
  }

  /** Counts what was learned of a step: what there is no room for is not kept, nor is any step behind it. */
  #count(step: Step, learned: unknown): void {
    this.#bytes += JSON.stringify(learned).length + STEP_BYTES;
    if (this.#bytes > ReplayLimits.bytes) this.#kept ??= this.#steps.indexOf(step);
  }
}

function entryMs({ at }: TraceEntry): number {
  return Math.floor(at / 1000);
}

/** Each of the keys once. */
function distinct(keys: Replay['unlike']): Replay['unlike'] {
  return [...new Map(keys.map((key) => [JSON.stringify(key), key])).values()];
}
