import { count, shortList } from '../../text/count.ts';
import { showArgument } from '../../text/printable.ts';
import type { CheckKind } from '../check-kind.ts';
import { changesOf } from '../effects.ts';
import { PASS } from '../finding.ts';
import { isFailure, KEY_PROPERTIES, type KeyParam, keyOfType } from '../key-param.ts';

interface FieldCountParams extends KeyParam {
  count: number;
  orFewer?: boolean;
}

export const fieldCount: CheckKind<FieldCountParams> = {
  kind: 'field-count',
  description: 'The hash holds exactly so many fields.',
  properties: {
    ...KEY_PROPERTIES,
    count: { type: 'integer', minimum: 1, description: 'How many fields.' },
    orFewer: {
      type: 'boolean',
      description: 'True: fewer are right as well, where another check asks for the fields themselves.',
    },
  },
  required: ['key', 'count'],
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
};
