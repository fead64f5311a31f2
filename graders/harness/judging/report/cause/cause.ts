import { Optional, type Static } from 'typebox';
import { object, oneOf, ordinal, text } from '../../../base/document/define.ts';

/** What kept a script from doing its work: learners are told it before any check. */
export const Cause = object({
  kind: oneOf(
    [
      'not started',
      'nothing written',
      'crash',
      'slip',
      'not connected',
      'no command',
      'refused',
      'time limit',
      'out of memory',
      'too many processes',
      'lost keyspace',
      'open transaction',
    ],
    '`slip`: one of the mistakes that many make on their first day, such as Windows line ends. `refused`: a command that the server answered with an error. `no command`: the server ran none, and nothing tells why.',
  ),
  text: text('What happened.'),
  line: Optional(ordinal("Its line in the learner's script. Only there where it is known.")),
  advice: Optional(text('What to do about it. Only there where there is more to say.')),
});
export interface Cause extends Static<typeof Cause> {}
