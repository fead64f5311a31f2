import { textOf, toBuffer, toBytes, type Value } from '../../base/bytes.ts';
import { commandName } from '../../evidence/command-name.ts';
import type { TraceEntry, UsedKey } from '../../evidence/evidence.ts';
import type { GraderSession } from '../observe/grader-session.ts';
import type { Place } from './place.ts';

/** What the server says of a command in COMMAND INFO. Source: https://valkey.io/commands/command-info/ */
interface Fact {
  flags: ReadonlySet<string>;
  categories: ReadonlySet<string>;
  firstKey: number;
  lastKey: number;
  keyStep: number;
  /** For what it uses its keys. */
  usage: Usage;
  /** True where it uses some of them for other things than others, or hangs on its words what for. */
  keysDiffer: boolean;
}

/** For what a command uses a key. */
type Usage = Pick<UsedKey, 'use' | 'writes'>;

interface KeyUse {
  key: Buffer;
  usage: Usage;
}

/** As many as a server has where nobody says otherwise. */
const DATABASES = 16;

/** What the server itself knows of the commands of a trace. */
export class CommandFacts {
  readonly #facts: ReadonlyMap<string, Fact>;
  /** The keys of commands that have no fixed place for them. */
  readonly #moved: ReadonlyMap<TraceEntry, KeyUse[]>;
  /** For what commands use their keys, one after the other, where that hangs on their words. */
  readonly #usages: ReadonlyMap<string, Usage[]>;

  private constructor(
    facts: ReadonlyMap<string, Fact>,
    moved: ReadonlyMap<TraceEntry, KeyUse[]>,
    usages: ReadonlyMap<string, Usage[]>,
  ) {
    this.#facts = facts;
    this.#moved = moved;
    this.#usages = usages;
  }

  static async ask(session: GraderSession, entries: readonly TraceEntry[]): Promise<CommandFacts> {
    const names = [...new Set(entries.map(({ args }) => commandName(args)))];
    const infos = await session.callAll([['COMMAND', 'INFO', ...names.map(infoName)]]);
    const facts = new Map(
      (infos[0] as (unknown[] | null)[]).flatMap((info, index) => {
        const name = names[index];
        return info && name !== undefined ? [[name, factOf(info)] as const] : [];
      }),
    );
    const asked = entries.filter(({ args }) => facts.get(commandName(args))?.flags.has('movablekeys'));
    const shapes = new Map(
      entries.flatMap((entry) => {
        const fact = facts.get(commandName(entry.args));
        return fact?.keysDiffer && !fact.flags.has('movablekeys')
          ? [[shapeOf(entry.args), entry] as const]
          : [];
      }),
    );
    // One that names no key, or is no command as it stands, is refused: it has none.
    const replies = (await session.tryAll(
      [...asked, ...shapes.values()].map(({ args }) => ['COMMAND', 'GETKEYSANDFLAGS', ...args.map(toBuffer)]),
    )) as ([Buffer, unknown[]][] | undefined)[];
    const keys = replies.map((reply = []) =>
      reply.map(([key, flags]) => ({ key, usage: usageOf(new Set(flags.map(String))) })),
    );
    return new CommandFacts(
      facts,
      new Map(asked.map((entry, index) => [entry, keys[index] ?? []])),
      new Map(
        [...shapes.keys()].map((shape, index) => [
          shape,
          (keys[asked.length + index] ?? []).map(({ usage }) => usage),
        ]),
      ),
    );
  }

  /** True for a command that may wait for what others do. */
  mayBlock(args: readonly Value[]): boolean {
    return this.#has(args, 'blocking');
  }

  /** True for a command that makes its connection one that only listens. */
  listens(args: readonly Value[]): boolean {
    return this.#has(args, 'pubsub') && this.#has(args, 'noscript');
  }

  /** The keys that commands may have changed. */
  touchedBy(entries: readonly TraceEntry[]): Place[] | 'all' {
    const touched = entries.map((entry) => this.#touchedByOne(entry));
    return touched.includes('all') ? 'all' : touched.flatMap((places) => (places === 'all' ? [] : places));
  }

  /** The keys that the commands of a step use. A call of a script uses none: what the script runs does. */
  usedBy(entries: readonly TraceEntry[]): UsedKey[] {
    return entries.flatMap((entry, command) =>
      this.#usedByOne(entry).map((used) => (command > 0 ? { ...used, command } : used)),
    );
  }

  #usedByOne(entry: TraceEntry): UsedKey[] {
    const fact = this.#facts.get(commandName(entry.args));
    if (!fact || !isOnData(fact)) return [];
    const usages =
      this.#moved.get(entry)?.map(({ usage }) => usage) ?? this.#usages.get(shapeOf(entry.args)) ?? [];
    const perDatabase = otherDatabase(entry.args) === undefined ? 1 : 2;
    const found = new Map<string, UsedKey>();
    for (const [index, { db, key }] of this.#keysOf(entry, fact).entries()) {
      const usage = usages[Math.floor(index / perDatabase)] ?? fact.usage;
      const id = `${db} ${key.toString('latin1')}`;
      const other = found.get(id);
      const use = other && USES.indexOf(other.use) < USES.indexOf(usage.use) ? other.use : usage.use;
      found.set(id, { db, key: toBytes(key), ...other, ...usage, use });
    }
    return [...found.values()];
  }

