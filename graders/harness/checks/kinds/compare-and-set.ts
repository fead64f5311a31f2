import { show, showArgument } from '../../text/printable.ts';
import type { CheckKind } from '../check-kind.ts';
import { changesOf } from '../effects.ts';
import { PASS } from '../finding.ts';
import { initialString } from '../initial-value.ts';
import { isFailure, keyOfType } from '../key-param.ts';
import { mismatch } from '../matcher.ts';
import { sameExpiry } from '../same-expiry.ts';

interface CompareAndSetParams {
  key: string;
  old: string | number;
  new: string | number;
}

const text = { type: ['string', 'number'] };

export const compareAndSet: CheckKind<CompareAndSetParams> = {
  kind: 'compare-and-set',
  description:
    'The string holds the new value where it held the old one before the script did its work; where it held another one, that is still there, with its TTL. A script that ran the set-up again is judged by what it began with from then on.',
  properties: {
    key: { type: 'string', minLength: 1, description: "The key's name (database 0)." },
    old: { ...text, description: 'The value that is to be replaced.' },
    new: { ...text, description: 'The value that is to replace it.' },
  },
  required: ['key', 'old', 'new'],
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
    if (replaced || !before || sameExpiry(before, run.run.clock, found, run.run.clock)) return PASS;
    return {
      passed: false,
      expected: `the TTL that it had before${reason}`,
      actual: found.expireAt === null ? 'no TTL' : 'another TTL',
      commands,
    };
  },
};
