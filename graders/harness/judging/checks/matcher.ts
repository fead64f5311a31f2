import { textOf, type Value } from '../../base/bytes.ts';
import type { Schema } from '../../base/document/schema.ts';
import { list } from '../../base/text/count.ts';
import {
  type Condition,
  type ConditionsOf,
  PLAIN_CONDITIONS,
  type Seen,
  type SetupConditions,
} from './conditions.ts';
import { inShort, JSON_PATH, jsonText, readJson, valueAt } from './json-document.ts';
import {
  byName,
  definedAs,
  either,
  objectOf,
  oneOrMore,
  optional,
  type SchemaOf,
  textOrNumber,
} from './parameters.ts';
import type { Json, ValueConditions } from './value-conditions.ts';

/** The conditions of a {@link Matcher}. All that are given must hold. */
export interface Conditions extends ValueConditions<Matcher>, SetupConditions {}

/**
 * What a value must be. A plain string or number stands for `equals`. Where several conditions are given,
 * all must hold. Those who use this package see the type, and have none that works it out of the schema below.
 */
export type Matcher = string | number | Conditions;

/** A {@link Matcher} among parameters, by reference to the definition below. */
export function matcher(options: Schema = {}) {
  return definedAs<Matcher>('matcher', options);
}

/** Every condition, those that hold other matchers included. */
const CONDITIONS: ConditionsOf<Conditions> = {
  ...PLAIN_CONDITIONS,
  jsonHas: {
    schema: byName(matcher(), {
      minProperties: 1,
      propertyNames: { pattern: JSON_PATH },
      description:
        'A JSON document that holds these values, by path: `$.address.city`, `$.items[0]`, `$["first name"]`. What is not named may be anything. Matchers see a text as it is, and all else as JSON writes it: `2` takes 2 and "2", `json: 2` takes 2 alone.',
    }),
    holds: (wanted, seen) => partDifferences(wanted, seen).next().done === true,
    words: (wanted, initial) => {
      const parts = Object.entries(wanted).map(
        ([path, one]) => `${path}: ${describeMatcher(one, textAt(initial, path))}`,
      );
      return `JSON with ${list(parts)}`;
    },
    difference: (wanted, seen) => [...partDifferences(wanted, seen)].join('; ') || undefined,
  },
  allOf: {
    schema: oneOrMore(matcher(), { description: 'All of these hold.' }),
    holds: (wanted, seen) => wanted.every((one) => meets(one, seen)),
    words: (wanted, initial) => list(wanted.map((one) => describeMatcher(one, initial))),
    difference: (wanted, seen) => firstDifference(wanted, seen),
  },
  anyOf: {
    schema: oneOrMore(matcher(), { description: 'At least one of these holds.' }),
    holds: (wanted, seen) => wanted.some((one) => meets(one, seen)),
    words: (wanted, initial) =>
      list(
        wanted.map((one) => describeMatcher(one, initial)),
        'or',
      ),
  },
  not: {
    schema: matcher({ description: 'This does not hold: any text except this one, or a matcher.' }),
    holds: (wanted, seen) => !meets(wanted, seen),
    words: (wanted, initial) => `any value except ${describeMatcher(wanted, initial)}`,
  },
};

/** The names of the conditions that can be told from a value alone. */
export const CONDITION_NAMES: readonly string[] = Object.entries(CONDITIONS).flatMap(([name, condition]) =>
  'asksForInitial' in condition ? [] : [name],
);

const SCHEMAS = Object.entries(CONDITIONS).map(([name, { schema }]): [string, SchemaOf<unknown>] => [
  name,
  optional<unknown>(schema),
]);

export const MATCHER_DEFINITION = either<SchemaOf<Matcher>>(
  [textOrNumber(), objectOf<Conditions>(Object.fromEntries(SCHEMAS), { minProperties: 1 })],
  { description: 'What the value must be: a text or number to equal, or conditions that must all hold.' },
);

/** The outcome of a match: null where it holds. */
export interface Mismatch {
  expected: string;
  difference?: string;
}

