import { count, shortList } from '../../text/count.ts';
import { show, showArgument } from '../../text/printable.ts';
import type { CheckKind } from '../check-kind.ts';
import { changesOf } from '../effects.ts';
import { PASS } from '../finding.ts';
import { keyName } from '../run-view.ts';

interface KeysAbsentParams {
  prefix: string;
}

export const keysAbsent: CheckKind<KeysAbsentParams> = {
  kind: 'keys-absent',
  description: 'No key whose name begins so is there, in database 0.',
  properties: { prefix: { type: 'string', minLength: 1, description: 'How the names begin.' } },
  required: ['prefix'],
  judge({ prefix }, run) {
    const left = run.keyspaceAfter.startingWith(prefix, 0).flatMap((key) => keyName(key) ?? []);
    if (left.length === 0) return PASS;
    return {
      passed: false,
      expected: `no key that begins with ${showArgument(prefix)}`,
      actual: `${count(left.length, 'such key')}: ${shortList(left.map((name) => show(name)))}`,
      commands: left.slice(0, 3).flatMap((name) => changesOf(run, name)),
    };
  },
};
