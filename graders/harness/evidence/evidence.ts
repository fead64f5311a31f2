import { Integer, Literal, Optional, type Static } from 'typebox';
import {
  byName,
  count,
  flag,
  list,
  named,
  nullable,
  object,
  oneOf,
  ordinal,
  ref,
  text,
} from '../base/document/define.ts';
import { Answer, User } from './answers.ts';
import { ENGINES, SANDBOXES } from './environment.ts';
import { type Keyspace, value } from './keyspace.ts';
import { Replay } from './replay.ts';
import { Trace } from './trace.ts';
import { EVIDENCE_VERSION } from './version.ts';

// Each definition is the schema and the type of the same name. Other modules import types alone from here: the
// bundle has the schema compiled, and needs none of this.
export type { Answer, AnsweredReply, User } from './answers.ts';
export type { ConsumerGroup, KeyContent, KeySnapshot, StreamEntry } from './data-types/key.ts';
export type { DatabaseSnapshot, Keyspace } from './keyspace.ts';
export type { KeyChange, Replay, ReplayEnd, RivalTrial, Step, StepReply, UsedKey } from './replay.ts';
export type { LeftOut, RecordedCompleteness, Trace, TraceEntry } from './trace.ts';

/** Where a submission was graded: reports have it too. */
export const Environment = object({
  engine: oneOf(ENGINES, 'Where the server ran.'),
  sandbox: oneOf(SANDBOXES, 'How far the script was kept from the machine.'),
  image: nullable(text(), 'The image that was asked for; null for the local engine.'),
  server: object(
    { name: text('`valkey`, or `redis`.'), version: text('Such as `8.1.1`.') },
    'What the server calls itself.',
  ),
});
export interface Environment extends Static<typeof Environment> {}

/** Start and end of the script. */
export const Clock = object({
  serverStart: count("Unix time in ms by the server's clock."),
  serverEnd: count("Unix time in ms by the server's clock."),
  elapsedMs: count('How long it ran, by the clock of the grader.'),
});
export interface Clock extends Static<typeof Clock> {}

export const PublishedMessage = object({ channel: value, message: value });
export interface PublishedMessage extends Static<typeof PublishedMessage> {}

/** The messages that a subscriber to all channels got, in order. Sharded channels (SPUBLISH) are not among them. */
export const Messages = object({
  entries: list(named<PublishedMessage>(PublishedMessage)),
  cut: flag('True where more were published than are listed.'),
});
export interface Messages extends Static<typeof Messages> {}

/** A command that the access rules (ACL) refused. */
export const DeniedCommand = object({
  command: text('As ACL LOG names it, such as `config|set`.'),
  count: count('How often.'),
});
export interface DeniedCommand extends Static<typeof DeniedCommand> {}

/** A command that did not do what it was sent for. */
export const RefusedCommand = object({
  command: text('As INFO names it, such as `hset` or `config|set`.'),
  rejected: count('How often the server did not run it: access rules, or the wrong number of arguments.'),
  failed: count('How often it ran, and ended with an error.'),
});
export interface RefusedCommand extends Static<typeof RefusedCommand> {}

/** What a process wrote to one stream. */
export const Output = object({
  text: text('The head and the tail, with a note between them, where it was cut.'),
  bytes: count('How many bytes were written in all.'),
  cut: flag('True where `text` is not all of it.'),
});
export interface Output extends Static<typeof Output> {}

export const ProcessEvidence = object({
  ended: oneOf(
    ['exited', 'timed out', 'out of memory', 'too many processes', 'not started'],
    '`exited`: by itself. `not started`: the system refused to start it.',
  ),
  exitCode: nullable(Integer(), 'Null where a signal ended it.'),
  signal: nullable(text(), 'Such as `SIGKILL`; null for none.'),
  timeLimitMs: count('How long it might have run.'),
  leftOpen: Optional(
    flag(
      'True if it was stopped before its time limit, as `timed out`: nothing was left to do, and a client that was still open kept it from ending.',
    ),
  ),
  stdout: named<Output>(Output, 'What it printed.'),
  stderr: named<Output>(Output, 'What it printed as complaints.'),
});
export interface ProcessEvidence extends Static<typeof ProcessEvidence> {}

const LostKeyspace = oneOf(['endless Lua script', 'out of memory', 'busy']);
/** Why there is no keyspace to look at: the script's doing, not an infrastructure fault. */
export type LostKeyspace = Static<typeof LostKeyspace>;

