import { UsageError } from '../../../base/errors.ts';
import { list } from '../../../base/text/count.ts';
import { didYouMean } from '../../../base/text/nearest.ts';
import { CONDITION_NAMES, innerOf, type Matcher } from '../../../judging/checks/matcher.ts';
import type { ExpectedValue } from './types.ts';

/**
 * An expected value as checks take it. Throws UsageError for what no value could be held against: it would
 * pass whatever is there.
 */
export function checkedValue(value: ExpectedValue): Matcher {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (!isPlain(value))
    throw new UsageError(
      `A value is expected as a text, a number, or conditions such as { pattern: '^\\\\d+$' }: not ${describe(value)}.`,
    );
  const given = Object.entries(value);
  for (const [name, wanted] of given) {
    if (!CONDITION_NAMES.includes(name))
      throw new UsageError(
        `There is no condition named ${name}${didYouMean(name, CONDITION_NAMES)} (${list(CONDITION_NAMES, 'or')})`,
      );
    const form = FORMS[name];
    if (form && !form.fits(wanted))
      throw new UsageError(`The condition ${name} takes ${form.is}: not ${describe(wanted)}.`);
  }
  if (given.length === 0) throw new UsageError('{} is no condition: { any: true } takes any value.');
  for (const inner of innerOf(value)) checkedValue(inner as ExpectedValue);
  return value;
}

interface Form {
  is: string;
  fits(wanted: unknown): boolean;
}

const NUMBER: Form = { is: 'a number', fits: isNumber };
const LIST: Form = {
  is: 'a list of values',
  fits: (wanted) => Array.isArray(wanted) && wanted.length > 0,
};

/** The forms of those conditions that anything would meet, or nothing, if they were of another form. */
const FORMS: Readonly<Record<string, Form>> = {
  number: NUMBER,
  atLeast: NUMBER,
  atMost: NUMBER,
  between: {
    is: 'two numbers, [lowest, highest]',
    fits: (wanted) => Array.isArray(wanted) && wanted.length === 2 && wanted.every(isNumber),
  },
  near: {
    is: '{ number, tolerance }',
    fits: (wanted) => isPlain(wanted) && isNumber(wanted.number) && isNumber(wanted.tolerance),
  },
  length: {
    is: 'a number or { atLeast, atMost }',
    fits: (wanted) =>
      isNumber(wanted) || (isPlain(wanted) && (isNumber(wanted.atLeast) || isNumber(wanted.atMost))),
  },
  jsonHas: {
    is: 'an object of values by their paths',
    fits: (wanted) => isPlain(wanted) && Object.keys(wanted).length > 0,
  },
  allOf: LIST,
  anyOf: LIST,
  oneOf: LIST,
  noneOf: LIST,
};

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** `expect.any()` and its kin, regular expressions, dates, null … */
function describe(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return 'a list';
  return isPlain(value) ? 'an object' : `an object of class ${value.constructor.name}`;
}
