import { textOf, type Value } from '../../base/bytes.ts';
import { list } from '../../base/text/count.ts';
import { show } from '../../base/text/printable.ts';
import type { KeySnapshot } from '../../evidence/evidence.ts';
import { type KeyState, statesOf } from './key-states.ts';
import { describeMatcher, holds, type Matcher, matcher } from './matcher.ts';
import { byName, definedAs, listOf, objectOf, optional, text, yes } from './parameters.ts';
import type { RunView } from './run-view.ts';

/**
 * A state that a key was in, whichever commands brought it there. Those who use this package see the type, and have
 * none that works it out of the schema below.
 */
export interface Held {
  key: string;
  /** A string held this. */
  value?: Matcher;
  /** A hash had these fields, each with this value. */
  fields?: Record<string, Matcher>;
  /** A sorted set had these members, each with this score. */
  scores?: Record<string, Matcher>;
  /** Elements of a list, members of a set or a sorted set, fields of a hash. */
  has?: Matcher[];
  /** The leftmost element of a list. */
  first?: Matcher;
  /** It had fewer elements than at some time before. */
  fewer?: true;
}

export const HELD_DEFINITION = objectOf<Held>({
  key: text({ minLength: 1, description: "The key's name (database 0)." }),
  value: optional(matcher({ description: 'It is a string that holds this.' })),
  fields: optional(
    byName(matcher(), { description: 'It is a hash that has these fields with these values.' }),
  ),
  scores: optional(
    byName(matcher(), { description: 'It is a sorted set that has these members with these scores.' }),
  ),
  has: optional(
    listOf(matcher(), {
      description: 'For each of these an element of the list, a member of the set or a field of the hash.',
    }),
  ),
  first: optional(matcher({ description: 'The leftmost element of the list.' })),
  fewer: optional(yes('It has fewer elements than it had at some time before.')),
});

/** {@link Held} among parameters, by reference to the definition above. */
export function held(description: string) {
  return definedAs<Held>('held', { description });
}

/** The states of a key that are meant, in order: none where its history is not known. */
export function* heldStates(run: RunView, wanted: Held): Generator<KeyState> {
  if (!run.history.knows(wanted.key)) return;
  let most = 0;
  for (const found of statesOf(run, wanted.key)) {
    const { state } = found;
    if (state === null) continue;
    const size = 'size' in state ? state.size : 0;
    if (isMeant(wanted, state) && !(wanted.fewer && size >= most)) yield found;
    most = Math.max(most, size);
  }
}

/** A state in words, to be put behind `once` or the like. */
export function describeHeld({ key, value, fields = {}, scores = {}, has = [], first, fewer }: Held): string {
  const parts = [
    ...(value === undefined ? [] : [describeMatcher(value)]),
    ...Object.entries({ ...fields, ...scores }).map(
      ([name, wanted]) => `${show(name)}: ${describeMatcher(wanted)}`,
    ),
    ...has.map((wanted) => describeMatcher(wanted)),
    ...(first === undefined ? [] : [`${describeMatcher(first)} as its first`]),
    ...(fewer ? ['fewer elements than before'] : []),
  ];
  return parts.length === 0 ? `${show(key)} was there` : `${show(key)} held ${list(parts)}`;
}

function isMeant({ value, fields, scores, has = [], first }: Held, state: KeySnapshot): boolean {
  const elements = elementsOf(state);
  const stand = (wanted: Record<string, Matcher>) =>
    Object.entries(wanted).every(([name, beside]) =>
      elements.some(
        ([element, found]) => textOf(element) === name && found !== undefined && holds(beside, found),
      ),
    );
  return (
    (value === undefined || (state.type === 'string' && holds(value, state.value))) &&
    (fields === undefined || (state.type === 'hash' && stand(fields))) &&
    (scores === undefined || (state.type === 'zset' && stand(scores))) &&
    has.every((wanted) => elements.some(([element]) => holds(wanted, element))) &&
    (first === undefined || (state.type === 'list' && holds(first, state.items[0] ?? '')))
  );
}

/** The elements of a key, each with what stands beside it: the value of a field, the score of a member. */
function elementsOf(state: KeySnapshot): [element: Value, beside?: Value][] {
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
