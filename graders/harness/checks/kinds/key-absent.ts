import type { CheckKind } from '../check-kind.ts';
import { changesOf } from '../effects.ts';
import { PASS } from '../finding.ts';
import { describeKey, KEY_PROPERTIES, type KeyParam } from '../key-param.ts';

export const keyAbsent: CheckKind<KeyParam> = {
  kind: 'key-absent',
  description: 'The key is not there.',
  properties: KEY_PROPERTIES,
  required: ['key'],
  keys: ({ key }) => [key],
  judge({ key, db = 0 }, run) {
    if (!run.key(key, db)) return PASS;
    return {
      passed: false,
      expected: `no key named ${key}`,
      actual: describeKey(run, key, db),
      commands: changesOf(run, key),
    };
  },
};
