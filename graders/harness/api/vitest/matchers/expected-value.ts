import { UsageError } from '../../../base/errors.ts';
import { list } from '../../../base/text/count.ts';
import { didYouMean } from '../../../base/text/nearest.ts';
import type { Matcher } from '../../../judging/checks/matcher.ts';
import type { ExpectedValue } from './types.ts';

const CONDITIONS = ['equals', 'number', 'oneOf', 'noneOf', 'pattern', 'isoDateTime', 'not', 'any'];

/**
 * An expected value as checks take it. Throws UsageError for what no value could be held against: it would
 * pass whatever is there.
 */
export function checkedValue(value: ExpectedValue): Matcher {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !isPlain(value))
    throw new UsageError(
      `A value is expected as a text, a number, or conditions such as { pattern: '^\\\\d+$' }: not ${describe(value)}.`,
    );
  const names = Object.keys(value);
  const unknown = names.find((name) => !CONDITIONS.includes(name));
  if (unknown !== undefined)
    throw new UsageError(
      `There is no condition named ${unknown}${didYouMean(unknown, CONDITIONS)} (${list(CONDITIONS, 'or')})`,
    );
  if (names.length === 0) throw new UsageError('{} is no condition: { any: true } takes any value.');
  return value;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** `expect.any()` and its kin, regular expressions, dates, null … */
function describe(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return Array.isArray(value) ? 'a list' : `an object of class ${value.constructor.name}`;
}
