import { toBytes } from '../../base/bytes.ts';
import { commandName } from '../../evidence/command-name.ts';
import type {
  KeySnapshot,
  Keyspace,
  Replay,
  ReplayEnd,
  RivalTrial,
  Step,
  TraceEntry,
} from '../../evidence/evidence.ts';
import { ReplayLimits } from '../../evidence/limits.ts';
import type { ServerAddress } from '../../valkey/client/address.ts';
import type { GraderSession } from '../observe/grader-session.ts';
import { CommandFacts, databasesOf } from './command-facts.ts';
import { EntryIds } from './entry-ids.ts';
import { expiriesOf, withExpiries } from './expiries.ts';
import { KeyReader } from './key-reader.ts';
import { distinct, KeyStates } from './key-states.ts';
import { LuaCalls } from './lua-calls.ts';
import { Pace } from './pace.ts';
import type { Place } from './place.ts';
import { type PlannedStep, planSteps } from './plan-steps.ts';
import { ReplayClients } from './replay-clients.ts';
import type { ReplayConnection } from './replay-connection.ts';
import type { Replayed } from './replayed.ts';
import { RunTime } from './run-time.ts';
import { addCommand, addTransaction, entryMs, type Kept } from './send-step.ts';
import { waitsMs } from './sent-again.ts';
import type { SlippedIn } from './slipped-in.ts';
import { isSort, sortedKeys } from './sorted-keys.ts';
import { StepLedger } from './step-ledger.ts';
import { WaitingCommands } from './waiting-commands.ts';

/** Steps that are sent before the answers are read: as many, and as long as they took in the run, in ms. */
const PART = { steps: 200, ms: 50 };

/** Runs a trace again, on a server in the state of the set-up. */
export class Replayer {
  readonly #session: GraderSession;
  readonly #address: ServerAddress;
  readonly #run: Replayed['run'];
  readonly facts: CommandFacts;
  readonly #clients: ReplayClients;
  readonly #reader: KeyReader;
  readonly #states: KeyStates;
  readonly #ledger = new StepLedger();
  readonly #kept: Kept;
  readonly #waiting: WaitingCommands;
  /** The connection over which steps are being sent, and since which time of the run. */
  #part: { connection: ReplayConnection; from: number; steps: number } | undefined;
  readonly #rival: SlippedIn | undefined;
  readonly #pace: Pace;
  #unlike: Replay['unlike'] = [];
  #elementsLeft: number = ReplayLimits.allElements;

  private constructor(
    { session, address, credentials, run, rival }: Replayed,
    { facts, reader, time }: { facts: CommandFacts; reader: KeyReader; time: RunTime },
  ) {
    this.#pace = new Pace(time, run.clock.serverStart);
    this.#kept = { time, ids: new EntryIds(run), ledger: this.#ledger };
    this.#session = session;
    this.#address = address;
    this.#run = run;
    this.#rival = rival;
    this.facts = facts;
    this.#clients = new ReplayClients(address, credentials);
    this.#reader = reader;
    this.#waiting = new WaitingCommands(session);
    this.#states = new KeyStates(run.before);
  }

