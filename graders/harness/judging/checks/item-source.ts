import { textOf, type Value } from '../../base/bytes.ts';
import { DATA_TYPE_NAMES } from '../../evidence/data-types/index.ts';
import { typeName } from './key-param.ts';
import type { KeyspaceIndex } from './keyspace-index.ts';
import { itemsOf } from './list-history.ts';
import { memberScores, ranking } from './member-scores.ts';
import {
  either,
  flag,
  integer,
  number,
  object,
  oneOf,
  oneOrMore,
  optional,
  type Static,
  text,
} from './parameters.ts';
import { keyName, type RunView } from './run-view.ts';

const countOnly = optional(flag({ description: 'True: how many there are, as one item.' }));

/** Members of sorted sets by their scores; all the bounds that are given must hold. */
const SCORE_RANGE = object({
  members: oneOrMore(text(), { description: 'The members of these sorted sets.' }),
  above: optional(number({ description: 'Only those with a score above this one.' })),
  atLeast: optional(number({ description: 'Only those with this score or a higher one.' })),
  atMost: optional(number({ description: 'Only those with this score or a lower one.' })),
  best: optional(integer({ minimum: 1, description: 'Only so many, those with the highest scores.' })),
  lowest: optional(integer({ minimum: 1, description: 'Only so many, those with the lowest scores.' })),
  countOnly: optional(flag({ description: 'True: how many there are, as one item for each sorted set.' })),
});

/**
 * Items that the keyspace itself holds, so that a check asks for what is really there, in every variant,
 * and also where the script changed it.
 */
export const ITEM_SOURCE = either(
  [
    object({
      keys: text({ description: 'Names of keys that begin with this text.' }),
      type: optional(oneOf(DATA_TYPE_NAMES)),
      countOnly,
    }),
    object({ fields: text({ description: 'The names of the fields of this hash.' }), countOnly }),
    object({ values: text({ description: 'The values of the fields of this hash.' }), countOnly }),
    object({
      elements: text({ description: 'The elements of this list.' }),
      countOnly,
      indexOf: optional(
        text({ description: 'The index of this element instead, counted from 0 on the left.' }),
      ),
    }),
    SCORE_RANGE,
  ],
  { description: 'Items that the keyspace holds (database 0).' },
);

export type ItemSource = Static<typeof ITEM_SOURCE>;
type ScoreRange = Static<typeof SCORE_RANGE>;

/**
 * The items of a source, or their number as one item: as they were after the script, and as they were before
 * it. A script may have read them at either time; that it changed them is for another check. A time at which
 * there was none is left out, so that a script that removes them has not printed them all.
 */
export function* itemsFrom(source: ItemSource, run: RunView): Generator<string[]> {
  for (const keyspace of [run.keyspaceAfter, run.keyspaceBefore]) {
    const items = listItems(source, keyspace);
    if (items.length > 0) yield source.countOnly && !('members' in source) ? [String(items.length)] : items;
  }
}

function listItems(source: ItemSource, keyspace: KeyspaceIndex): string[] {
  if ('keys' in source) {
    return keyspace
      .startingWith(source.keys, 0)
      .filter((key) => source.type === undefined || typeName(key) === source.type)
      .flatMap((key) => keyName(key) ?? []);
  }
  if ('elements' in source) return listElements(source, keyspace);
  if ('members' in source) return listMembers(source, keyspace);
  const hash = keyspace.find('fields' in source ? source.fields : source.values, 0);
  if (hash?.type !== 'hash') return [];
  const texts: Value[] = hash.fields.map((entry) => ('fields' in source ? entry.field : entry.value));
  return texts.flatMap((text) => textOf(text) ?? []);
}

function listElements(
  { elements, indexOf }: Extract<ItemSource, { elements: string }>,
  keyspace: KeyspaceIndex,
): string[] {
  const items = itemsOf(keyspace.find(elements, 0));
  if (indexOf === undefined) return items;
  const index = items.indexOf(indexOf);
  return index === -1 ? [] : [String(index)];
}

function listMembers(source: ScoreRange, keyspace: KeyspaceIndex): string[] {
  const { above, atLeast = -Infinity, atMost = Infinity, best, lowest, countOnly = false } = source;
  return source.members.flatMap((name) => {
    const scores = memberScores(keyspace.find(name, 0));
    const inRange = [...scores].filter(
      ([, score]) => (above === undefined || score > above) && score >= atLeast && score <= atMost,
    );
    const ranked = ranking(new Map(inRange)).slice(0, best);
    const members = lowest === undefined ? ranked : ranked.slice(-lowest);
    // There are none of a sorted set that is not there, and its number is not 0.
    return !countOnly ? members : scores.size > 0 ? [String(members.length)] : [];
  });
}
