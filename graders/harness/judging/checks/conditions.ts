import { list } from '../../base/text/count.ts';
import { difference } from '../../base/text/difference.ts';
import { show } from '../../base/text/printable.ts';
import { isNear, isSum, toNumber, withoutDust } from './decimal.ts';
import { matchesValue } from './grader-pattern.ts';
import { isIsoDateTime } from './iso-date-time.ts';
import { jsonDifference, readJson, showJson } from './json-document.ts';
import {
  atLeastOne,
  either,
  integer,
  json,
  number,
  object,
  objectOf,
  oneOrMore,
  optional,
  pair,
  type SchemaOf,
  text,
  textOrNumber,
  yes,
} from './parameters.ts';
import type { Amount, ValueConditions } from './value-conditions.ts';

/** A value that conditions are held against. */
export interface Seen {
  text: string;
  /** What is read as JSON: the text, but for a text within a document, which JSON writes in quotes. */
  json: string;
  /** What the set-up left in its place; undefined for nothing. */
  initial: string | undefined;
}

/** A condition on a value. */
export interface Condition<Wanted> {
  schema: SchemaOf<Wanted>;
  holds(wanted: Wanted, seen: Seen): boolean;
  /** What the value must be, in words; empty for nothing that is to be told. */
  words(wanted: Wanted, initial: string | undefined): string;
  /** Where a value differs, in words, if to see both is not enough. */
  difference?(wanted: Wanted, seen: Seen): string | undefined;
  /** True where it asks for what the set-up left. */
  asksForInitial?: true;
}

/** A table of conditions, by their names. */
export type ConditionsOf<All> = { readonly [Name in keyof All]-?: Condition<Exclude<All[Name], undefined>> };

/** Conditions on what the set-up left. */
export interface SetupConditions {
  /** Any text except the one that the set-up left. */
  changed?: true;
  /** The number that the set-up left, and so much more. */
  increasedBy?: number;
}

type Plain = Omit<ValueConditions, 'jsonHas' | 'allOf' | 'anyOf' | 'not'> & SetupConditions;