export const CommandReply = object({
  line: ordinal('Its line in the command file.'),
  args: list(value, 'The name of the command and its arguments.'),
  reply: text('As valkey-cli prints it, or the head of that.'),
  length: Optional(count('How many bytes the whole reply has. Only there where `reply` is not all of it.')),
  shown: Optional(
    text('What the command file shows as its answer, pasted along. Only there where that is another one.'),
  ),
  error: flag('True where the server answered with an error.'),
});
export interface CommandReply extends Static<typeof CommandReply> {}

/** One run of the script against a server of its own. */
export const RunEvidence = object({
  variant: nullable(text(), 'Null for the main run.'),
  clock: named<Clock>(Clock, 'When the script ran.'),
  before: ref<Keyspace>('keyspace', 'After the set-up and before the script.'),
  after: ref<Keyspace>('keyspace', 'After the script, when its connections were closed.'),
  trace: named<Trace>(Trace, 'The commands that the script ran, in the order in which the server ran them.'),
  denied: list(named<DeniedCommand>(DeniedCommand), 'Commands that the access rules refused.'),
  refused: Optional(
    list(
      named<RefusedCommand>(RefusedCommand),
      'Commands that the server answered with an error, wherever they were sent from: in transactions and Lua scripts, too.',
    ),
  ),
  process: named<ProcessEvidence>(ProcessEvidence, "How the script's process went."),
  lost: nullable(LostKeyspace, 'What the script did to the server so that its keyspace could not be read.'),
  replies: nullable(
    list(named<CommandReply>(CommandReply)),
    'What each command of a command file answered; null for the other languages.',
  ),
  repliesLeftOut: Optional(
    count('How many more replies there were. Only there where not all of them are listed.'),
  ),
  messages: Optional(
    named<Messages>(
      Messages,
      'What a subscriber to all channels got; `cut` where there was more. Not there in evidence of before it was recorded.',
    ),
  ),
  answers: Optional(
    list(
      named<Answer>(Answer),
      'What the server answered the grader after the script. Only there if a check asked for it.',
    ),
  ),
  users: Optional(
    list(
      named<User>(User),
      'The users of the server beside those of the grader, when the script had ended. Only there if a check asked for them.',
    ),
  ),
  replay: nullable(
    named<Replay>(Replay),
    'What each step answered and changed, as the grader saw it when it ran the trace once more; null where it did not.',
  ),
});
export interface RunEvidence extends Static<typeof RunEvidence> {}

/** What lies beside a script and did not go along with the copy that was run. */
export const LeftBehind = object({
  first: list(
    object({
      path: text("From the script's folder on; `.` for all of it."),
      why: oneOf(
        ['too large', 'name', 'path', 'unreadable'],
        '`too large`: a submission has at most 64 MiB and 5,000 files. `name`: it is not UTF-8. `path`: it is too long.',
      ),
    }),
    'The first ones, the nearest first.',
  ),
  total: ordinal('How many were left behind; what is in a folder that was is not counted.'),
});
export interface LeftBehind extends Static<typeof LeftBehind> {}

/**
 * All that was seen of one submission: what a run of the learner's script left in the keyspace, which
 * commands it ran, what it printed. Plain data: checks read this and nothing else, so a saved evidence can
 * be judged again at any time.
 */
export const Evidence = object({
  version: Literal(EVIDENCE_VERSION),
  challenge: text('`<mission>/<challenge>`.'),
  environment: named<Environment>(Environment, 'Where it was graded.'),
  script: object(
    {
      name: text("The file's name, without a folder."),
      language: text('Such as `command-file` or `python`.'),
      text: nullable(text(), 'Null where it is not text, or too long to keep.'),
      leftBehind: Optional(
        named<LeftBehind>(
          LeftBehind,
          'What lies beside it and was not there when it ran. Only there if there is any.',
        ),
      ),
    },
    'The script as it was run.',
  ),
  runs: list(
    named<RunEvidence>(RunEvidence),
    'The main run, then one for each variant, each in a server of its own.',
    { minItems: 1 },
  ),
  hints: Optional(
    byName(
      count(),
      'How many hints beyond the first were taken, by check. Only there where they cost points.',
    ),
  ),
  freeHints: Optional(
    byName(
      count(),
      'How many hints beyond the first were taken, by check. Only there if they cost nothing, and some were taken.',
    ),
  ),
});
export interface Evidence extends Static<typeof Evidence> {}
