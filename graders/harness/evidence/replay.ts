import { Optional, type Static } from 'typebox';
import type { Bytes } from '../base/bytes.ts';
import { count, flag, list, named, nullable, object, oneOf, ref, text } from '../base/document/define.ts';
import type { KeySnapshot } from './data-types/key.ts';

/**
 * What one step changed of one key. `before` and `after` list only what differs: of a hash the fields that were
 * set, changed or removed, of a set or a sorted set the members, of a list the items between what stayed the same
 * at its start and at its end. A key that came, went or changed its type is listed whole.
 */
export const KeyChange = object({
  db: count('Its database.'),
  before: nullable(ref<KeySnapshot>('key'), 'Null where the key was not there.'),
  after: nullable(ref<KeySnapshot>('key'), 'Null where it is not there any more.'),
  at: Optional(count('Of a list: from which index on its items differ.')),
  cut: Optional(flag('True where the key is too large to tell what of it differs.')),
});
export interface KeyChange extends Static<typeof KeyChange> {}

export const StepReply = object({
  kind: oneOf(
    ['value', 'nil', 'empty', 'error'],
    '`nil`: there was nothing. `empty`: a list of nothing. `error`: the server refused it.',
  ),
  text: text('As valkey-cli prints it, or the head of that.'),
  length: Optional(count('How many bytes the whole reply has. Only there where `text` is not all of it.')),
});
export interface StepReply extends Static<typeof StepReply> {}

/** A key in its database. */
const PlacedName = object({ db: count('The database.'), key: ref<Bytes>('bytes') });

/** A key that a command named, and what for, as the server's key specifications have it. */
const UsedKey = object({
  db: count('The database.'),
  key: ref<Bytes>('bytes'),
  use: oneOf(
    ['read', 'ask', 'write'],
    '`read`: for what it holds. `ask`: whether it is there, what it is, or how large. `write`: only to write it.',
  ),
  writes: Optional(
    oneOf(
      ['put', 'remove'],
      'What the command may do to it: put something there, or only take something away. Left out if it leaves the key alone.',
    ),
  ),
  command: Optional(count('Which command of the step it is, counted from 0. Left out for the first.')),
});
export type UsedKey = Static<typeof UsedKey>;

/** What happened in the server in one piece: a command, a whole transaction, or a Lua script. */
export const Step = object({
  entry: count('The index of its first command in the trace.'),
  entries: count('How many commands of the trace it has; 0 where keys expired before that command.'),
  reply: nullable(
    named<StepReply>(StepReply),
    'Null where nothing was answered: a blocked command, or one that was not run again.',
  ),
  replies: Optional(
    list(named<StepReply>(StepReply), 'What each command of a transaction answered, EXEC left out.'),
  ),
  keys: Optional(
    list(
      UsedKey,
      'The keys that its commands read or write, as COMMAND INFO tells, and those that SORT looks at for its patterns. Only there where there are some.',
    ),
  ),
  changes: list(named<KeyChange>(KeyChange), 'The keys that it changed.'),
});
export interface Step extends Static<typeof Step> {}

export const ReplayEnd = oneOf(['end', 'gap', 'too many commands', 'too long', 'too large', 'no answer']);
export type ReplayEnd = Static<typeof ReplayEnd>;

/**
 * The trace, run once more with somebody else's commands slipped in: what becomes of them tells whether the script
 * reads and writes in one step.
 */
export const RivalTrial = object({
  commands: list(text(), 'What somebody else ran, as one types it in valkey-cli.'),
  entry: count('The index of the command of the trace right before which they were slipped in.'),
  keys: list(text(), 'The keys that were looked at (database 0).'),
  held: list(
    ref<KeySnapshot>('key'),
    'What these held right behind them; one that was not there is left out.',
  ),
  steps: list(
    object({ entry: Step.properties.entry, changes: Step.properties.changes }),
    'The steps from there on that changed one of these keys, each with what it changed of them.',
  ),
  until: { ...ReplayEnd, description: 'How far it went.' },
});
export interface RivalTrial extends Static<typeof RivalTrial> {}

/**
 * The trace, run once more by the grader in the run's own server, from the set-up on: what each step answered
 * and changed.
 */
export const Replay = object({
  steps: list(named<Step>(Step), 'In the order in which the server ran them.'),
  until: {
    ...ReplayEnd,
    description:
      'How far it goes: to the end of the trace, or to a gap in it, or as far as there was time or room.',
  },
  unlike: list(
    PlacedName,
    'Keys that it left in another state than the run did: nothing is known of how they came to be.',
  ),
  rivals: Optional(
    list(
      named<RivalTrial>(RivalTrial),
      'What the grader tried to come between. Only there where it was asked.',
    ),
  ),
});
export interface Replay extends Static<typeof Replay> {}
