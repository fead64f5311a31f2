import { isDeepStrictEqual } from 'node:util';
import { textOf } from '../../evidence/bytes.ts';
import { show } from '../../text/printable.ts';
import type { CheckKind } from '../check-kind.ts';
import { changesOf } from '../effects.ts';
import { PASS } from '../finding.ts';
import { isFailure, keyOfType } from '../key-param.ts';
import { numbered } from '../list-text.ts';
import { keyName, type RunView } from '../run-view.ts';

interface ListFromStringsParams {
  key: string;
  prefix: string;
  suffix: string;
  index?: string;
  items: 'values' | 'names';
  order: 'name' | 'highest';
}

/** A string whose name is a prefix, a name of its own, and a suffix. */
interface Counter {
  name: string;
  value: string;
}

export const listFromStrings: CheckKind<ListFromStringsParams> = {
  kind: 'list-from-strings',
  description:
    'The list holds what the strings of a sort hold, such as the counters of all hours, or their names. It is compared with the strings as they are after the script, so that a script that ran the set-up again does not lose by it.',
  properties: {
    key: { type: 'string', minLength: 1, description: "The list's name (database 0)." },
    prefix: { type: 'string', description: 'How the names of the strings begin.' },
    suffix: { type: 'string', description: 'How they end. What is in between is the name of each.' },
    index: {
      type: 'string',
      description:
        'A set of their names: a list that goes by its members is right as well. Whether all are in it is for another check.',
    },
    items: { enum: ['values', 'names'], description: 'What the list holds of each.' },
    order: { enum: ['name', 'highest'], description: 'By their names, or the highest number first.' },
  },
  required: ['key', 'prefix', 'suffix', 'items', 'order'],
  keys: ({ key, index }) => [key, ...(index === undefined ? [] : [index])],
  judge(parameters, run) {
    const found = keyOfType(run, { key: parameters.key }, 'list');
    const wanted = [countersThere(run, parameters), ...countersOfIndex(run, parameters)].map((counters) =>
      itemsOf(counters, parameters),
    );
    const expected = numbered((wanted[0] ?? []).map((item) => show(item)));
    if (isFailure(found)) return { ...found, expected };
    if (found.size === found.items.length && wanted.some((items) => isDeepStrictEqual(items, found.items)))
      return PASS;
    return {
      passed: false,
      expected,
      actual: numbered(
        found.items.map((item) => show(item)),
        found.size,
      ),
      commands: changesOf(run, parameters.key),
    };
  },
};

function countersThere(run: RunView, { prefix, suffix }: ListFromStringsParams): Counter[] {
  return run.keysAfter.flatMap(({ key, db }) => {
    const full = keyName(key) ?? '';
    const isOne =
      full.startsWith(prefix) && full.endsWith(suffix) && full.length > prefix.length + suffix.length;
    if (!isOne || db !== 0 || key.type !== 'string') return [];
    return [{ name: full.slice(prefix.length, full.length - suffix.length), value: textOf(key.value) ?? '' }];
  });
}

/** Those whose names are in the set. Of one that is not there, SORT gives nothing. */
function countersOfIndex(run: RunView, { index, prefix, suffix }: ListFromStringsParams): Counter[][] {
  const set = index === undefined ? undefined : run.key(index);
  if (set?.type !== 'set') return [];
  const names = set.members.map((member) => textOf(member) ?? '');
  return [
    names.map((name) => {
      const key = run.key(`${prefix}${name}${suffix}`);
      return { name, value: key?.type === 'string' ? (textOf(key.value) ?? '') : '' };
    }),
  ];
}

function itemsOf(counters: readonly Counter[], { items, order }: ListFromStringsParams): string[] {
  const byName = (left: Counter, right: Counter) =>
    Buffer.compare(Buffer.from(left.name), Buffer.from(right.name));
  return counters
    .toSorted((left, right) =>
      order === 'name'
        ? byName(left, right)
        : Number(right.value) - Number(left.value) || byName(left, right),
    )
    .map(({ name, value }) => (items === 'names' ? name : value));
}
