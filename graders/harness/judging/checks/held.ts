import { textOf } from '../../base/bytes.ts';
import { list } from '../../base/text/count.ts';
import { show, showArgument } from '../../base/text/printable.ts';
import type { KeySnapshot } from '../../evidence/evidence.ts';
import { timeInWords } from '../words/ttl-words.ts';
import { elementsOf } from './elements.ts';
import { finalState, type KeyState, statesOf } from './key-states.ts';
import { describeMatcher, holds, type Matcher, matcher } from './matcher.ts';
import {
  atLeastOne,
  byName,
  definedAs,
  either,
  listOf,
  number,
  object,
  objectOf,
  oneOf,
  optional,
  text,
  yes,
} from './parameters.ts';
import type { RunView } from './run-view.ts';

/** What a state of a key is to be like, whichever commands brought it there: all of what is given. */
export interface StateCondition {
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
  /** The TTL that it had when this state began: none, any, or about so long. */
  ttl?: 'none' | 'any' | { milliseconds: number; tolerance: number };
}

/**
 * A state that a key was in. Those who use this package see the type, and have none that works it out of the schema
 * below.
 */
export interface Held extends StateCondition {
  key: string;
  /** It had fewer elements than at some time before. */
  fewer?: true;
  /** Like `has`, but of these only what it has in the end. */
  hasLasting?: Matcher[];
  /** It held what it holds in the end, or held last. */
  final?: true;
}

const CONDITION = {
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
  ttl: optional(
    either(
      [
        oneOf(['none', 'any']),
        object({
          milliseconds: number({ exclusiveMinimum: 0, description: 'The TTL in milliseconds.' }),
          tolerance: number({ minimum: 0, description: 'How many milliseconds it may be off either way.' }),
        }),
      ],
      { description: 'The TTL that it had when this state began.' },
    ),
  ),
};

export const HELD_DEFINITION = objectOf<Held>({
  key: text({ minLength: 1, description: "The key's name (database 0)." }),
  ...CONDITION,
  fewer: optional(yes('It has fewer elements than it had at some time before.')),
  hasLasting: optional(
    listOf(matcher(), {
      description:
        'As `has`; what it does not have in the end either need not be there: that is for another check.',
    }),
  ),
  final: optional(yes('It holds what it holds in the end, or held last before it went.')),
});

export const STATE_DEFINITION = objectOf<StateCondition>(
  CONDITION,
  atLeastOne('value', 'fields', 'scores', 'has', 'first', 'ttl'),
);

/** {@link StateCondition} among parameters, by reference to the definition above. */
export function stateCondition(description: string) {
  return definedAs<StateCondition>('state', { description });
}

/** {@link Held} among parameters, by reference to the definition above. */
export function held(description: string) {
  return definedAs<Held>('held', { description });
}

/** The states of a key that are meant, in order: none where its history is not known. */
export function* heldStates(run: RunView, wanted: Held): Generator<KeyState> {
  if (!run.history.knows(wanted.key)) return;
  const lasting = wanted.hasLasting ? lastingOf(run, wanted.key, wanted.hasLasting) : [];
  let most = 0;
  const from = wanted.final ? finalState(run, wanted.key) : undefined;
  let isEarly = wanted.final === true;
  for (const found of statesOf(run, wanted.key)) {
    const { state } = found;
    if (found.step === from?.step) isEarly = false;
    if (state === null || isEarly) continue;
    const size = 'size' in state ? state.size : 0;
    const isMeant = meets(wanted, state, found.at) && hasAll(state, lasting);
    if (isMeant && !(wanted.fewer && size >= most)) yield found;
    most = Math.max(most, size);
  }
}

/** What of some elements a key has in the end, or had when it was there for the last time. */
function lastingOf(run: RunView, key: string, wanted: readonly Matcher[]): Matcher[] {
  const end = finalState(run, key)?.state;
  return end ? wanted.filter((one) => hasAll(end, [one])) : [];
}

/** A state in words, to be put behind `once` or the like. `named` is a key that stands before it: that is `it`. */
export function describeHeld(
  { key, fewer, final, hasLasting = [], ...condition }: Held,
  named?: string,
): string {
  const held = [
    ...describeContent(condition),
    ...hasLasting.map((wanted) => describeMatcher(wanted)),
    ...(fewer ? ['fewer elements than before'] : []),
    ...(final ? ['what it holds in the end'] : []),
  ];
  const parts = [...(held.length > 0 ? [`held ${list(held)}`] : []), ...describeTtl(condition)];
  return `${key === named ? 'it' : showArgument(key)} ${parts.length === 0 ? 'was there' : list(parts)}`;
}

/** What a state is to be like, in words. */
export function describeCondition(condition: StateCondition): string {
  const content = describeContent(condition);
  return list([...(content.length > 0 ? [`holds ${list(content)}`] : []), ...describeTtl(condition, 'has')]);
}

function describeContent({ value, fields = {}, scores = {}, has = [], first }: StateCondition): string[] {
  return [
    ...(value === undefined ? [] : [describeMatcher(value)]),
    ...Object.entries({ ...fields, ...scores }).map(
      ([name, wanted]) => `${show(name)}: ${describeMatcher(wanted)}`,
    ),
    ...has.map((wanted) => describeMatcher(wanted)),
    ...(first === undefined ? [] : [`${describeMatcher(first)} as its first`]),
  ];
}

function describeTtl({ ttl }: StateCondition, verb = 'had'): string[] {
  if (ttl === undefined) return [];
  if (typeof ttl === 'string') return [`${verb} ${ttl === 'any' ? 'a TTL' : 'no TTL'}`];
  return [`${verb} a TTL of about ${timeInWords(ttl.milliseconds)}`];
}

/** True for a state, which began at a time in ms, that is as a condition has it. */
export function meets(
  { value, fields, scores, has = [], first, ttl }: StateCondition,
  state: KeySnapshot,
  at: number,
): boolean {
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
    hasAll(state, has) &&
    (first === undefined || (state.type === 'list' && holds(first, state.items[0] ?? ''))) &&
    (ttl === undefined || hasTtl(ttl, state.expireAt, at))
  );
}

function hasAll(state: KeySnapshot, wanted: readonly Matcher[]): boolean {
  const elements = elementsOf(state);
  return wanted.every((one) => elements.some(([element]) => holds(one, element)));
}

function hasTtl(wanted: NonNullable<StateCondition['ttl']>, expireAt: number | null, at: number): boolean {
  if (typeof wanted === 'string' || expireAt === null) return (expireAt === null) === (wanted === 'none');
  return Math.abs(expireAt - at - wanted.milliseconds) <= wanted.tolerance;
}
