import { Optional, type Static } from 'typebox';
import {
  byName,
  count,
  list,
  named,
  nullable,
  object,
  oneOf,
  ordinal,
  text,
} from '../base/document/define.ts';
import { value } from './keyspace.ts';

export const TraceEntry = object({
  at: count("Unix time in µs by the server's clock."),
  db: count('The database.'),
  source: text('`lua` for a command that a script ran, else the client.'),
  args: list(value, 'The name of the command and its arguments.'),
  arguments: Optional(
    count('How many of these there were. Only there where there were more than are listed.'),
  ),
  line: nullable(ordinal(), 'Its line in a command file.'),
  skipped: Optional(count('How many ran right before it that are not listed.')),
});
export interface TraceEntry extends Static<typeof TraceEntry> {}

const RecordedCompleteness = oneOf(['all', 'repeats', 'ends']);
/** `repeats`, and what it leaves out: see `Completeness` in completeness.ts. */
export type RecordedCompleteness = Static<typeof RecordedCompleteness>;

/** What a long trace does not list, between its first and its last commands. */
export const LeftOut = object({
  // By their names in upper case, with the subcommand where the command has some.
  commands: byName(count(), 'How many commands are not listed, by their names.'),
  lua: count('How many of these Lua scripts ran.'),
  asked: byName(
    RecordedCompleteness,
    'What the grader asked of the trace, and what is listed of it: all; all but unchanged turns of a loop; the first and the last.',
  ),
});
export interface LeftOut extends Static<typeof LeftOut> {}

/** The commands that the script ran, in the order in which the server ran them. */
export const Trace = object({
  entries: list(named<TraceEntry>(TraceEntry)),
  total: count('How many commands there were: more than are listed where some were left out.'),
  // Evidence of earlier days does not tell, and lacks all but the ends.
  leftOut: Optional(
    named<LeftOut>(LeftOut, 'Only there where commands between the first and the last ones were left out.'),
  ),
});
export interface Trace extends Static<typeof Trace> {}
