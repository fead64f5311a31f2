import { toBytes, toValue, type Value } from '../base/bytes.ts';
import type {
  AnsweredReply,
  CommandReply,
  DeniedCommand,
  Evidence,
  KeySnapshot,
  Keyspace,
  ProcessEvidence,
  RefusedCommand,
  Replay,
  RunEvidence,
  TraceEntry,
  User,
} from '../evidence/evidence.ts';
import { EVIDENCE_VERSION } from '../evidence/version.ts';
import { markOf } from '../judging/checks/hyperloglog-registers.ts';
import { RunView } from '../judging/checks/run-view.ts';
import { splitArguments } from '../valkey/notation/quoting.ts';

/** The server's clock when a made-up script starts and ends, in unix ms. */
export const START = 1_756_000_000_000;
export const END = START + 40;

export type Body = KeySnapshot extends infer Key ? (Key extends unknown ? Omit<Key, 'key'> : never) : never;
export type Options = {
  /** The TTL in seconds that the key was given when the script started. */
  ttl?: number;
  /** How many elements there are, where the snapshot was cut. */
  size?: number;
};

/** A value for a made-up keyspace, where text will not do. */
export const bytes = (...octets: number[]): Value => toBytes(Buffer.from(octets));
export const string = (value: Value, options: Options = {}): Body => ({
  type: 'string',
  value,
  ...size(typeof value === 'string' ? value.length : 1, options),
});
/** A HyperLogLog that counts so many elements; `noted` is what PFCOUNT wrote into it, one byte. */
export const hyperloglog = (count: number, noted = 0): Body => ({
  type: 'string',
  value: bytes(...Buffer.from('HYLL'), 1, 0, 0, 0, noted, 0, 0, 0, 0, 0, 0, 0x80, count),
  hyperloglog: count,
  ...size(17, {}),
});
/** A HyperLogLog of these elements, as the server has it when it is dense. */
export const hyperloglogOf = (elements: readonly string[]): Body => {
  const value = Buffer.alloc(16 + (16_384 * 6) / 8);
  value.write('HYLL');
  for (const { register, rank } of elements.map(markOf)) {
    const at = 16 + ((register * 6) >>> 3);
    const bits = value.readUInt16LE(at) | (rank << ((register * 6) & 7));
    value.writeUInt16LE(bits, at);
  }
  return { type: 'string', value: toBytes(value), hyperloglog: elements.length, ...size(value.length, {}) };
};
export const list = (items: Value[], options: Options = {}): Body => ({
  type: 'list',
  items,
  ...size(items.length, options),
});
export const set = (members: Value[], options: Options = {}): Body => ({
  type: 'set',
  members,
  ...size(members.length, options),
});
export const zset = (scores: Record<string, number | string>, options: Options = {}): Body => ({
  type: 'zset',
  members: Object.entries(scores).map(([member, score]) => ({ member, score: String(score) })),
  ...size(Object.keys(scores).length, options),
});
export const hash = (fields: Record<string, Value>, options: Options = {}): Body => ({
  type: 'hash',
  fields: Object.entries(fields).map(([field, value]) => ({ field, value })),
  ...size(Object.keys(fields).length, options),
});

export function size(
  found: number,
  { ttl, size = found }: Options,
): { size: number; expireAt: number | null } {
  return { size, expireAt: ttl === undefined ? null : START + ttl * 1000 };
}

/** Keys by name; a plain text is a string without a TTL. */
export type Keys = Record<string, Body | string>;

/** A keyspace with keys in database 0, and in others by their index. */
export function keyspace(keys: Keys, others: Record<number, Keys> = {}): Keyspace {
  const databases = Object.entries({ 0: keys, ...others })
    .filter(([, content]) => Object.keys(content).length > 0)
    .map(([index, content]) => ({
      index: Number(index),
      size: Object.keys(content).length,
      keys: Object.entries(content).map(([key, body]): KeySnapshot => {
        return { key, ...(typeof body === 'string' ? string(body) : body) } as KeySnapshot;
      }),
    }));
  return { databases };
}