/** The conditions that hold no other matchers. */
export const PLAIN_CONDITIONS: ConditionsOf<Plain> = {
  equals: {
    schema: textOrNumber({ description: 'Exactly this text.' }),
    holds: (wanted, { text: actual }) => actual === String(wanted),
    words: (wanted) => show(String(wanted)),
    difference: (wanted, { text: actual }) => difference(String(wanted), actual),
  },
  number: {
    schema: number({ description: 'The same number, however it is written.' }),
    holds: (wanted, { text: actual }) => toNumber(actual) === wanted,
    words: (wanted) => `the number ${wanted}`,
  },
  between: {
    schema: pair(number(), 'A number from the first to the second, both included.'),
    holds: ([lowest, highest], { text: actual }) => toNumber(actual) >= lowest && toNumber(actual) <= highest,
    words: ([lowest, highest]) => `a number from ${lowest} to ${highest}`,
  },
  near: {
    schema: object(
      { number: number(), tolerance: number({ minimum: 0 }) },
      { description: 'A number that differs from this one by no more than the tolerance.' },
    ),
    holds: ({ number: wanted, tolerance }, { text: actual }) => isNear(actual, wanted, tolerance),
    words: ({ number: wanted, tolerance }) =>
      `about ${wanted} (${withoutDust(wanted - tolerance)} to ${withoutDust(wanted + tolerance)})`,
  },
  atLeast: {
    schema: number({ description: 'This number or a larger one.' }),
    holds: (wanted, { text: actual }) => toNumber(actual) >= wanted,
    words: (wanted) => `${wanted} or more`,
  },
  atMost: {
    schema: number({ description: 'This number or a smaller one.' }),
    holds: (wanted, { text: actual }) => toNumber(actual) <= wanted,
    words: (wanted) => `${wanted} or less`,
  },
  oneOf: {
    schema: oneOrMore(textOrNumber(), { description: 'One of these texts.' }),
    holds: (wanted, { text: actual }) => wanted.map(String).includes(actual),
    words: anyOfTexts,
  },
  noneOf: {
    schema: oneOrMore(textOrNumber(), { description: 'None of these texts.' }),
    holds: (wanted, { text: actual }) => !wanted.map(String).includes(actual),
    words: (wanted) => `any value except ${anyOfTexts(wanted)}`,
  },
  pattern: {
    schema: text({
      format: 'regex',
      description: 'A regular expression that finds a match. None is found in more than 16384 characters.',
    }),
    holds: (wanted, { text: actual }) => matchesValue(wanted, actual),
    words: (wanted) => `a text that matches /${wanted}/`,
  },
  length: {
    schema: amount('How many characters the text has.'),
    holds: (wanted, { text: actual }) => isAmount(wanted, lengthOf(actual)),
    words: (wanted) => `a text of ${amountInWords(wanted)} character${wanted === 1 ? '' : 's'}`,
    difference: (wanted, { text: actual }) =>
      isAmount(wanted, lengthOf(actual)) ? undefined : `the value has ${lengthOf(actual)} characters`,
  },
  isoDateTime: {
    schema: yes('An ISO 8601 date-time, such as 2025-08-28T13:30:00.'),
    holds: (_, { text: actual }) => isIsoDateTime(actual),
    words: () => 'an ISO 8601 date-time such as "2025-08-28T14:05:00"',
  },
  json: {
    schema: json(
      'A JSON document with exactly this content: members in any order, numbers however they are written.',
    ),
    holds: (wanted, { json: actual }) => {
      const found = readJson(actual);
      return found.problem === undefined && jsonDifference(wanted, found.value) === undefined;
    },
    words: (wanted) => `the JSON ${showJson(wanted)}`,
    difference: (wanted, { json: actual }) => {
      const found = readJson(actual);
      return found.problem ?? jsonDifference(wanted, found.value);
    },
  },
  any: { schema: yes('Anything.'), holds: () => true, words: () => '' },
  changed: {
    schema: yes('Any text except the one that the set-up left.'),
    holds: (_, { text: actual, initial }) => actual !== initial,
    words: (_, initial) => (initial === undefined ? 'a new value' : `any value except ${show(initial)}`),
    asksForInitial: true,
  },
  increasedBy: {
    schema: number({ description: 'The number that the set-up left, and so much more.' }),
    holds: (wanted, { text: actual, initial }) => isSum(actual, Number(initial) + wanted),
    words: (wanted, initial) => {
      const sum = Number(initial) + wanted;
      return Number.isNaN(sum)
        ? `${wanted} more than before`
        : `${withoutDust(sum)} (${initial} before, and ${wanted} more)`;
    },
    asksForInitial: true,
  },
};

/** Those of them that are about numbers, for what can only be one. */
export const NUMBER_CONDITIONS = {
  between: optional(PLAIN_CONDITIONS.between.schema),
  near: optional(PLAIN_CONDITIONS.near.schema),
  atLeast: optional(PLAIN_CONDITIONS.atLeast.schema),
  atMost: optional(PLAIN_CONDITIONS.atMost.schema),
};

function anyOfTexts(options: readonly (string | number)[]): string {
  return list(
    options.map((option) => show(String(option))),
    'or',
  );
}

/** The schema of an {@link Amount}. */
export function amount(description: string): SchemaOf<Amount> {
  const bounds = { atLeast: optional(integer({ minimum: 0 })), atMost: optional(integer({ minimum: 0 })) };
  return either<SchemaOf<Amount>>(
    [integer({ minimum: 0 }), objectOf<Exclude<Amount, number>>(bounds, atLeastOne('atLeast', 'atMost'))],
    { description },
  );
}

/** True for a number that is as an amount has it. */
export function isAmount(wanted: Amount, found: number): boolean {
  if (typeof wanted === 'number') return found === wanted;
  return found >= (wanted.atLeast ?? 0) && found <= (wanted.atMost ?? Number.POSITIVE_INFINITY);
}

/** `3`, `3 or more`, `up to 5`, `3 to 5`: to be put before a noun. */
export function amountInWords(wanted: Amount): string {
  if (typeof wanted === 'number') return String(wanted);
  const { atLeast, atMost } = wanted;
  if (atMost === undefined) return `${atLeast} or more`;
  return atLeast === undefined ? `up to ${atMost}` : `${atLeast} to ${atMost}`;
}

function lengthOf(text: string): number {
  return [...text].length;
}
