import { describe, expect, it } from 'vitest';
import { hash, hyperloglog, list, string, zset } from '../../../testing/evidence.ts';
import { judgeCheck } from '../../../testing/judge-check.ts';
import { unchanged } from './unchanged.ts';

const PASSED = { passed: true };
const HAN = { username: 'hsolo', drinks: '2' };
const before = { han: hash(HAN), list: list(['a', 'b']), text: string('x', { ttl: 600 }) };

describe('unchanged', () => {
  it('passes where all is as it was', () => {
    expect(judgeCheck(unchanged, {}, { before, after: before })).toEqual(PASSED);
    expect(judgeCheck(unchanged, {}, { before, after: { ...before, more: '' } })).toEqual(PASSED);
  });

  it.each([
    ['a field', { han: hash({ ...HAN, drinks: '3' }) }, 'han: drinks = "2"', 'han: drinks = "3"'],
    ['a new field', { han: hash({ ...HAN, tip: '5' }) }, 'han: no field tip', 'han: tip = "5"'],
    [
      'a field that is gone',
      { han: hash({ drinks: '2' }) },
      'han: username = "hsolo"',
      'han: no field username',
    ],
    ['a text', { text: string('y', { ttl: 600 }) }, 'text: "x"', 'text: "y"'],
    ['a list', { list: list(['b', 'a']) }, 'list: "a" and "b"', 'list: "b" and "a"'],
    ['a type', { han: 'x' }, 'han: a hash', 'han: a string'],
    ['a TTL that is gone', { text: 'x' }, 'text: the TTL of the set-up', 'text: no TTL'],
    ['a TTL that is new', { han: hash(HAN, { ttl: 60 }) }, 'han: no TTL', 'han: a TTL'],
    ['another TTL', { text: string('x', { ttl: 60 }) }, 'text: the TTL of the set-up', 'text: another TTL'],
  ])('fails for %s', (_, changed, expected, actual) => {
    expect(judgeCheck(unchanged, {}, { before, after: { ...before, ...changed } })).toMatchObject({
      passed: false,
      expected,
      actual,
    });
  });

  it('lets HyperLogLogs be counted, which notes the count in them', () => {
    const ships = (count: number, noted = 0) => ({ ships: hyperloglog(count, noted) });
    expect(judgeCheck(unchanged, {}, { before: ships(3), after: ships(3, 3) })).toEqual(PASSED);
    expect(judgeCheck(unchanged, { notIdle: true }, { before: ships(3), after: ships(3, 3) })).toMatchObject({
      actual: 'everything is as it was before the script',
    });
    expect(judgeCheck(unchanged, {}, { before: ships(3), after: ships(4) })).toMatchObject({
      expected: 'ships: a HyperLogLog that counts 3 elements',
      actual: 'ships: a HyperLogLog that counts 4 elements',
    });
    const others = { ships: { ...hyperloglog(3), value: 'HYLL of other elements' } };
    expect(judgeCheck(unchanged, {}, { before: ships(3), after: others })).toMatchObject({
      actual: 'ships: a HyperLogLog that counts 3 elements, and other ones',
    });
  });

  it('tells all that changed, and what changed it', () => {
    const after = { han: hash({ username: 'hsolo', drinks: '9' }), text: before.text };
    const commands = ['HSET han drinks 9', 'DEL list'];
    expect(judgeCheck(unchanged, {}, { before, after, commands })).toEqual({
      passed: false,
      expected: 'han: drinks = "2"\nlist: a list, as the set-up left it',
      actual: 'han: drinks = "9"\nlist: gone',
      commands: [
        { line: null, command: 'HSET han drinks 9', effect: null, index: 0 },
        { line: null, command: 'DEL list', effect: null, index: 1 },
      ],
    });
  });

  it('looks at some keys only, and not at the fields that may change', () => {
    const after = { ...before, han: hash({ ...HAN, drinks: '3', tip: '1' }), list: 'gone' };
    expect(judgeCheck(unchanged, { keys: ['text'] }, { before, after })).toEqual(PASSED);
    const except = { han: ['drinks', 'tip'] };
    expect(judgeCheck(unchanged, { keys: ['han'], except }, { before, after })).toEqual(PASSED);
    expect(
      judgeCheck(unchanged, { keys: ['han'], except: { han: ['drinks'] } }, { before, after }),
    ).toMatchObject({
      expected: 'han: no field tip',
    });
  });

  it('tells which scores changed, and leaves out the members that may change', () => {
    const board = { board: zset({ wedge: 87.3, luke: 99.9 }) };
    const after = { board: zset({ wedge: 91.5, luke: 99.9, poe: 1 }) };
    const except = { board: ['wedge', 'poe'] };
    expect(judgeCheck(unchanged, { except }, { before: board, after })).toEqual(PASSED);
    expect(judgeCheck(unchanged, {}, { before: board, after })).toMatchObject({
      expected: 'board: "wedge" with 87.3',
      actual: 'board: "wedge" with 91.5 and "poe" with 1',
    });
    expect(judgeCheck(unchanged, { except: { board: ['wedge'] } }, { before: board, after })).toMatchObject({
      expected: 'board: no more members',
    });
    expect(
      judgeCheck(unchanged, {}, { before: board, after: { board: zset({ luke: 99.9 }) } }),
    ).toMatchObject({
      expected: 'board: "wedge" with 87.3',
      actual: 'board: gone',
    });
  });

  it('may ask for no other keys', () => {
    const after = { ...before, a: '', b: list(['x']) };
    expect(judgeCheck(unchanged, { noOtherKeys: true }, { before, after, commands: ['SET a 1'] })).toEqual({
      passed: false,
      expected: 'no new key',
      actual: '2 new keys: a and b',
      commands: [{ line: null, command: 'SET a 1', effect: null, index: 0 }],
    });
    expect(judgeCheck(unchanged, { noOtherKeys: true }, { before, after: before })).toEqual(PASSED);
  });

  it('may ask for a change at all', () => {
    const parameters = { except: { han: ['drinks'] }, notIdle: true };
    expect(judgeCheck(unchanged, parameters, { before, after: before })).toMatchObject({
      passed: false,
      actual: 'everything is as it was before the script',
    });
    const after = { ...before, han: hash({ ...HAN, drinks: '3' }) };
    expect(judgeCheck(unchanged, parameters, { before, after })).toEqual(PASSED);
  });
});

