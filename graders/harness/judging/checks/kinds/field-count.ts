import { count, shortList } from '../../../base/text/count.ts';
import { showArgument } from '../../../base/text/printable.ts';
import { defineKind } from '../check-kind.ts';
import { changesOf } from '../effects.ts';
import { PASS } from '../finding.ts';
import { isFailure, KEY, keyOfType } from '../key-param.ts';
import { flag, integer, object, optional } from '../parameters.ts';

export const fieldCount = defineKind({
  kind: 'field-count',
  description: 'The hash holds exactly so many fields.',
  parameters: object({
    ...KEY,
    count: integer({ minimum: 1, description: 'How many fields.' }),
    orFewer: optional(
      flag({
        description: 'True: fewer are right as well, where another check asks for the fields themselves.',
      }),
    ),
  }),
  example: {
    purpose: 'For a hash that must not hold more than was asked for, beside hash-fields.',
    yaml: 'key: session:han_solo\ncount: 2\norFewer: true',
    mistake: 'a misspelt field stands beside the right one',
    seen: {
      after: { 'session:han_solo': { hash: { species: 'human', credits: '9500', Credits: '9500' } } },
      commands: ['HSET session:han_solo species human credits 9500 Credits 9500'],
    },
  },
  keys: ({ key }) => [key],
  judge(parameters, run) {
    const hash = keyOfType(run, parameters, 'hash');
    if (isFailure(hash)) return hash;
    const { count: wanted, orFewer = false } = parameters;
    if (hash.size === wanted || (orFewer && hash.size < wanted)) return PASS;
    const names = shortList(
      hash.fields.map(({ field }) => showArgument(field)),
      12,
    );
    return {
      passed: false,
      expected: orFewer ? `no more than ${count(wanted, 'field')}` : count(wanted, 'field'),
      actual: `${count(hash.size, 'field')}: ${names}`,
      commands: changesOf(run, parameters.key),
    };
  },
});
