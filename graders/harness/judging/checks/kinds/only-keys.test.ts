import { describe, expect, it } from 'vitest';
import { keyspace } from '../../../testing/evidence.ts';
import { judgeCheck } from '../../../testing/judge-check.ts';
import { onlyKeys } from './only-keys.ts';

const PASSED = { passed: true };

describe('only-keys', () => {
  it('passes where no other key is there, whether these are or not', () => {
    expect(judgeCheck(onlyKeys, { keys: ['a', 'b'] }, { after: { a: '' } })).toEqual(PASSED);
    expect(judgeCheck(onlyKeys, { keys: ['a'] }, {})).toEqual(PASSED);
    expect(judgeCheck(onlyKeys, {}, {})).toEqual(PASSED);
  });

  it('fails for others, and tells where they come from', () => {
    const after = keyspace({ a: '', c: '', 'b b': '' }, { 2: { a: '' } });
    const commands = ['SET c 1', 'SET a 1', 'INCR c', 'INCR c'];
    expect(judgeCheck(onlyKeys, { keys: ['a'] }, { after, commands })).toEqual({
      passed: false,
      expected: 'no key but a',
      actual: '3 more keys: "b b", "c" and "a" in database 2',
      commands: [
        { line: null, command: 'INCR c', effect: null, index: 2 },
        { line: null, command: 'INCR c', effect: null, index: 3 },
        { line: null, command: 'SET a 1', effect: null, index: 1 },
      ],
    });
  });

  it('fails a script that did nothing, in a variant only where it did nothing in the main run either', () => {
    const judge = (after: Record<string, string>, inVariant: Record<string, string>) =>
      judgeCheck(
        onlyKeys,
        { keys: ['a'], notIdle: true },
        { after, variants: { v: { after: inVariant } } },
        'v',
      );
    expect(judge({}, {})).toMatchObject({ passed: false });
    expect(judge({ a: '1' }, {})).toEqual(PASSED);
    expect(judge({}, { a: '1' })).toEqual(PASSED);
  });

  it('lets the keys of the set-up be there where that is asked for', () => {
    const before = keyspace({ a: '' }, { 1: { b: '' } });
    expect(judgeCheck(onlyKeys, { setup: true }, { before, after: before })).toEqual(PASSED);
    expect(judgeCheck(onlyKeys, { setup: true }, { before, after: { a: '', b: '' } })).toMatchObject({
      expected: 'no key but those of the set-up',
      actual: '1 more key: "b"',
    });
    expect(judgeCheck(onlyKeys, {}, { before, after: before })).toMatchObject({
      expected: 'no key at all',
      actual: '2 more keys: "a" and "b" in database 1',
    });
    expect(judgeCheck(onlyKeys, { keys: ['c'], setup: true }, { before, after: { d: '' } })).toMatchObject({
      expected: 'no key but c and those of the set-up',
    });
  });

  it('lets keys be there whose names begin so', () => {
    const params = { keys: ['ship:a'], startingWith: ['ship:a:'] };
    expect(judgeCheck(onlyKeys, params, { after: { 'ship:a': '', 'ship:a:seq': '' } })).toEqual(PASSED);
    expect(judgeCheck(onlyKeys, params, { after: keyspace({}, { 1: { 'ship:a:seq': '' } }) })).toMatchObject({
      expected: 'no key but ship:a and those that begin with ship:a:',
      actual: '1 more key: "ship:a:seq" in database 1',
    });
  });

  it('does not take idleness for tidiness where that is asked for', () => {
    const before = { a: '' };
    const params = { keys: ['b'], setup: true, notIdle: true };
    expect(judgeCheck(onlyKeys, params, { before, after: before })).toEqual({
      passed: false,
      expected: 'a change, and no key but b and those of the set-up',
      actual: 'everything is as it was before the script',
    });
    expect(judgeCheck(onlyKeys, params, { before, after: { a: '', b: '' } })).toEqual(PASSED);
  });

  it('lets a script run the main set-up again in a variant', () => {
    const options = {
      before: { han: '' },
      variants: { v: { before: { leia: '' }, after: { han: '', leia: '' } } },
    };
    expect(judgeCheck(onlyKeys, { setup: true }, options, 'v')).toEqual(PASSED);
  });

  it('counts the keys that a cut snapshot does not list', () => {
    const after = {
      databases: keyspace({ a: '', b: '' }).databases.map((database) => ({ ...database, size: 15_000 })),
    };
    expect(judgeCheck(onlyKeys, { keys: ['a'] }, { after })).toMatchObject({
      passed: false,
      actual: '14999 more keys: "b" and 14998 more',
    });
    expect(judgeCheck(onlyKeys, { keys: ['a', 'b'] }, { after })).toMatchObject({
      actual: '14998 more keys: 14998 more',
    });
  });
});
