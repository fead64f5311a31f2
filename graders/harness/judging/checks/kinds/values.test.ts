import { describe, expect, it } from 'vitest';
import { bytes, hash, list, set, string, zset } from '../../../testing/evidence.ts';
import { judgeCheck } from '../../../testing/judge-check.ts';
import { judgeInVariant } from '../../../testing/judge-replayed.ts';
import { useServer } from '../../../testing/server.ts';
import { listItems } from './list-items.ts';
import { setMembers } from './set-members.ts';
import { sortedSetMembers } from './sorted-set-members.ts';
import { stringValue } from './string-value.ts';

const server = useServer();

const PASSED = { passed: true };

describe('string-value', () => {
  const parameters = { key: 'k', value: '3 Star Destroyers, sector 7G' };

  it('passes for the value', () => {
    expect(judgeCheck(stringValue, parameters, { after: { k: '3 Star Destroyers, sector 7G' } })).toEqual(
      PASSED,
    );
  });

  it('fails for another, and tells the difference', () => {
    const after = { k: '"3 Star Destroyers, sector 7G"' };
    expect(judgeCheck(stringValue, parameters, { after, commands: ['SET k x'] })).toEqual({
      passed: false,
      expected: '"3 Star Destroyers, sector 7G"',
      actual: '"\\"3 Star Destroyers, sector 7G\\""',
      difference: 'the quotes became part of the value (30 characters, expected 28)',
      commands: [{ line: null, command: 'SET k x', effect: null, index: 0 }],
    });
    expect(judgeCheck(stringValue, parameters, { after: { k: hash({}) } })).toMatchObject({
      expected: 'a string',
    });
    const cut = string({ head: 'abc', length: 90_000 });
    expect(judgeCheck(stringValue, parameters, { after: { k: cut } })).toMatchObject({
      actual: '"abc" (the first of 90000 bytes)',
    });
  });

  it('compares with the set-up', () => {
    const raised = { key: 'k', value: { increasedBy: 1 } };
    expect(judgeCheck(stringValue, raised, { before: { k: '7' }, after: { k: '8' } })).toEqual(PASSED);
    expect(judgeCheck(stringValue, raised, { before: { k: '7' }, after: { k: '1' } })).toMatchObject({
      expected: '8 (7 before, and 1 more)',
    });
  });
});

describe('list-items', () => {
  const parameters = { key: 'k', items: ['Collect bounty', { pattern: '^Fix' }] };

  it('passes for these elements in this order', () => {
    expect(
      judgeCheck(listItems, parameters, { after: { k: list(['Collect bounty', 'Fix Milano']) } }),
    ).toEqual(PASSED);
  });

  it.each([
    ['another order', ['Fix Milano', 'Collect bounty']],
    ['one too many', ['Collect bounty', 'Fix Milano', 'Fix Milano']],
    ['one too few', ['Collect bounty']],
    ['bytes that are not text', ['Collect bounty', bytes(0xff)]],
  ])('fails for %s', (_, items) => {
    expect(judgeCheck(listItems, parameters, { after: { k: list(items) } })).toMatchObject({ passed: false });
  });

  it('shows both lists, and where elements look alike', () => {
    const after = { k: list(['collect bounty', 'Fix Milano']) };
    expect(judgeCheck(listItems, parameters, { after, commands: ['LPOP k'] })).toEqual({
      passed: false,
      expected: '1) "Collect bounty"\n2) a text that matches /^Fix/',
      actual: '1) "collect bounty"\n2) "Fix Milano"',
      difference: 'element 1: only upper and lower case differ',
      commands: [{ line: null, command: 'LPOP k', effect: null, index: 0 }],
    });
  });

  it('says how many more elements there are', () => {
    const items = Array.from({ length: 22 }, (_, index) => `${index}`);
    const finding = judgeCheck(
      listItems,
      { key: 'k', items: ['0'] },
      { after: { k: list(items, { size: 30_000 }) } },
    );
    expect(finding).toMatchObject({ actual: expect.stringMatching(/\n20\) "19"\n… and 29980 more$/) });
  });
});

describe('set-members', () => {
  const parameters = { key: 'k', members: ['a', 7] };

  it('passes for exactly these', () => {
    expect(judgeCheck(setMembers, parameters, { after: { k: set(['7', 'a']) } })).toEqual(PASSED);
  });

  it.each([
    [set(['a']), 'missing: "7"'],
    [set(['a', '7', 'b']), 'too many: "b"'],
    [set(['a', 'b']), 'missing: "7"; too many: "b"'],
    [set(['a', bytes(0xff)]), 'missing: "7"; too many: the bytes ff (not text)'],
    [set(['a', '7'], { size: 20_000 }), '"a", "7" and 19998 more'],
  ])('tells what is missing and what is too many', (k, actual) => {
    expect(judgeCheck(setMembers, parameters, { after: { k } })).toMatchObject({
      passed: false,
      expected: '"a" and "7"',
      actual,
    });
  });
});