/** A command as one types it in valkey-cli; an object where more is to be said of it. */
export type Command =
  | string
  | { run: string; lua?: true; db?: number; line?: number; client?: string; arguments?: number };

interface RunOptions {
  before?: Keys | Keyspace;
  after?: Keys | Keyspace;
  commands?: readonly Command[];
  stdout?: string;
  stderr?: string;
  process?: Partial<ProcessEvidence>;
  /** How long the script ran by the server's clock, in ms. */
  took?: number;
  denied?: DeniedCommand[];
  refused?: RefusedCommand[];
  /** Channel and message of each; null for evidence of before messages were recorded. */
  messages?: [string, Value][] | null;
  messagesCut?: true;
  replies?: CommandReply[] | null;
  replay?: Replay | null;
  /** What the server answers, by the command that asks it (database 0). */
  answers?: Record<string, AnsweredReply>;
  users?: User[];
}

export interface EvidenceOptions extends RunOptions {
  language?: string;
  name?: string;
  /** The script's source. */
  source?: string | null;
  /** Further runs, by the id of their variant. */
  variants?: Record<string, RunOptions>;
}

/** Made-up evidence of a script that ended well; all that is not given is empty. */
export function makeEvidence(options: EvidenceOptions = {}): Evidence {
  const { language = 'python', name = 'solution.py', source = null, variants = {} } = options;
  return {
    version: EVIDENCE_VERSION,
    challenge: 'mission/challenge',
    environment: {
      engine: 'local',
      sandbox: 'process',
      image: null,
      server: { name: 'valkey', version: '8.1.1' },
    },
    script: { name, language, text: source },
    runs: [
      makeRun(null, options),
      ...Object.entries(variants).map(([variant, run]) => makeRun(variant, run)),
    ],
  };
}

/** The view that checks get of made-up evidence: of the main run, or of a variant's. */
export function makeView(options: EvidenceOptions = {}, variant: string | null = null): RunView {
  const evidence = makeEvidence(options);
  const run = evidence.runs.find((other) => other.variant === variant);
  if (!run) throw new Error(`no variant ${variant}`);
  return new RunView(evidence, run);
}

function makeRun(variant: string | null, options: RunOptions): RunEvidence {
  const { before = {}, after = {}, commands = [], took = END - START } = options;
  const entries = commands.map(makeEntry);
  const published = options.messages === undefined ? [] : options.messages;
  return {
    variant,
    clock: { serverStart: START, serverEnd: START + took, elapsedMs: took },
    before: isKeyspace(before) ? before : keyspace(before),
    after: isKeyspace(after) ? after : keyspace(after),
    trace: { entries, total: entries.length },
    denied: options.denied ?? [],
    ...(options.refused && { refused: options.refused }),
    ...(published && {
      messages: {
        entries: published.map(([channel, message]) => ({ channel, message })),
        cut: options.messagesCut ?? false,
      },
    }),
    lost: null,
    process: {
      ended: 'exited',
      exitCode: 0,
      signal: null,
      timeLimitMs: 30_000,
      stdout: output(options.stdout ?? ''),
      stderr: output(options.stderr ?? ''),
      ...options.process,
    },
    replies: options.replies ?? null,
    ...(options.users && { users: options.users }),
    ...(options.answers && {
      answers: Object.entries(options.answers).map(([command, reply]) => ({ command, db: 0, reply })),
    }),
    replay: options.replay ?? null,
  };
}

function isKeyspace(keys: Keys | Keyspace): keys is Keyspace {
  return Array.isArray(keys.databases);
}

function makeEntry(command: Command, index: number): TraceEntry {
  const options = typeof command === 'string' ? { run: command } : command;
  const { run, lua, db = 0, line = null, client = '127.0.0.1:50000' } = options;
  return {
    at: START * 1000 + index,
    db,
    source: lua ? 'lua' : client,
    args: splitArguments(run).map((arg) => toValue(arg, 64 * 1024)),
    ...(options.arguments && { arguments: options.arguments }),
    line,
  };
}

function output(text: string) {
  return { text, bytes: Buffer.byteLength(text), cut: false };
}
