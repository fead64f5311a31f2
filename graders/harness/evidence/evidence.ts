import type { Bytes, Value } from './bytes.ts';

/** The version of the evidence document; its JSON Schema is `evidence.schema.json`. */
export const EVIDENCE_VERSION = 1;

/**
 * All that was seen of one submission: what a run of the learner's script left in the keyspace, which
 * commands it ran, what it printed. Plain data: checks read this and nothing else, so a saved evidence can
 * be judged again at any time.
 */
export interface Evidence {
  version: typeof EVIDENCE_VERSION;
  /** The challenge's id, `<mission>/<challenge>`. */
  challenge: string;
  environment: Environment;
  script: ScriptSource;
  /**
   * How many hints beyond the first the learner took, by the id of the check, as the file beside the script
   * says: only there where they cost points.
   */
  hints?: Record<string, number>;
  /** The main run first (variant `null`), then one run for each variant. */
  runs: RunEvidence[];
}

/** Where the submission was graded. */
export interface Environment {
  engine: 'docker' | 'local';
  /** How far the script was kept from the machine. */
  sandbox: 'process' | 'container';
  /** The image that was asked for; null for the local engine. */
  image: string | null;
  /** What the server calls itself: `valkey` (or `redis`), and its version. */
  server: { name: string; version: string };
}

/** The learner's script as it was run. */
interface ScriptSource {
  /** The file's name, without a folder. */
  name: string;
  /** The id of its language in the table of languages, such as `command-file` or `python`. */
  language: string;
  /** The source text (null where it is not text or too long to keep): commands are told by their line in it. */
  text: string | null;
}

/** One run of the script against a server of its own. */
export interface RunEvidence {
  /** The variant's id; null for the main run. */
  variant: string | null;
  clock: Clock;
  /** The keyspace after the set-up and before the script. */
  before: Keyspace;
  /** The keyspace after the script ended and its connections were closed. */
  after: Keyspace;
  trace: Trace;
  denied: DeniedCommand[];
  /** What was published while the script ran; evidence of before messages were recorded has none. */
  messages?: Messages;
  process: ProcessEvidence;
  /** What the script did to the server so that its keyspace could not be read; null where it could. */
  lost: LostKeyspace | null;
  /** What each command of a command file answered; null for the other languages. */
  replies: CommandReply[] | null;
}

/** Start and end of the script, by the server's clock (unix time in ms) and by ours (ms that passed). */
export interface Clock {
  serverStart: number;
  serverEnd: number;
  elapsedMs: number;
}

/** The keyspace of one server. */
export interface Keyspace {
  /** The databases that hold keys, by index. */
  databases: DatabaseSnapshot[];
}

export interface DatabaseSnapshot {
  index: number;
  /** How many keys the database holds: more than `keys` lists where the snapshot was cut. */
  size: number;
  /** Ordered by the bytes of their names. */
  keys: KeySnapshot[];
}

/**
 * A key with its exact value. Expiry is unix time in ms (PEXPIRETIME), null for none. `hyperloglog` is there
 * for a string that is a HyperLogLog: how many different elements the server takes it to have counted.
 */
export type KeySnapshot = { key: Bytes; expireAt: number | null } & (
  | { type: 'string'; size: number; value: Value; hyperloglog?: number }
  | { type: 'list'; size: number; items: Value[] }
  | { type: 'set'; size: number; members: Value[] }
  | { type: 'zset'; size: number; members: { member: Value; score: string }[] }
  | { type: 'hash'; size: number; fields: { field: Value; value: Value }[] }
  | { type: 'other'; name: string }
);

/** The commands that the script ran, in the order in which the server ran them. */
export interface Trace {
  entries: TraceEntry[];
  /** How many commands there were: more than `entries` where some of them were left out. */
  total: number;
  /** Only there where some were. Evidence of earlier days does not tell, and lacks all but the ends. */
  leftOut?: LeftOut;
}

/** What a long trace does not list, between its first and its last commands. */
export interface LeftOut {
  /** How many commands, by their names: upper case, with the subcommand where the command has some. */
  commands: Record<string, number>;
  /** How many of these Lua scripts ran. */
  lua: number;
  /** What the grader asked of the trace when it was recorded, and what is listed of it. */
  asked: Record<string, TraceGap>;
}

/** See `Known` in left-out.ts. */
export type TraceGap = 'all' | 'repeats' | 'ends';

export interface TraceEntry {
  /** Unix time by the server's clock, in µs. */
  at: number;
  db: number;
  /** `lua` for a command that a Lua script ran, otherwise the client's address; `unix` for a unix socket. */
  source: string;
  /** The command's name and its arguments, as sent. */
  args: Value[];
  /** How many commands ran right before it that are not listed; only there where some did. */
  skipped?: number;
  /** The line of a command file on which the command stands; null where that is not known. */
  line: number | null;
}

/** The messages that a subscriber to all channels got, in order. Sharded channels (SPUBLISH) are not among them. */
export interface Messages {
  entries: PublishedMessage[];
  /** True where more were published than `entries` lists. */
  cut: boolean;
}

export interface PublishedMessage {
  channel: Value;
  message: Value;
}

/** A command that the access rules (ACL) refused. */
export interface DeniedCommand {
  /** What was refused, as ACL LOG names it, such as `config|set`. */
  command: string;
  count: number;
}

/** Why there is no keyspace to look at: the script's doing, not an infrastructure fault. */
export type LostKeyspace = 'endless Lua script' | 'out of memory' | 'busy';

/** How the script's process went. */
export interface ProcessEvidence {
  /** How it ended: by itself, or stopped at a limit; `not started` where the system refused to start it. */
  ended: 'exited' | 'timed out' | 'out of memory' | 'too many processes' | 'not started';
  exitCode: number | null;
  signal: string | null;
  /** The time limit in ms. */
  timeLimitMs: number;
  stdout: Output;
  stderr: Output;
}

/** What a process wrote to one stream. */
export interface Output {
  /** The text: the head and the tail, with a note between them, where it was cut. */
  text: string;
  /** How many bytes were written in all. */
  bytes: number;
  cut: boolean;
}

export interface CommandReply {
  line: number;
  args: Value[];
  /** As valkey-cli prints it, without the last line end. */
  reply: string;
  error: boolean;
}
