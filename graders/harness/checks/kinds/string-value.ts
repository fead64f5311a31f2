import { show } from '../../text/printable.ts';
import { type CheckKind, PASS } from '../check.ts';
import { changesOf } from '../effects.ts';
import { initialString } from '../initial-value.ts';
import { describeKey, isFailure, KEY_PROPERTIES, type KeyParam, keyOfType } from '../key-param.ts';
import { MATCHER_SCHEMA, type Matcher, mismatch } from '../matcher.ts';

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
    const { key, db = 0 } = parameters;
    const found = keyOfType(run, parameters, 'string');
    if (isFailure(found)) return found;
    const miss = mismatch(parameters.value, found.value, initialString(run, key, db));
    if (!miss) return PASS;
    const actual = found.hyperloglog === undefined ? show(found.value) : describeKey(run, key, db);
    return { passed: false, ...miss, actual, commands: changesOf(run, key) };
  },
};
