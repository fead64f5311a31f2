import { commandName, TRANSACTION_ENDS } from '../../evidence/command-name.ts';
import { hidesArguments, mayConcern } from '../../evidence/completeness.ts';
import type { LeftOut, TraceEntry } from '../../evidence/evidence.ts';
import { EvidenceLimits, type TraceLimits } from '../../evidence/limits.ts';
import {
  isOfLua,
  isPlain,
  type MonitorLine,
  nameOf,
  readLine,
  sourceOf,
} from '../../evidence/monitor-line.ts';
import { type PlacedLine, TraceNames } from '../../evidence/trace-names.ts';
import type { TraceQuestion } from '../../evidence/trace-question.ts';
import { Repeats } from './repeats.ts';
import type { Asked, Client, Item, Kept, PlacedEntry } from './trace-items.ts';

/** More names of commands than any server knows. */
const NAMES = 2_000;
/** Of so many commands it is remembered what they are about, where they are no longer than that: loops repeat them. */
const ANSWERS = 64;
const ANSWER_WIDTH = 1_024;
/** So many commands that matter are kept before loops are looked for. */
const BEFORE_LOOPS = 1_000;
/** More clients than a script has at a time. */
const CLIENTS = 20_000;

/** Commands after which a Lua script's own stand in the trace. */
const CALLS = new Set(['EVAL', 'EVAL_RO', 'EVALSHA', 'EVALSHA_RO', 'FCALL', 'FCALL_RO']);
/** What gives other commands of the same client their meaning. */
const FRAMES = new Set(['MULTI', 'UNWATCH', ...TRANSACTION_ENDS]);

/**
 * What is kept of the commands between the first and the last ones of a long trace: those that the grader asks
 * for, with what gives them their meaning (the MULTI and EXEC around them, the call of a Lua script before
 * them), and a few of each name. Memory is bounded whatever comes. What is not kept is counted.
 */
export class TraceMiddle {
  readonly #limits: TraceLimits;
  readonly #asked: Asked[];
  /** The questions that commands of a name may be about, whatever else their line holds. */
  readonly #byName = new Map<string, readonly Asked[]>();
  readonly #worded: readonly Asked[];
  readonly #answers = new Map<string, readonly Asked[]>();
  /** What frames commands of questions, once not all of it is kept. */
  readonly #frames: Kept = { completeness: 'all', first: 0, last: [], lastBytes: 0 };
  readonly #words: RegExp | undefined;
  readonly #names = new TraceNames();
  readonly #clients = new Map<string, Client>();
  readonly #repeats = new Repeats<Item>();
  readonly #kept: Item[] = [];
  #bytes = 0;
  #matter = 0;
  #call: Item | undefined;
  #lua = 0;
  /** The names of commands of which not all arguments were there to be looked at. */
  readonly #hiding = new Set<string>();

