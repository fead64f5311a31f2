import type { KeySnapshot } from '../../evidence/evidence.ts';
import type { CheckKind } from '../check-kind.ts';
import { PASS } from '../finding.ts';
import { isFailure, KEY_PROPERTIES, type KeyParam, keyOfType } from '../key-param.ts';

interface KeyTypeParams extends KeyParam {
  type: Exclude<KeySnapshot['type'], 'other'>;
}

export const keyType: CheckKind<KeyTypeParams> = {
  kind: 'key-type',
  description: 'The key is there and of this type.',
  properties: {
    ...KEY_PROPERTIES,
    type: {
      enum: ['string', 'list', 'set', 'zset', 'hash'],
      description: "The type, as Valkey's TYPE names it.",
    },
  },
  required: ['key', 'type'],
  keys: ({ key }) => [key],
  judge(parameters, run) {
    const found = keyOfType(run, parameters, parameters.type);
    return isFailure(found) ? found : PASS;
  },
};
