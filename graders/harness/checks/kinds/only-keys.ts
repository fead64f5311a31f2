import { isDeepStrictEqual } from 'node:util';
import { count, shortList } from '../../text/count.ts';
import { show } from '../../text/printable.ts';
import { type CheckKind, PASS } from '../check.ts';
import { changesOf } from '../effects.ts';
import { keyName, type PlacedKey, type RunView } from '../run-view.ts';

interface OnlyKeysParams {
  keys?: string[];
  setup?: boolean;
  notIdle?: boolean;
}

export const onlyKeys: CheckKind<OnlyKeysParams> = {
  kind: 'only-keys',
  description: 'No key is there but these, in any database. Says nothing about whether these are there.',
  properties: {
    keys: {
      type: 'array',
      items: { type: 'string' },
      description: 'The names of keys in database 0 that may be there.',
    },
    setup: { type: 'boolean', description: 'True: the keys of the set-up may be there as well.' },
    notIdle: { type: 'boolean', description: 'True: a script that changed nothing at all does not pass.' },
  },
  required: [],
  keys: ({ keys = [] }) => keys,
  judge({ keys = [], setup = false, notIdle = false }, run) {
    if (notIdle && isDeepStrictEqual(run.run.before, run.run.after)) {
      return {
        passed: false,
        expected: `a change, and ${expectation(keys, setup)}`,
        actual: 'nothing was changed',
      };
    }
    const allowed = (placed: PlacedKey) =>
      (placed.db === 0 && keys.includes(keyName(placed.key) ?? '')) || (setup && run.isOfSetup(placed));
    const others = run.keysAfter.filter((placed) => !allowed(placed));
    const uncounted = keysNotListed(run);
    if (others.length === 0 && uncounted === 0) return PASS;
    const names = others.map(({ key, db }) => show(key.key) + (db === 0 ? '' : ` in database ${db}`));
    const total = others.length + uncounted;
    return {
      passed: false,
      expected: expectation(keys, setup),
      actual: `${count(total, 'more key')}: ${shortList(names, 5, total)}`,
      commands: others.slice(0, 3).flatMap(({ key }) => changesOf(run, keyName(key) ?? '').slice(-2)),
    };
  },
};

function expectation(keys: readonly string[], setup: boolean): string {
  if (keys.length === 0) return setup ? 'no key but those of the set-up' : 'no key at all';
  return `no key but ${shortList(keys, 8)}${setup ? ' and those of the set-up' : ''}`;
}

/** How many keys a cut snapshot counts without naming them. */
function keysNotListed(run: RunView): number {
  return run.run.after.databases.reduce(
    (sum, database) => sum + Math.max(0, database.size - database.keys.length),
    0,
  );
}