describe('a script that runs the set-up again', () => {
  it('renews the TTL, and loses nothing by it', () => {
    // Set anew in the 20th of the 29 seconds that the script took.
    const after = { ...before, text: string('x', { ttl: 620 }) };
    expect(judgeCheck(unchanged, {}, { before, after, took: 29_000 })).toEqual(PASSED);
    expect(judgeCheck(unchanged, {}, { before, after, took: 1_000 })).toMatchObject({
      actual: 'text: another TTL',
    });
    const shorter = { ...before, text: string('x', { ttl: 590 }) };
    expect(judgeCheck(unchanged, {}, { before, after: shorter, took: 29_000 })).toMatchObject({
      passed: false,
    });
  });

  it('overwrites the data of a variant with that of the main run, and loses nothing by it', () => {
    const other = { han: hash({ username: 'lando', drinks: '7' }), text: string('y', { ttl: 60 }) };
    const judge = (after: Parameters<typeof hash>[0], text = string('y', { ttl: 60 }), parameters = {}) =>
      judgeCheck(
        unchanged,
        parameters,
        { before, variants: { v: { before: other, after: { han: hash(after), text } } } },
        'v',
      );
    expect(judge({ username: 'lando', drinks: '7' })).toEqual(PASSED);
    expect(judge(HAN)).toEqual(PASSED);
    expect(judge(HAN, before.text)).toEqual(PASSED);
    expect(judge({ ...HAN, drinks: '3' })).toMatchObject({ actual: expect.stringContaining('drinks = "3"') });
    expect(judge({ ...HAN, drinks: '3' }, before.text, { except: { han: ['drinks'] } })).toEqual(PASSED);
  });

  it.each([
    ['behind', ['a', 'b', 'a', 'b'], ['x', 'a', 'b']],
    ['before', ['a', 'b', 'a', 'b'], ['a', 'b', 'x']],
    ['in place of', ['a', 'b'], ['a', 'b']],
  ])("pushes the set-up's elements once more, %s those that are there, and loses nothing", (_, main, v) => {
    const options = {
      before: { list: list(['a', 'b']) },
      after: { list: list(main) },
      variants: { v: { before: { list: list(['x']) }, after: { list: list(v) } } },
    };
    expect(judgeCheck(unchanged, {}, options)).toEqual(PASSED);
    expect(judgeCheck(unchanged, {}, options, 'v')).toEqual(PASSED);
  });

  it('fails where other elements were pushed, or a TTL was set', () => {
    const judge = (after: ReturnType<typeof list>) =>
      judgeCheck(unchanged, {}, { before: { list: list(['a', 'b']) }, after: { list: after } });
    expect(judge(list(['a', 'b', 'b']))).toMatchObject({ actual: 'list: "a", "b" and "b"' });
    expect(judge(list(['a', 'b', 'a', 'b'], { ttl: 60 }))).toMatchObject({ actual: 'list: a TTL' });
  });

  it('adds keys of the main run to a variant, and loses nothing by it', () => {
    const variants = { v: { before: { leia: 'x' }, after: { ...before, leia: 'x' } } };
    expect(judgeCheck(unchanged, { noOtherKeys: true }, { before, variants }, 'v')).toEqual(PASSED);
  });
});
