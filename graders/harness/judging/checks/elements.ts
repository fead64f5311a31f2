import { textOf, type Value } from '../../base/bytes.ts';
import { itemsOf } from '../../evidence/data-types/index.ts';
import type { KeySnapshot } from '../../evidence/evidence.ts';

/**
 * The elements of a list, the members of a set or a sorted set, the fields of a hash, the ids of a stream, each with
 * what stands beside it: the value of a field, the score of a member, the fields of an entry. None for any other type.
 */
export function elementsOf(state: KeySnapshot): [element: Value, beside?: Value][] {
  return itemsOf(state).map(({ name, beside }) => (beside === undefined ? [name] : [name, beside]));
}

/** The elements of a key as texts, without those that are no text; none where there is no key. */
export function elementTexts(state: KeySnapshot | null | undefined): string[] {
  return state ? itemsOf(state).flatMap(({ name }) => textOf(name) ?? []) : [];
}
