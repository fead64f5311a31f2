import { distinct } from '../../document/schema.ts';
import type { CheckKind } from '../check-kind.ts';
import { countUpdates } from '../field-updates.ts';
import { judgeUpdates } from './atomic-field-change.ts';

interface AtomicCountParams {
  keys: string[];
}

export const atomicCount: CheckKind<AtomicCountParams> = {
  kind: 'atomic-count',
  description:
    'Each change of these counters, which are strings, was made in one step: by INCR and its kin, in a Lua script that reads and writes, or in a transaction under a WATCH that was set before the counter was read. To put one to 0 is free. At least one counter must have been changed; whether all were, and to what, is for other checks.',
  properties: {
    keys: distinct({ type: 'string' }, 'The counters (database 0).'),
  },
  required: ['keys'],
  keys: ({ keys }) => keys,
  judge({ keys }, run) {
    return judgeUpdates(
      run,
      keys.map((key) => ({ name: key, key, updates: countUpdates(run, key) })),
      'each counter',
      'any of the counters',
    );
  },
};
