import { distinct } from '../../document/schema.ts';
import { list } from '../../text/count.ts';
import { showArgument } from '../../text/printable.ts';
import type { CheckKind } from '../check-kind.ts';
import { scoreUpdates } from '../field-updates.ts';
import { judgeUpdates } from './atomic-field-change.ts';

interface AtomicScoreChangeParams {
  key: string;
  members: string[];
}

export const atomicScoreChange: CheckKind<AtomicScoreChangeParams> = {
  kind: 'atomic-score-change',
  description:
    'Each change of the scores of these members was made in one step: by ZINCRBY or ZADD with INCR, by a ZUNIONSTORE that adds up in place, in a Lua script that reads and writes, or in a transaction under a WATCH that was set before the score was read. At least one score must have been changed; whether all were, and to what, is for other checks.',
  properties: {
    key: { type: 'string', minLength: 1, description: 'The sorted set (database 0).' },
    members: distinct({ type: 'string' }, 'The members whose scores change.'),
  },
  required: ['key', 'members'],
  keys: ({ key }) => [key],
  judge({ key, members }, run) {
    const noneOf = list(
      members.map((member) => showArgument(member)),
      'or',
    );
    return judgeUpdates(
      run,
      members.map((member) => ({ name: member, key, updates: scoreUpdates(run, key, member) })),
      'each score',
      `the score of ${noneOf}`,
    );
  },
};
