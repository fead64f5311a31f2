import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Value } from '../../base/bytes.ts';
import { asksForInitial, describeMatcher, MATCHER_DEFINITION, type Matcher, mismatch } from './matcher.ts';
import type { Static } from './parameters.ts';

it('is of the type that its schema gives', () => {
  expectTypeOf<Static<typeof MATCHER_DEFINITION>>().toExtend<Matcher>();
  expectTypeOf<Matcher>().toExtend<Static<typeof MATCHER_DEFINITION>>();
  expect(MATCHER_DEFINITION).toHaveProperty('anyOf.length', 2);
});

const ORDER = { item: 'xy', qty: 2, tags: ['a', 'b'], ship: { city: 'Rome', zip: null } };

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
    [{ between: [3, 5] }, '3'],
    [{ between: [3, 5] }, '5.0'],
    [{ between: [-1.5, -0.5] }, '-1e0'],
    [{ near: { number: 1, tolerance: 0.1 } }, '1.1'],
    [{ near: { number: 166.27, tolerance: 0.01 } }, '166.2742'],
    [{ atLeast: 3 }, '3'],
    [{ atMost: 3 }, '-7.5'],
    [{ atLeast: 1, atMost: 3, not: { number: 2 } }, '3'],
    [{ length: 3 }, 'äöü'],
    [{ length: 1 }, '🚀'],
    [{ length: { atLeast: 2 } }, 'abc'],
    [{ length: { atMost: 2 } }, ''],
    [{ length: { atLeast: 1, atMost: 2 } }, 'ab'],
    [{ json: ORDER }, '{"qty":2,"item":"x\\u0079","tags":["a","b"],"ship":{"city":"Rome","zip":null}}'],
    [
      { json: ORDER },
      ' { "item": "xy", "qty": 2.0, "tags": [ "a", "b" ],\n"ship": {"zip":null,"city":"Rome"}}',
    ],
    [{ json: null }, 'null'],
    [{ json: [] }, '[]'],
    [{ json: 12 }, '1.2e1'],
    [{ json: { constructor: 1 } }, '{"constructor":1}'],
    [{ jsonHas: { '$.item': 'xy', '$.ship.city': { oneOf: ['Rome', 'Oslo'] } } }, JSON.stringify(ORDER)],
    [{ jsonHas: { '$.qty': { json: 2 }, '$.tags[1]': 'b', '$.ship.zip': 'null' } }, JSON.stringify(ORDER)],
    [
      { jsonHas: { '$["first name"]': 'Ada', '$.tags': { json: ['a'] } } },
      '{"first name":"Ada","tags":["a"]}',
    ],
    [{ jsonHas: { '$.a': 2, '$.b': { allOf: [{ json: '2' }, { number: 2 }] } } }, '{"a":2,"b":"2"}'],
    [{ jsonHas: { '$.stock': { increasedBy: -2 } } }, '{"stock":5}', '{"stock":7}'],
    [{ allOf: [{ atLeast: 1 }, { pattern: '5$' }] }, '15'],
    [{ anyOf: ['a', { number: 5 }] }, '5.0'],
    [{ not: { pattern: '^a' } }, 'b'],
    [{ not: { anyOf: ['a', 'b'] } }, 'c'],
    [{ anyOf: ['none', { increasedBy: 1 }] }, '3', '2'],
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
    [{ noneOf: ['a', 3] }, '3', undefined, 'any value except "a" or "3"'],
    [{ pattern: '^h' }, 'solo', undefined, 'a text that matches /^h/'],
    [{ isoDateTime: true }, 'today', undefined, 'an ISO 8601 date-time such as "2025-08-28T14:05:00"'],
    [{ not: 'a' }, 'a', undefined, 'any value except "a"'],
    [{ changed: true }, 'a', 'a', 'any value except "a"'],
    [{ increasedBy: 1 }, '2', '2', '3 (2 before, and 1 more)'],
    [{ increasedBy: 1 }, '3.0', '2', '3 (2 before, and 1 more)'],
    [{ increasedBy: 0.2 }, '0.4', '0.1', '0.3 (0.1 before, and 0.2 more)'],
    [{ increasedBy: 1 }, '1', undefined, '1 more than before'],
    [{ increasedBy: 1 }, '1', 'many', '1 more than before'],
    [{ pattern: '^2', not: '2' }, '1', undefined, 'a text that matches /^2/, any value except "2"'],
    [{ any: true, not: 'a' }, 'a', undefined, 'any value except "a"'],
    [{ between: [3, 5] }, '2.9', undefined, 'a number from 3 to 5'],
    [{ between: [3, 5] }, 'four', undefined, 'a number from 3 to 5'],
    [{ near: { number: 1, tolerance: 0.1 } }, '1.11', undefined, 'about 1 (0.9 to 1.1)'],
    [{ atLeast: 3 }, '2', undefined, '3 or more'],
    [{ atLeast: 3 }, '', undefined, '3 or more'],
    [{ atMost: 3 }, '3.01', undefined, '3 or less'],
    [{ atMost: 3 }, { base64: '/w==' }, undefined, '3 or less'],
    [{ length: 1 }, 'ab', undefined, 'a text of 1 character'],
    [{ length: { atLeast: 2 } }, 'a', undefined, 'a text of 2 or more characters'],
    [{ length: { atLeast: 2, atMost: 3 } }, 'abcd', undefined, 'a text of 2 to 3 characters'],
    [{ length: { atMost: 3 } }, 'abcd', undefined, 'a text of up to 3 characters'],
    [{ json: { a: 1 } }, '{"a":"1"}', undefined, 'the JSON {"a":1}'],
    [
      { jsonHas: { '$.a': { atLeast: 2 }, '$.b': 'x' } },
      '{"a":1,"b":"x"}',
      undefined,
      'JSON with $.a: 2 or more and $.b: "x"',
    ],
    [
      { jsonHas: { '$.stock': { increasedBy: -2 } } },
      '{"stock":6}',
      '{"stock":7}',
      'JSON with $.stock: 5 (7 before, and -2 more)',
    ],
    [{ jsonHas: { '$.length': { any: true } } }, '[1]', undefined, 'JSON with $.length: any value'],
    [
      { allOf: [{ atLeast: 1 }, { pattern: '5$' }] },
      '14',
      undefined,
      '1 or more and a text that matches /5$/',
    ],
    [{ anyOf: ['a', { number: 5 }] }, '6', undefined, '"a" or the number 5'],
    [{ not: { pattern: '^a' } }, 'ab', undefined, 'any value except a text that matches /^a/'],
    [{ not: { anyOf: ['a', 'b'] } }, 'b', undefined, 'any value except "a" or "b"'],
    [
      { anyOf: [{ increasedBy: 1 }, { changed: true }] },
      '2',
      '2',
      '3 (2 before, and 1 more) or any value except "2"',
    ],
  ])('%j does not hold for %j (before: %j)', (matcher, value, initial, expected) => {
    expect(mismatch(matcher, value, initial)?.expected).toBe(expected);
  });

  it.each<[Matcher, string, string | undefined]>([
    [
      { json: ORDER },
      JSON.stringify({ ...ORDER, ship: { city: 'Paris', zip: null } }),
      '$.ship.city: expected "Rome", found "Paris"',
    ],
    [{ json: ORDER }, JSON.stringify({ ...ORDER, qty: '2' }), '$.qty: expected 2, found "2"'],
    [
      { json: ORDER },
      '{"Item":"xy","qty":2,"tags":["a","b"],"ship":{"city":"Rome","zip":null}}',
      '$.item is missing; $.Item should not be there',
    ],
    [
      { json: ORDER },
      JSON.stringify({ ...ORDER, tags: ['b'] }),
      '$.tags[0]: expected "a", found "b"; $.tags[1] is missing',
    ],
    [{ json: ORDER }, JSON.stringify({ ...ORDER, tags: ['a', 'b', 'c'] }), '$.tags[2] is one too many'],
    [{ json: ORDER }, JSON.stringify({ ...ORDER, ship: null }), '$.ship: expected an object, found null'],
    [{ json: ORDER }, JSON.stringify({ ...ORDER, ship: [] }), '$.ship: expected an object, found a list'],
    [{ json: ORDER }, JSON.stringify({ ...ORDER, 'a b\n': 1 }), '$["a b\\n"] should not be there'],
    [{ json: [1, 2, 3, 4] }, '[]', '$[0] is missing; $[1] is missing; $[2] is missing; and more'],
    [
      { json: ORDER },
      JSON.stringify(JSON.stringify(ORDER)),
      '$: expected an object, found a text that holds JSON: it was encoded twice',
    ],
    [{ json: ORDER }, "{'item': 'xy'}", 'not JSON: it has single quotes where JSON has double quotes'],
    [{ json: ORDER }, '[object Object]', 'not JSON: the object was not turned into JSON first'],
    [{ json: ORDER }, '', 'not JSON: it is empty'],
    [{ json: ORDER }, '{"item":', 'not JSON'],
    [{ json: [] }, '['.repeat(30_000), 'it has more than 200 levels'],
    [{ jsonHas: { '$.a': 1 } }, `{"a":${'['.repeat(300)}${']'.repeat(300)}}`, 'it has more than 200 levels'],
    [
      { jsonHas: { '$.a': 'x', '$.b[0].c': 'y' } },
      '{"a":{},"b":{"0":{"c":"y"}}}',
      '$.a: found an object; $.b[0].c is missing',
    ],
    [{ jsonHas: { '$.a': { anyOf: [{ json: 2 }] } } }, '{"a":"2"}', '$.a: found "2"'],
    [{ jsonHas: { '$.a': { jsonHas: { '$.b': 1 } } } }, '{"a":"{}"}', '$.a: found "{}"'],
    [{ allOf: [{ any: true }, { json: 1 }] }, '2', '$: expected 1, found 2'],
    [{ length: { atMost: 2 } }, 'abc', 'the value has 3 characters'],
    [{ between: [1, 2] }, '3', undefined],
  ])('%j tells where %j differs', (matcher, value, difference) => {
    expect(mismatch(matcher, value)?.difference).toBe(difference);
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

it('asks for what the set-up left only where a condition depends on it, however deep', () => {
  const inner: Matcher = { anyOf: [{ jsonHas: { '$.a': { not: { changed: true } } } }] };
  expect(asksForInitial(inner)).toBe(true);
  expect(asksForInitial({ allOf: [{ not: 'a' }, { json: { changed: true } }] })).toBe(false);
});
