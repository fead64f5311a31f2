import { show, showArgument } from '../../../base/text/printable.ts';
import { defineKind } from '../check-kind.ts';
import { changesOf } from '../effects.ts';
import { PASS } from '../finding.ts';
import { initialString } from '../initial-value.ts';
import { isFailure, keyOfType } from '../key-param.ts';
import { mismatch } from '../matcher.ts';
import { object, text, textOrNumber } from '../parameters.ts';
import { sameExpiry } from '../same-expiry.ts';

export const compareAndSet = defineKind({
  kind: 'compare-and-set',
  description:
    'The string holds the new value where it held the old one before the script did its work; where it held another one, that is still there, with its TTL. A script that ran the set-up again is judged by what it began with from then on.',
  parameters: object({
    key: text({ minLength: 1, description: "The key's name (database 0)." }),
    old: textOrNumber({ description: 'The value that is to be replaced.' }),
    new: textOrNumber({ description: 'The value that is to replace it.' }),
  }),
  example: {
    purpose:
      'For “replace it only if it is still what I read”; judge it in a variant, too, in which it is not.',
    yaml: 'key: fleet:hoth\nold: 7\nnew: 5',
    mistake: 'it was replaced without asking, in a run in which another one had been quicker',
    seen: { before: { 'fleet:hoth': '6' }, after: { 'fleet:hoth': '5' }, commands: ['SET fleet:hoth 5'] },
  },
  keys: ({ key }) => [key],
  judge(parameters, run) {
    const { key, old, new: wanted } = parameters;
    const found = keyOfType(run, parameters, 'string');
    if (isFailure(found)) return found;
    const initial = initialString(run, key);
    const replaced = initial === String(old);
    const miss = mismatch(replaced || initial === undefined ? wanted : initial, found.value, initial);
    const reason = replaced ? '' : `, since it did not hold ${showArgument(String(old))}`;
    const commands = changesOf(run, key);
    if (miss) {
      return {
        passed: false,
        ...miss,
        expected: replaced ? miss.expected : `${miss.expected} as before${reason}`,
        actual: show(found.value),
        commands,
      };
    }
    const before = run.keyBefore(key);
    if (
      replaced ||
      !before ||
      sameExpiry(before.expireAt, run.evidence.clock, found.expireAt, run.evidence.clock)
    )
      return PASS;
    return {
      passed: false,
      expected: `the TTL that it had before${reason}`,
      actual: found.expireAt === null ? 'no TTL' : 'another TTL',
      commands,
    };
  },
});
