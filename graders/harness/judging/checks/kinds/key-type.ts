import { DATA_TYPE_NAMES } from '../../../evidence/data-types/index.ts';
import { defineKind } from '../check-kind.ts';
import { PASS } from '../finding.ts';
import { isFailure, KEY, keyOfType } from '../key-param.ts';
import { object, oneOf } from '../parameters.ts';

export const keyType = defineKind({
  kind: 'key-type',
  description: 'The key is there and of this type.',
  parameters: object({
    ...KEY,
    type: oneOf(DATA_TYPE_NAMES, { description: "The type, as Valkey's TYPE names it." }),
  }),
  example: {
    purpose: 'For a data type that the instructions leave to the learner’s judgement.',
    yaml: 'key: missions:urgent\ntype: list',
    mistake: 'SADD instead of RPUSH',
    seen: {
      after: { 'missions:urgent': { set: ['rescue'] } },
      commands: ['SADD missions:urgent rescue'],
    },
  },
  keys: ({ key }) => [key],
  judge(parameters, run) {
    const found = keyOfType(run, parameters, parameters.type);
    return isFailure(found) ? found : PASS;
  },
});
