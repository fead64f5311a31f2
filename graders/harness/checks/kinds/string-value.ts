import { show } from '../../text/printable.ts';
import type { CheckKind } from '../check-kind.ts';
import { changesOf } from '../effects.ts';
import { PASS } from '../finding.ts';
import { initialString } from '../initial-value.ts';
import { describeKey, isFailure, KEY_PROPERTIES, type KeyParam, keyOfType } from '../key-param.ts';
import { asksForInitial, MATCHER_SCHEMA, type Matcher, mismatch } from '../matcher.ts';

interface StringValueParams extends KeyParam {
  value: Matcher;
}

export const stringValue: CheckKind<StringValueParams> = {
  kind: 'string-value',
  description: 'The key is a string with this value.',
  properties: { ...KEY_PROPERTIES, value: { ...MATCHER_SCHEMA, description: 'What it must hold.' } },
  required: ['key', 'value'],
  keys: ({ key }) => [key],
  judge(parameters, run) {
    const { key, db = 0, value } = parameters;
    const found = keyOfType(run, parameters, 'string');
    if (isFailure(found)) return found;
    const initial = asksForInitial(value) ? initialString(run, key, db) : undefined;
    const miss = mismatch(value, found.value, initial);
    if (!miss) return PASS;
    const actual = found.hyperloglog === undefined ? show(found.value) : describeKey(run, key, db);
    return { passed: false, ...miss, actual, commands: changesOf(run, key) };
  },
};