describe('set-members by matchers', () => {
  const members = [{ any: true } as const, 'order:1', { pattern: '^order:[0-9]+$' }];
  const judge = (found: string[]) =>
    judgeCheck(setMembers, { key: 'k', members }, { after: { k: set(found) } });

  it('finds a member of its own for each, in whatever order they are there', () => {
    expect(judge(['order:1', 'order:2', 'x'])).toEqual(PASSED);
    expect(judge(['order:1', 'order:2', 'order:3'])).toEqual(PASSED);
    expect(judge(['order:1', 'x', 'y'])).toMatchObject({
      passed: false,
      expected: 'any value, "order:1" and a text that matches /^order:[0-9]+$/',
      actual: 'missing: a text that matches /^order:[0-9]+$/; too many: "y"',
    });
  });
});

describe('sorted-set-members by conditions', () => {
  const members = { a: { atLeast: 3, atMost: 9 }, b: { near: { number: 1.5, tolerance: 0.5 } } };
  const judge = (scores: Record<string, number>) =>
    judgeCheck(sortedSetMembers, { key: 'k', members }, { after: { k: zset(scores) } });

  it('takes scores that meet them', () => {
    expect(judge({ a: 3, b: 2 })).toEqual(PASSED);
    expect(judge({ a: 2, b: 1 })).toMatchObject({
      passed: false,
      expected: '"a" with 3 or more, 9 or less and "b" with about 1.5 (1 to 2)',
      actual: '"a" with 2, not 3 or more, 9 or less',
    });
    expect(judge({ b: 1, c: 4 })).toMatchObject({
      actual: 'missing: "a" with 3 or more, 9 or less\ntoo many: "c" with 4',
    });
  });
});

describe('sorted-set-members', () => {
  const parameters = { key: 'k', members: { Darth_Vader: 98.5, TK421: 45.6 } };

  it('passes for exactly these, scores compared as numbers', () => {
    const after = { k: zset({ TK421: '45.600000', Darth_Vader: '9.85e1' }) };
    expect(judgeCheck(sortedSetMembers, parameters, { after })).toEqual(PASSED);
    const infinite = { key: 'k', members: { a: Number.NEGATIVE_INFINITY } };
    expect(judgeCheck(sortedSetMembers, infinite, { after: { k: zset({ a: '-inf' }) } })).toEqual(PASSED);
  });

  it.each([
    [zset({ Darth_Vader: 98.5, TK421: 12.3 }), '"TK421" with 12.3, not 45.6'],
    [zset({ Darth_Vader: 98.5 }), 'missing: "TK421" with 45.6'],
    [zset({ Darth_Vader: 98.5, TK421: 45.6, x: 'inf' }), 'too many: "x" with Infinity'],
  ])('tells what is missing and what is too many', (k, actual) => {
    expect(judgeCheck(sortedSetMembers, parameters, { after: { k } })).toMatchObject({
      passed: false,
      actual,
    });
  });

  it('may allow others, or that some are missing', () => {
    const more = { k: zset({ Darth_Vader: 98.5, TK421: 45.6, x: 1 }) };
    expect(judgeCheck(sortedSetMembers, { ...parameters, orMore: true }, { after: more })).toEqual(PASSED);
    const fewer = { k: zset({ TK421: 45.6 }) };
    expect(judgeCheck(sortedSetMembers, { ...parameters, orFewer: true }, { after: fewer })).toEqual(PASSED);
    expect(judgeCheck(sortedSetMembers, { ...parameters, orFewer: true }, { after: more })).toMatchObject({
      expected: '"Darth_Vader" with 98.5 and "TK421" with 45.6',
      actual: 'too many: "x" with 1',
    });
    expect(judgeCheck(sortedSetMembers, { ...parameters, orMore: true }, { after: fewer })).toMatchObject({
      actual: 'missing: "Darth_Vader" with 98.5',
    });
  });

  it('takes any score, and leaves the dust of fractions alone', () => {
    const members = { Darth_Vader: { any: true }, TK421: 45.6 } as const;
    const after = { k: zset({ Darth_Vader: 3, TK421: '45.599999999999994' }) };
    expect(judgeCheck(sortedSetMembers, { key: 'k', members }, { after })).toEqual(PASSED);
  });

  it('compares with the set-up, also where the script ran it again', async () => {
    const raised = { key: 'k', members: { a: { increasedBy: 1.5 } } };
    const before = { k: zset({ a: 7 }) };
    expect(judgeCheck(sortedSetMembers, raised, { before, after: { k: zset({ a: 8.5 }) } })).toEqual(PASSED);
    const variant = (...commands: string[]) =>
      judgeInVariant(
        server,
        { kind: 'sorted-set-members', ...raised },
        { main: ['ZADD k 7 a'], own: ['ZADD k 20 a'] },
        commands,
      );
    expect(await variant('ZINCRBY k 1.5 a')).toEqual(PASSED);
    expect(await variant('ZADD k 7 a', 'ZINCRBY k 1.5 a')).toEqual(PASSED);
    expect(await variant('ZADD k 8.5 a')).toMatchObject({
      expected: '"a" with 21.5',
      actual: '"a" with 8.5, not 21.5',
    });
  });

  it('shows the commands that name the members in question', () => {
    const commands = ['ZADD k 98.5 Darth_Vader', 'ZADD k 12.3 TK421', 'ZREMRANGEBYRANK k 5 6'];
    const after = { k: zset({ Darth_Vader: 98.5, TK421: 12.3 }) };
    expect(judgeCheck(sortedSetMembers, parameters, { after, commands })).toMatchObject({
      commands: [{ command: 'ZADD k 12.3 TK421' }, { command: 'ZREMRANGEBYRANK k 5 6' }],
    });
  });
});