  /** `head` is what was kept before: commands of the middle may belong to it. */
  constructor(
    questions: readonly TraceQuestion[],
    head: readonly MonitorLine[],
    limits: TraceLimits = EvidenceLimits,
  ) {
    this.#limits = limits;
    const byId = new Map(questions.map((question) => [question.id, question]));
    this.#asked = [...byId.values()].map((question) => ({
      question,
      completeness: 'all',
      first: 0,
      last: [],
      lastBytes: 0,
    }));
    this.#worded = this.#asked.filter(({ question }) => question.word !== undefined);
    const words = new Set(this.#worded.map(({ question }) => question.word ?? ''));
    this.#words = words.size > 0 ? new RegExp([...words].map(escaped).join('|')) : undefined;
    for (const { text } of head) {
      const name = nameOf(text);
      const source = sourceOf(text);
      this.#names.see(name);
      if (source !== 'lua') this.#client(source).isKept = !FRAMES.has(name) || name === 'MULTI';
    }
  }

  /** Takes the command at a position of the trace. */
  add(at: number, line: MonitorLine): void {
    const name = nameOf(line.text);
    this.#names.add({ at, line, name }, name !== 'MULTI');
    if (isOfLua(line.text)) this.#lua += 1;
    if (line.more > 0 && this.#hiding.size < NAMES) this.#hiding.add(name);
    const asked = this.#questionsAbout(name, line);
    const isFrame = FRAMES.has(name);
    const isCall = CALLS.has(name);
    if (asked.length === 0 && !isFrame && !isCall) return;
    const item: Item = { at, line, name, asked, print: '' };
    const source = sourceOf(line.text);
    if (source === 'lua') {
      if (asked.length === 0) return;
      if (this.#call) this.#keep(this.#call);
      this.#call = undefined;
      this.#keep(item);
      return;
    }
    this.#call = isCall && asked.length === 0 ? item : undefined;
    if (isFrame) this.#frame(item, source);
    else if (asked.length > 0) this.#keepOf(source, item);
  }

  /**
   * All that is kept, in the order of the trace, and what is not. `hiding` are commands before and behind the
   * middle of which not all arguments were there: what a question needs of these, nobody knows. `exact` tells a
   * line with its arguments as they were sent.
   */
  finish(
    hiding: readonly TraceEntry[],
    exact: (line: MonitorLine) => MonitorLine,
  ): { entries: PlacedEntry[]; leftOut: LeftOut } {
    // What they frame may come behind the middle.
    for (const { multi } of this.#clients.values()) if (multi) this.#keep(multi);
    if (this.#call) this.#keep(this.#call);
    for (const item of this.#repeats.end()) this.#store(item);
    const last = [...this.#asked, this.#frames].flatMap((kept) => kept.last);
    // Samples come first: what is kept whole takes their place.
    const all = [...this.#names.samples, ...last, ...this.#kept].map((item) => [item.at, item] as const);
    const kept = [...new Map<number, PlacedLine>(all).values()].flatMap(({ at, line, name }) =>
      readLine(exact(line)).map((entry) => ({ at, entry, name, isBare: line.isBare })),
    );
    const doubtful = kept.filter(({ entry, isBare }) => isBare && hidesArguments(entry));
    for (const { args } of [...hiding, ...doubtful.map(({ entry }) => entry)])
      this.#hiding.add(commandName(args));
    return {
      entries: kept.sort((left, right) => left.at - right.at),
      leftOut: {
        commands: this.#names.countsWithout(kept.map(({ name }) => name)),
        lua: this.#lua - kept.filter(({ entry }) => entry.source === 'lua').length,
        asked: Object.fromEntries(
          this.#asked
            .filter(({ question }) => ![...this.#hiding].some((name) => mayConcern(question, name)))
            .map(({ question, completeness }) => [question.id, completeness]),
        ),
      },
    };
  }

  #questionsAbout(name: string, line: MonitorLine): readonly Asked[] {
    let named = this.#byName.get(name);
    if (!named) {
      named = this.#asked.filter(({ question }) => question.names?.has(name));
      if (this.#byName.size < NAMES) this.#byName.set(name, named);
    }
    const worded = this.#words?.test(line.text) ? this.#worded : [];
    if (named.length === 0 && worded.length === 0) return named;
    // What it is about is known when its arguments are.
    if (line.isBare && !isPlain(line)) return [...new Set([...named, ...worded])];
    const command = afterTime(line.text);
    const known = this.#answers.get(command);
    if (known) return known;
    const [entry] = readLine(line);
    if (!entry) return [];
    const asked = [...new Set([...named, ...worded])].filter(({ question }) => question.concerns(entry));
    if (this.#answers.size >= ANSWERS) this.#answers.clear();
    if (command.length <= ANSWER_WIDTH) this.#answers.set(command, asked);
    return asked;
  }

  #client(source: string): Client {
    const found = this.#clients.get(source) ?? { multi: undefined, isKept: false };
    if (this.#clients.size >= CLIENTS) {
      // Which of them have something open is not known any more.
      this.#clients.clear();
      for (const asked of this.#asked) asked.completeness = 'ends';
    }
    this.#clients.set(source, found);
    return found;
  }

  #frame(item: Item, source: string): void {
    const client = this.#client(source);
    if (client.isKept || item.asked.length > 0) {
      this.#keep(item);
      client.isKept = item.name === 'MULTI';
    }
    client.multi = item.name === 'MULTI' && !client.isKept ? item : undefined;
    if (!client.isKept && !client.multi) this.#clients.delete(source);
  }

  #keepOf(source: string, item: Item): void {
    const client = this.#client(source);
    if (client.multi) this.#keep(client.multi);
    client.multi = undefined;
    client.isKept = true;
    this.#keep(item);
  }

  #keep(item: Item): void {
    this.#matter += 1;
    if (this.#matter <= (this.#limits.traceBeforeLoops ?? BEFORE_LOOPS)) {
      this.#store(item);
      return;
    }
    item.print = afterTime(item.line.text);
    const { through, out } = this.#repeats.take(item);
    for (const other of through) this.#store(other);
    for (const { asked } of out)
      for (const one of asked) if (one.completeness === 'all') one.completeness = 'repeats';
  }

  /** Keeps an item, be it only for as long as it is among the last ones of a question. */
  #store(item: Item): void {
    const { traceAskedHead, traceAskedHeadBytes } = this.#limits;
    const { length } = item.line.text;
    const keptFor: readonly Kept[] = item.asked.length === 0 ? [this.#frames] : item.asked;
    if (keptFor.some(({ first }) => first < traceAskedHead) && this.#bytes + length <= traceAskedHeadBytes) {
      this.#bytes += length;
      this.#kept.push(item);
      for (const one of keptFor) one.first += 1;
      return;
    }
    for (const one of keptFor) this.#addLast(one, item);
    if (this.#frames.completeness === 'ends') for (const asked of this.#worded) asked.completeness = 'ends';
  }

  #addLast(asked: Kept, item: Item): void {
    const { traceAskedTail, traceAskedTailBytes } = this.#limits;
    // Nothing may stand among the first ones from here on, or there would be gaps in these.
    asked.first = Number.POSITIVE_INFINITY;
    asked.last.push(item);
    asked.lastBytes += item.line.text.length;
    while (asked.last.length > traceAskedTail || asked.lastBytes > traceAskedTailBytes) {
      asked.completeness = 'ends';
      asked.lastBytes -= asked.last.shift()?.line.text.length ?? 0;
    }
  }
}

/** A line without the time at which it ran. */
function afterTime(text: string): string {
  return text.slice(text.indexOf(' '));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\-]/g, '\\$&');
}
