import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Value } from '../../base/bytes.ts';
import { describeMatcher, isIsoDateTime, MATCHER_DEFINITION, type Matcher, mismatch } from './matcher.ts';
import type { Static } from './parameters.ts';

it('is of the type that its schema gives', () => {
  expectTypeOf<Static<typeof MATCHER_DEFINITION>>().toExtend<Matcher>();
  expectTypeOf<Matcher>().toExtend<Static<typeof MATCHER_DEFINITION>>();
  expect(MATCHER_DEFINITION).toHaveProperty('anyOf.length', 2);
});

describe('mismatch', () => {
  it.each<[Matcher, Value, string?]>([
    ['9500', '9500'],
    [9500, '9500'],
    ['', ''],
    [{ equals: 'a b' }, 'a b'],
    [{ number: 45.6 }, '45.600'],
    [{ number: 9500 }, '9.5e3'],
    [{ number: -1 }, '-1.0'],
    [{ number: 0.5 }, '.5'],
    [{ oneOf: ['hsolo', 7] }, '7'],
    [{ noneOf: ['hsolo', 7] }, '8'],
    [{ pattern: '^h.*o$' }, 'hsolo'],
    [{ pattern: 'so' }, 'hsolo'],
    [{ isoDateTime: true }, '2022-08-28T13:45:00'],
    [{ not: 'a' }, 'b'],
    [{ changed: true }, 'b', 'a'],
    [{ changed: true }, 'b'],
    [{ increasedBy: 1 }, '3', '2'],
    [{ increasedBy: -500 }, '9500', '10000'],
    [{ increasedBy: 0.2 }, '0.30000000000000004', '0.1'],
    [{ any: true }, ''],
    [{ any: true }, { base64: '/w==' }],
    [{ any: true }, { head: 'a', length: 100_000 }],
    [{ isoDateTime: true, not: '2025-08-28T13:30:00' }, '2025-08-28T13:45:00'],
  ])('%j holds for %j (before: %j)', (matcher, value, initial) => {
    expect(mismatch(matcher, value, initial)).toBeNull();
  });

  it.each<[Matcher, Value, string | undefined, string]>([
    ['9500', '10000', undefined, '"9500"'],
    [9500, '9500.0', undefined, '"9500"'],
    ['9500', { base64: '/w==' }, undefined, '"9500"'],
    ['abc', { head: 'abc', length: 100_000 }, undefined, '"abc"'],
    [{ number: 45.6 }, '45.7', undefined, 'the number 45.6'],
    [{ number: 10 }, '0xA', undefined, 'the number 10'],
    [{ number: 10 }, ' 10', undefined, 'the number 10'],
    [{ number: 0 }, '', undefined, 'the number 0'],
    [{ oneOf: ['a', 'b', 3] }, 'c', undefined, '"a", "b" or "3"'],
    [{ noneOf: ['a', 3] }, '3', undefined, 'another value than "a" or "3"'],
    [{ pattern: '^h' }, 'solo', undefined, 'a text that matches /^h/'],
    [{ isoDateTime: true }, 'today', undefined, 'an ISO 8601 date-time such as "2025-08-28T14:05:00"'],
    [{ not: 'a' }, 'a', undefined, 'another value than "a"'],
    [{ changed: true }, 'a', 'a', 'another value than "a"'],
    [{ increasedBy: 1 }, '2', '2', '3 (2 before, and 1 more)'],
    [{ increasedBy: 1 }, '3.0', '2', '3 (2 before, and 1 more)'],
    [{ increasedBy: 0.2 }, '0.4', '0.1', '0.3 (0.1 before, and 0.2 more)'],
    [{ increasedBy: 1 }, '1', undefined, '1 more than before'],
    [{ increasedBy: 1 }, '1', 'many', '1 more than before'],
    [{ pattern: '^2', not: '2' }, '1', undefined, 'a text that matches /^2/, another value than "2"'],
    [{ any: true, not: 'a' }, 'a', undefined, 'another value than "a"'],
  ])('%j does not hold for %j (before: %j)', (matcher, value, initial, expected) => {
    expect(mismatch(matcher, value, initial)?.expected).toBe(expected);
  });

  it('tells how two texts differ that look alike', () => {
    expect(mismatch('9500', '9500 ')?.difference).toContain('a space that cannot be seen');
    expect(mismatch({ equals: 9500 }, '9500.0')?.difference).toContain('the same number');
    expect(mismatch('9500', '1')).not.toHaveProperty('difference');
    expect(mismatch({ oneOf: ['9500'] }, '9500 ')).not.toHaveProperty('difference');
  });
});

describe('describeMatcher', () => {
  it('shows what cannot be seen', () => {
    expect(describeMatcher('a\nb')).toBe('"a\\nb"');
    expect(describeMatcher({ any: true })).toBe('any value');
    expect(describeMatcher({ changed: true })).toBe('a new value');
  });
});

describe('isIsoDateTime', () => {
  it.each([
    '2025-08-28T13:30:00',
    '2022-08-28T13:45:00',
    '2025-08-28T13:30',
    '2025-08-28T13:30:00Z',
    '2025-08-28t13:30:00z',
    '2025-08-28T13:30:00.123456',
    '2025-08-28T13:30:00,5Z',
    '2025-08-28T13:30:00+02:00',
    '2025-08-28T13:30:00-0930',
    '2025-08-28T13:30:00+02',
    '20250828T133000Z',
    '20250828T1330',
    '2024-02-29T00:00:00',
    '2025-12-31T24:00:00',
    '2016-12-31T23:59:60Z',
  ])('takes %s for one', (text) => {
    expect(isIsoDateTime(text)).toBe(true);
  });

  it.each([
    '',
    '2025-08-28',
    '13:30:00',
    '2025-08-28T',
    '2025-08-28T13',
    '2025-08-28 13:30:00',
    '28.08.2025T13:30:00',
    '2025-8-28T13:30:00',
    '2025-02-30T13:30:00',
    '2025-02-29T13:30:00',
    '2025-13-01T13:30:00',
    '2025-00-10T13:30:00',
    '2025-08-28T25:00:00',
    '2025-08-28T24:30:00',
    '2025-08-28T24:00:01',
    '2025-08-28T13:60:00',
    '2025-08-28T13:30:61',
    '2025-08-28T13:30:00+24:00',
    '2025-08-28T13:30:00+02:60',
    '2025-08-28T13:30:00 +02:00',
    '2025-08-28T13:30:00 UTC',
    '2025-08-28T13:30:00\n',
    ' 2025-08-28T13:30:00',
    '2025-08-28T1330',
    '1756387800',
    'today',
  ])('does not take %j for one', (text) => {
    expect(isIsoDateTime(text)).toBe(false);
  });
});
