import { show } from '../../../base/text/printable.ts';
import { defineKind } from '../check-kind.ts';
import { changesOf } from '../effects.ts';
import { PASS } from '../finding.ts';
import { initialString } from '../initial-value.ts';
import { describeKey, isFailure, KEY, keyOfType } from '../key-param.ts';
import { asksForInitial, matcher, mismatch } from '../matcher.ts';
import { object } from '../parameters.ts';

export const stringValue = defineKind({
  kind: 'string-value',
  description: 'The key is a string with this value.',
  parameters: object({ ...KEY, value: matcher({ description: 'What it must hold.' }) }),
  example: {
    purpose: 'For what a string holds, counters included.',
    yaml: 'key: stall:name\nvalue: Fruit & more',
    mistake: 'a space too many at the end',
    seen: { after: { 'stall:name': 'Fruit & more ' }, commands: ['SET stall:name "Fruit & more "'] },
  },
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
});
