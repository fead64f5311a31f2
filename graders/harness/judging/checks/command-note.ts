import { Optional, type Static } from 'typebox';
import { count, nullable, object, ordinal, text } from '../../base/document/define.ts';

/** A command that the script ran, and what it did to the thing that was checked. */
export const CommandNote = object({
  line: nullable(ordinal(), "Its line in the learner's script."),
  command: text('As one types it in valkey-cli.'),
  effect: nullable(text(), 'What it did.'),
  // Reports of earlier days do not tell.
  index: Optional(count('Its position in the trace of the run, from 0.')),
});
export interface CommandNote extends Static<typeof CommandNote> {}