/** Matches a value. `initial` is what the set-up left in its place, undefined for nothing. */
export function mismatch(matcher: Matcher, value: Value, initial?: string): Mismatch | null {
  if (holds(matcher, value, initial)) return null;
  const actual = textOf(value);
  const expected = describeMatcher(matcher, initial);
  const how =
    actual === undefined ? undefined : firstDifference([matcher], { text: actual, json: actual, initial });
  return how ? { expected, difference: how } : { expected };
}

/** True where a value matches; see {@link mismatch}, which says what is wrong where it does not. */
export function holds(matcher: Matcher, value: Value, initial?: string): boolean {
  const actual = textOf(value);
  if (actual === undefined) return typeof matcher === 'object' && isAnything(matcher);
  return meets(matcher, { text: actual, json: actual, initial });
}

function meets(matcher: Matcher, seen: Seen): boolean {
  if (typeof matcher !== 'object') return seen.text === String(matcher);
  const all: Record<string, Condition<unknown>> = CONDITIONS;
  // Asked of each argument of each command: what is not given is not looked at.
  return Object.entries(matcher).every(
    ([name, wanted]) => wanted === undefined || all[name]?.holds(wanted, seen),
  );
}

/** True for a matcher that depends on what the set-up left: only for such a one it needs to be looked up. */
export function asksForInitial(matcher: Matcher): boolean {
  return (
    typeof matcher === 'object' &&
    (given(matcher).some(({ condition }) => condition.asksForInitial) ||
      innerOf(matcher).some(asksForInitial))
  );
}

/** A matcher in words. */
export function describeMatcher(matcher: Matcher, initial?: string): string {
  const told = given(conditionsOf(matcher)).map(({ condition, wanted }) => condition.words(wanted, initial));
  return told.filter((words) => words !== '').join(', ') || 'any value';
}

/** The matchers that a matcher holds. */
export function innerOf({ jsonHas = {}, allOf = [], anyOf = [], not }: Conditions): Matcher[] {
  return [...Object.values(jsonHas), ...allOf, ...anyOf, ...(not === undefined ? [] : [not])];
}

/** True for `any` alone: that holds for bytes that are no text, too. */
function isAnything(conditions: Conditions): boolean {
  return conditions.any === true && Object.keys(conditions).length === 1;
}

function conditionsOf(matcher: Matcher): Conditions {
  return typeof matcher === 'object' ? matcher : { equals: matcher };
}

/** The conditions that are given, in the order of the table. */
function given(conditions: Conditions): { condition: Condition<unknown>; wanted: unknown }[] {
  const all: Record<string, Condition<unknown>> = CONDITIONS;
  const wanted = conditions as Record<string, unknown>;
  return Object.entries(all).flatMap(([name, condition]) =>
    wanted[name] === undefined ? [] : [{ condition, wanted: wanted[name] }],
  );
}

/** Where a value differs from the first of some matchers that can tell it. */
function firstDifference(matchers: readonly Matcher[], seen: Seen): string | undefined {
  return matchers
    .flatMap((one) => given(conditionsOf(one)))
    .map(({ condition, wanted }) => condition.difference?.(wanted, seen))
    .find((how) => how !== undefined);
}

/** The parts of a JSON document that do not match, in words. */
function* partDifferences(wanted: Record<string, Matcher>, { json, initial }: Seen): Generator<string> {
  const document = readJson(json);
  if (document.problem !== undefined) {
    yield document.problem;
    return;
  }
  for (const [path, matcher] of Object.entries(wanted)) {
    const found: Json | undefined = valueAt(document.value, path);
    if (found === undefined) yield `${path} is missing`;
    else if (!meets(matcher, seenWithin(found, textAt(initial, path))))
      yield `${path}: found ${inShort(found)}`;
  }
}

function seenWithin(value: Json, initial: string | undefined): Seen {
  return { text: jsonText(value), json: JSON.stringify(value), initial };
}

/** What the set-up left at a path of a JSON document. */
function textAt(initial: string | undefined, path: string): string | undefined {
  if (initial === undefined) return undefined;
  const document = readJson(initial);
  const found = document.problem === undefined ? valueAt(document.value, path) : undefined;
  return found === undefined ? undefined : jsonText(found);
}
