import { textOf, type Value } from '../../base/bytes.ts';
import type { KeySnapshot } from '../../evidence/evidence.ts';

/**
 * The elements of a list, the members of a set or a sorted set, the fields of a hash, each with what stands beside it:
 * the value of a field, the score of a member. None for any other type.
 */
export function elementsOf(state: KeySnapshot): [element: Value, beside?: Value][] {
  switch (state.type) {
    case 'list':
      return state.items.map((item) => [item]);
    case 'set':
      return state.members.map((member) => [member]);
    case 'zset':
      return state.members.map(({ member, score }) => [member, score]);
    case 'hash':
      return state.fields.map(({ field, value }) => [field, value]);
    default:
      return [];
  }
}

/** The elements of a key as texts, without those that are no text; none where there is no key. */
export function elementTexts(state: KeySnapshot | null | undefined): string[] {
  return state ? elementsOf(state).flatMap(([element]) => textOf(element) ?? []) : [];
}