  #touchedByOne(entry: TraceEntry): Place[] | 'all' {
    const fact = this.#facts.get(commandName(entry.args));
    if (!fact || fact.flags.has('readonly')) return [];
    const isWide = fact.firstKey === 0 && fact.flags.has('write') && fact.categories.has('@keyspace');
    return isWide ? 'all' : this.#keysOf(entry, fact);
  }

  #keysOf(entry: TraceEntry, fact: Fact): Place[] {
    const { args, db } = entry;
    const moved = this.#moved.get(entry);
    if (moved) return moved.map(({ key }) => ({ db, key }));
    if (fact.firstKey === 0) return [];
    const last = fact.lastKey < 0 ? args.length + fact.lastKey : fact.lastKey;
    const keys: Place[] = [];
    for (let at = fact.firstKey; at <= last && at < args.length; at += Math.max(fact.keyStep, 1)) {
      const key = toBuffer(args[at] ?? '');
      keys.push({ db, key });
      const other = otherDatabase(args);
      if (other !== undefined) keys.push({ db: other, key });
    }
    return keys;
  }

  #has(args: readonly Value[], flag: string): boolean {
    return this.#facts.get(commandName(args))?.flags.has(flag) ?? false;
  }
}

/** From what tells most of a key to what tells nothing. */
const USES: readonly UsedKey['use'][] = ['read', 'ask', 'write'];

/**
 * What the flags of a key specification come to. `RW` alone tells no change: PFCOUNT notes in a key what it has counted.
 * Source: https://valkey.io/topics/key-specs/
 */
function usageOf(flags: ReadonlySet<string>): Usage {
  const use = flags.has('access') ? 'read' : flags.has('RO') ? 'ask' : 'write';
  if (flags.has('insert') || flags.has('update')) return { use, writes: 'put' };
  return flags.has('delete') ? { use, writes: 'remove' } : { use };
}

/** A command without its names and values: those that look alike use their keys alike. */
function shapeOf(args: readonly Value[]): string {
  return args
    .map((arg) => (typeof arg === 'string' && /^[a-z]{1,12}$/i.test(arg) ? arg.toUpperCase() : ''))
    .join(' ');
}

/** True for a command that reads or writes; what calls a script or watches a key does neither by itself. */
function isOnData({ flags }: Fact): boolean {
  return flags.has('readonly') || flags.has('write');
}

/** The databases of commands, and those that they may mean by a number: SWAPDB names two. */
export function databasesOf(entries: readonly TraceEntry[]): number[] {
  const numbers = entries.flatMap(({ db, args }) => [db, ...args.slice(1).map((arg) => Number(textOf(arg)))]);
  return numbers.filter((number) => Number.isInteger(number) && number >= 0 && number < DATABASES);
}

/** The database beside its own one that a command names: the server does not tell. */
function otherDatabase(args: readonly Value[]): number | undefined {
  const words = args.map((arg) => textOf(arg)?.toUpperCase() ?? '');
  const [name] = words;
  const place = name === 'MOVE' ? 2 : name === 'COPY' ? words.indexOf('DB', 3) + 1 : 0;
  const db = place > 0 ? Number(words[place]) : Number.NaN;
  return Number.isInteger(db) && db >= 0 ? db : undefined;
}

/** `XGROUP CREATE` is `xgroup|create` there. */
function infoName(name: string): string {
  return name.toLowerCase().replace(' ', '|');
}

function factOf(info: readonly unknown[]): Fact {
  const [, , flags, firstKey, lastKey, keyStep, categories, , specs] = info;
  const texts = (list: unknown) => new Set((list as unknown[]).map(String));
  const keyFlags = ((specs ?? []) as unknown[][]).map((spec) => texts(after(spec, 'flags')));
  return {
    flags: texts(flags),
    categories: texts(categories),
    firstKey: Number(firstKey),
    lastKey: Number(lastKey),
    keyStep: Number(keyStep),
    usage: usageOf(new Set(keyFlags.flatMap((some) => [...some]))),
    keysDiffer:
      new Set(keyFlags.map((some) => [...some].join())).size > 1 ||
      keyFlags.some((some) => some.has('variable_flags')),
  };
}

/** What stands behind a word in a list of names and values. */
function after(pairs: readonly unknown[], name: string): unknown[] {
  const at = pairs.findIndex((word) => String(word) === name);
  return at === -1 ? [] : (pairs[at + 1] as unknown[]);
}