  static async begin(replayed: Replayed): Promise<Replayer> {
    const { session, run } = replayed;
    const [facts, reader, now] = await Promise.all([
      replayed.facts ?? CommandFacts.ask(session, run.trace.entries),
      KeyReader.load(session),
      session.time(),
    ]);
    const replayer = new Replayer(replayed, { facts, reader, time: new RunTime(now) });
    await Promise.all([replayer.#learnExpiries(), replayer.#clients.ready()]);
    return replayer;
  }

  /** Runs it to its end, or as far as it is known. */
  async run(): Promise<ReplayEnd> {
    const { entries, total } = this.#run.trace;
    const { steps, isWhole } = planSteps(entries.slice(0, ReplayLimits.commands));
    this.#clients.expect(steps.map(({ source }) => source));
    // With a rival, too: Lua could tell that nobody listens.
    const began = this.#run.clock.serverStart;
    const lua = await LuaCalls.record(this.#address, this.#session, entries, began);
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
    return this.#ledger.isWhole ? 'end' : 'too large';
  }

  /** What was seen, compared with how the run ended. */
  result(until: ReplayEnd, after: Keyspace): Replay {
    const isKnown = until === 'end' || until === 'too large';
    return {
      steps: [...this.#ledger.kept],
      until,
      unlike: distinct([...(isKnown ? this.#states.unlike(after) : []), ...this.#unlike]),
    };
  }

  /** What became of the rival. */
  trial(until: ReplayEnd): RivalTrial | undefined {
    return this.#rival?.trial(this.#ledger.kept, until);
  }

  close(): void {
    this.#clients.close();
  }

  /** What the set-up made expires later by the server's clock than it did in the run. */
  async #learnExpiries(): Promise<void> {
    const places = this.#states.expired(Number.POSITIVE_INFINITY);
    const found = await this.#reader.readNow(this.#session, places);
    for (const { db, key, state } of found) {
      const then = this.#states.of(db, key);
      if (state && then) this.#kept.time.learn(expiriesOf(state), expiriesOf(then));
    }
  }

  /** Of what Lua did otherwise this time, nothing is known. */
  #noteUnlike(entries: readonly TraceEntry[]): void {
    const touched = this.facts.touchedBy(entries);
    const places = touched === 'all' ? this.#states.everywhere([0]) : touched;
    this.#unlike = places.map(({ db, key }) => ({ db, key: toBytes(key) }));
  }

  async #take(planned: PlannedStep): Promise<void> {
    const entries = this.#run.trace.entries.slice(planned.entry, planned.entry + planned.entries);
    const at = Math.floor((entries[0]?.at ?? 0) / 1000);
    const client = await this.#clients.of(planned.source);
    if (this.#pace.matters(entries)) await this.#flush().then(() => this.#pace.keep(at));
    if (this.#rival?.isDue(planned.entry)) await this.#slipIn(this.#rival, entries);
    const part = this.#part;
    const isShort = part && at - part.from <= PART.ms && part.steps < PART.steps;
    const isNext = isShort && part.connection === client && this.#waiting.size === 0;
    if (!isNext) {
      await this.#flush();
      await this.#waiting.end(client, at);
      await this.#expire(at, planned.entry);
      this.#part = { connection: client, from: at, steps: 0 };
    }
    if (this.#part) this.#part.steps += 1;
    const step: Step = { entry: planned.entry, entries: planned.entries, reply: null, changes: [] };
    this.#ledger.add(step);
    if (planned.isSent) await this.#send(client, planned, entries, step);
    this.#clients.done(planned.source);
  }

  async #slipIn(rival: SlippedIn, entries: readonly TraceEntry[]): Promise<void> {
    await this.#flush();
    await rival.run(this.#session);
    const now = await this.#session.time();
    const found = await this.#reader.readNow(this.#session, rival.places);
    for (const { db, key, state } of found) this.#states.set(db, key, this.#inTheRun(state, now, entries));
    rival.note(
      rival.places.map(({ db, key }) => this.#states.of(db, key)),
      this.#ledger.length,
    );
  }

  async #send(
    client: ReplayConnection,
    { isTransaction }: PlannedStep,
    entries: readonly TraceEntry[],
    step: Step,
  ): Promise<void> {
    const own = entries.filter(({ source }) => source !== 'lua');
    const [first] = own;
    const touched = this.facts.touchedBy(entries);
    // Which keys these are, and what is sorted, is known when all before it is answered.
    if (touched === 'all' || entries.some(isSort)) await client.flush();
    const places = touched === 'all' ? this.#states.everywhere(databasesOf(entries)) : touched;
    if (isTransaction) addTransaction(client, own, step, this.#kept);
    else if (first && !this.facts.listens(first.args)) {
      const waits = this.facts.mayBlock(first.args);
      if (waits) await client.flush();
      addCommand(client, first, step, this.#kept);
      if (waits) await this.#waiting.send(client, { places, until: entryMs(first) + waitsMs(first.args) });
      // While it waits, nothing comes through behind it.
      if (client.isBlocked) return;
      if (commandName(first.args).startsWith('SCRIPT')) this.#reader.addLoading(client);
    }
    const used = this.#rival ? [] : [...this.facts.usedBy(entries), ...sortedKeys(entries, this.#states)];
    if (used.length > 0) step.keys = used;
    const read = [...places, ...this.#watchedPlaces(entries)];
    const elements = this.#elementsLeft > 0 ? ReplayLimits.elements : 0;
    this.#elementsLeft -= this.#states.sizeOf(read);
    this.#reader.add(client, read, elements, (found, now) => {
      for (const { db, key, state } of found) {
        const change = this.#states.set(db, key, this.#inTheRun(state, now, entries));
        if (!change) continue;
        step.changes.push(change);
        this.#ledger.count(step, change);
      }
    });
  }

  /** What to look at after each step, but where the server would put off the look until EXEC. */
  #watchedPlaces([first]: readonly TraceEntry[]): readonly Place[] {
    if (first && commandName(first.args) === 'MULTI') return [];
    return [...this.#waiting.places, ...(this.#rival?.places ?? [])];
  }

  /** A key with its expiry, and those of its fields, in the time of the run. */
  #inTheRun(state: KeySnapshot | null, now: number, entries: readonly TraceEntry[]): KeySnapshot | null {
    return state && withExpiries(state, (expireAt) => this.#kept.time.of(expireAt, now, entries));
  }

  /** Removes what had expired in the run by then. */
  async #expire(now: number, entry: number): Promise<void> {
    const due = this.#states.expired(now);
    if (due.length === 0) return;
    await this.#session.callAll(
      due
        .flatMap(({ db, key, fields }): (string | Buffer)[][] => [
          ['SELECT', String(db)],
          fields ? ['HDEL', key, ...fields] : ['DEL', key],
        ])
        .concat([['SELECT', '0']]),
    );
    const changes = due.flatMap(({ db, key, left }) => this.#states.set(db, key, left) ?? []);
    const step = { entry, entries: 0, reply: null, changes };
    this.#ledger.add(step);
    this.#ledger.count(step, changes);
  }

  async #flush(): Promise<void> {
    await this.#part?.connection.flush();
    this.#part = undefined;
  }
}
