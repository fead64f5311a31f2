import { count, list, shortList } from '../../../base/text/count.ts';
import { show } from '../../../base/text/printable.ts';
import { defineKind } from '../check-kind.ts';
import { changesOf } from '../effects.ts';
import { PASS } from '../finding.ts';
import { isIdle } from '../idle.ts';
import type { PlacedKey } from '../keyspace-index.ts';
import { flag, listOf, object, optional, text } from '../parameters.ts';
import { keyName } from '../run-view.ts';

export const onlyKeys = defineKind({
  kind: 'only-keys',
  expects: 'nothing',
  description: 'No key is there but these, in any database. Says nothing about whether these are there.',
  parameters: object({
    keys: optional(listOf(text(), { description: 'The names of keys in database 0 that may be there.' })),
    startingWith: optional(
      listOf(text({ minLength: 1 }), {
        description: 'How the names of other keys in database 0 may begin.',
      }),
    ),
    setup: optional(flag({ description: 'True: the keys of the set-up may be there as well.' })),
    notIdle: optional(flag({ description: 'True: a script that changed nothing at all does not pass.' })),
  }),
  example: {
    purpose: 'For helpers that were left behind and keys that were misspelt.',
    yaml: "keys: ['session:han_solo']\nsetup: true",
    mistake: 'a helper key is left',
    seen: {
      after: { 'session:han_solo': { hash: { species: 'human' } }, 'tmp:1': 'x' },
      commands: ['HSET session:han_solo species human', 'SET tmp:1 x'],
    },
  },
  keys: ({ keys = [] }) => keys,
  judge({ keys = [], startingWith = [], setup = false, notIdle = false }, run) {
    const expected = expectation(keys, startingWith, setup);
    if (notIdle && isIdle(run)) {
      return {
        passed: false,
        expected: `a change, and ${expected}`,
        actual: 'everything is as it was before the script',
      };
    }
    const named = (name: string) =>
      keys.includes(name) || startingWith.some((beginning) => name.startsWith(beginning));
    const allowed = (placed: PlacedKey) =>
      (placed.db === 0 && named(keyName(placed.key) ?? '')) || (setup && run.isOfSetup(placed));
    const others = run.keysAfter.filter((placed) => !allowed(placed));
    const uncounted = run.keyspaceAfter.notListed();
    if (others.length === 0 && uncounted === 0) return PASS;
    const names = others.map(({ key, db }) => show(key.key) + (db === 0 ? '' : ` in database ${db}`));
    const total = others.length + uncounted;
    return {
      passed: false,
      expected,
      actual: `${count(total, 'more key')}: ${shortList(names, 5, total)}`,
      commands: others.slice(0, 3).flatMap(({ key }) => changesOf(run, keyName(key) ?? '').slice(-2)),
    };
  },
});

function expectation(keys: readonly string[], startingWith: readonly string[], setup: boolean): string {
  const allowed = [
    ...(keys.length > 0 ? [shortList(keys, 8)] : []),
    ...(startingWith.length > 0 ? [`those that begin with ${list(startingWith, 'or')}`] : []),
    ...(setup ? ['those of the set-up'] : []),
  ];
  return allowed.length === 0 ? 'no key at all' : `no key but ${list(allowed)}`;
}
