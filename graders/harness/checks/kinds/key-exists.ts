import type { CheckKind } from '../check-kind.ts';
import { changesOf } from '../effects.ts';
import { PASS } from '../finding.ts';
import { describeKey, KEY_PROPERTIES, type KeyParam } from '../key-param.ts';

export const keyExists: CheckKind<KeyParam> = {
  kind: 'key-exists',
  description: 'The key is there, of whatever type.',
  properties: KEY_PROPERTIES,
  required: ['key'],
  keys: ({ key }) => [key],
  judge({ key, db = 0 }, run) {
    if (run.key(key, db)) return PASS;
    return {
      passed: false,
      expected: `a key named ${key}`,
      actual: describeKey(run, key, db),
      commands: changesOf(run, key),
    };
  },
};
