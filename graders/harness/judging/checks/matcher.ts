import { textOf, type Value } from '../../base/bytes.ts';
import type { Schema } from '../../base/document/schema.ts';
import { list } from '../../base/text/count.ts';
import { difference } from '../../base/text/difference.ts';
import { show } from '../../base/text/printable.ts';
import { matchesValue } from './grader-pattern.ts';
import {
  definedAs,
  either,
  number,
  object,
  oneOrMore,
  optional,
  text,
  textOrNumber,
  yes,
} from './parameters.ts';
import type { ValueConditions } from './value-conditions.ts';

/**
 * What a value must be. A plain string or number stands for `equals`. Where several conditions are given,
 * all must hold. Those who use this package see the type, and have none that works it out of the schema below.
 */
export type Matcher =
  | string
  | number
  | (ValueConditions & {
      /** Another text than the set-up left. */
      changed?: true;
      /** The number that the set-up left, and so much more. */
      increasedBy?: number;
    });

/** A {@link Matcher} among parameters, by reference to the definition below. */
export function matcher(options: Schema = {}) {
  return definedAs<Matcher>('matcher', options);
}

export const MATCHER_DEFINITION = either(
  [
    textOrNumber(),
    object(
      {
        equals: optional(textOrNumber({ description: 'The very same text.' })),
        number: optional(number({ description: 'The same number, however it is written.' })),
        oneOf: optional(oneOrMore(textOrNumber(), { description: 'One of these texts.' })),
        noneOf: optional(oneOrMore(textOrNumber(), { description: 'None of these texts.' })),
        pattern: optional(
          text({
            format: 'regex',
            description:
              'A regular expression that finds a match. None is found in more than 16384 characters.',
          }),
        ),
        isoDateTime: optional(yes('An ISO 8601 date-time, such as 2025-08-28T13:30:00.')),
        not: optional(textOrNumber({ description: 'Another text than this one.' })),
        changed: optional(yes('Another text than the set-up left.')),
        increasedBy: optional(number({ description: 'The number that the set-up left, and so much more.' })),
        any: optional(yes('Anything.')),
      },
      { minProperties: 1 },
    ),
  ],
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
  const conditions = typeof matcher === 'object' ? matcher : { equals: matcher };
  const expected = describeMatcher(matcher, initial);
  const wanted = conditions.equals === undefined ? undefined : String(conditions.equals);
  const how = wanted !== undefined && actual !== undefined ? difference(wanted, actual) : undefined;
  return how ? { expected, difference: how } : { expected };
}

/** True where a value matches; see {@link mismatch}, which says what is wrong where it does not. */
export function holds(matcher: Matcher, value: Value, initial?: string): boolean {
  const actual = textOf(value);
  if (typeof matcher !== 'object') return actual === String(matcher);
  return actual === undefined ? isAnything(matcher) : conditionsHold(matcher, actual, initial);
}

/** True for a matcher that depends on what the set-up left: only for such a one it needs to be looked up. */
export function asksForInitial(matcher: Matcher): boolean {
  return typeof matcher === 'object' && (matcher.changed ?? matcher.increasedBy) !== undefined;
}

/** True for `any` alone: that holds for bytes that are no text, too. */
function isAnything(conditions: Exclude<Matcher, string | number>): boolean {
  return conditions.any === true && Object.keys(conditions).length === 1;
}

function conditionsHold(
  conditions: Exclude<Matcher, string | number>,
  actual: string,
  initial: string | undefined,
): boolean {
  const { equals, number, oneOf, noneOf, pattern, isoDateTime, not, changed, increasedBy } = conditions;
  return (
    (equals === undefined || actual === String(equals)) &&
    (number === undefined || toNumber(actual) === number) &&
    (oneOf === undefined || oneOf.map(String).includes(actual)) &&
    !noneOf?.map(String).includes(actual) &&
    (pattern === undefined || matchesValue(pattern, actual)) &&
    (isoDateTime === undefined || isIsoDateTime(actual)) &&
    (not === undefined || actual !== String(not)) &&
    (changed === undefined || actual !== initial) &&
    (increasedBy === undefined || isSum(actual, Number(initial) + increasedBy))
  );
}

/** A matcher in words. */
export function describeMatcher(matcher: Matcher, initial?: string): string {
  if (typeof matcher !== 'object') return show(String(matcher));
  const { equals, number, oneOf, noneOf, pattern, isoDateTime, not, changed, increasedBy } = matcher;
  const words: string[] = [];
  if (equals !== undefined) words.push(show(String(equals)));
  if (number !== undefined) words.push(`the number ${number}`);
  if (oneOf !== undefined) words.push(anyOf(oneOf));
  if (noneOf !== undefined) words.push(`another value than ${anyOf(noneOf)}`);
  if (pattern !== undefined) words.push(`a text that matches /${pattern}/`);
  if (isoDateTime) words.push('an ISO 8601 date-time such as "2025-08-28T14:05:00"');
  if (not !== undefined) words.push(`another value than ${show(String(not))}`);
  if (changed) words.push(initial === undefined ? 'a new value' : `another value than ${show(initial)}`);
  if (increasedBy !== undefined) {
    const sum = Number(initial) + increasedBy;
    words.push(
      Number.isNaN(sum)
        ? `${increasedBy} more than before`
        : `${Number(sum.toPrecision(15))} (${initial} before, and ${increasedBy} more)`,
    );
  }
  return words.length === 0 ? 'any value' : words.join(', ');
}

function anyOf(options: readonly (string | number)[]): string {
  return list(
    options.map((option) => show(String(option))),
    'or',
  );
}

/**
 * ISO 8601: a date and a time with hours and minutes at least; seconds, fractions and a zone as one likes.
 * The basic form without separators counts too.
 */
export function isIsoDateTime(value: string): boolean {
  const parts =
    /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(.*)$/s.exec(value) ??
    /^(\d{4})(\d{2})(\d{2})[Tt](\d{2})(\d{2})(?:(\d{2})(?:[.,]\d+)?)?(.*)$/s.exec(value);
  if (!parts || !ZONE.test(parts[7] ?? '')) return false;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const date = new Date(Date.UTC(year, month - 1, day));
  const isDate = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  // 24:00 is the end of a day, and a minute may have a leap second.
  const isTime = (hour < 24 && minute < 60 && second <= 60) || (hour === 24 && minute + second === 0);
  return isDate && isTime;
}

const ZONE = /^(?:[Zz]|[+-](?:0\d|1\d|2[0-3])(?::?[0-5]\d)?)?$/;

/** A decimal number as Valkey writes it, or with an exponent; NaN for anything else. */
export function toNumber(value: string): number {
  return /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(value) ? Number(value) : Number.NaN;
}

/** A whole sum must be written as one, for HINCRBY refuses `3.0`; others may differ by the dust of fractions. */
function isSum(actual: string, sum: number): boolean {
  return Number.isInteger(sum) ? actual === String(sum) : Math.abs(toNumber(actual) - sum) < 1e-9;
}
