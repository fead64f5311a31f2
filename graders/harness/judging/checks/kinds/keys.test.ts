import { describe, expect, it } from 'vitest';
import { showArgument } from '../../../base/text/printable.ts';
import { hash, keyspace, list, makeView, zset } from '../../../testing/evidence.ts';
import { judgeCheck } from '../../../testing/judge-check.ts';
import { describeKey } from '../key-param.ts';
import { keyAbsent } from './key-absent.ts';
import { keyExists } from './key-exists.ts';
import { keyType } from './key-type.ts';

const PASSED = { passed: true };

describe('key-exists', () => {
  it('passes for a key of whatever type, in its database', () => {
    expect(judgeCheck(keyExists, { key: 'k' }, { after: { k: '' } })).toEqual(PASSED);
    expect(judgeCheck(keyExists, { key: 'k' }, { after: { k: zset({ a: 1 }) } })).toEqual(PASSED);
    expect(judgeCheck(keyExists, { key: 'k', db: 3 }, { after: keyspace({}, { 3: { k: '' } }) })).toEqual(
      PASSED,
    );
  });

  it('fails where it is not there, and tells what became of it', () => {
    const commands = ['HSET k a 1', 'DEL k'];
    expect(judgeCheck(keyExists, { key: 'k' }, { commands })).toEqual({
      passed: false,
      expected: 'a key named k',
      actual: 'no such key',
      commands: [
        { line: null, command: 'HSET k a 1', effect: null, index: 0 },
        { line: null, command: 'DEL k', effect: null, index: 1 },
      ],
    });
  });
});

describe('key-absent', () => {
  it('passes where the key is not there', () => {
    expect(judgeCheck(keyAbsent, { key: 'k' }, { after: keyspace({ K: '' }, { 1: { k: '' } }) })).toEqual(
      PASSED,
    );
  });

  it('fails where it is', () => {
    expect(
      judgeCheck(keyAbsent, { key: 'k' }, { after: { k: list(['a']) }, commands: ['RPUSH k a'] }),
    ).toEqual({
      passed: false,
      expected: 'no key named k',
      actual: 'a list',
      commands: [{ line: null, command: 'RPUSH k a', effect: null, index: 0 }],
    });
  });
});

describe('key-absent with a prefix', () => {
  it('passes where no key begins so', () => {
    const after = keyspace({ k: '', 'ak:1': '' }, { 1: { 'k:1': '' } });
    expect(judgeCheck(keyAbsent, { prefix: 'k:' }, { after })).toEqual(PASSED);
    expect(judgeCheck(keyAbsent, { prefix: 'k:', db: 1 }, { after })).toMatchObject({
      actual: '1 such key: "k:1"',
    });
  });

  it('fails where some do, and names them', () => {
    const after = { 'k:1': '', 'k:2': list(['a']), other: '' };
    expect(judgeCheck(keyAbsent, { prefix: 'k:' }, { after, commands: ['RPUSH k:2 a'] })).toEqual({
      passed: false,
      expected: 'no key that begins with k:',
      actual: '2 such keys: "k:1" and "k:2"',
      commands: [{ line: null, command: 'RPUSH k:2 a', effect: null, index: 0 }],
    });
  });
});

describe('key-type', () => {
  it.each(['string', 'list', 'set', 'zset', 'hash'] as const)('knows a %s', (type) => {
    const after = { k: { ...zset({}), type } as never };
    expect(judgeCheck(keyType, { key: 'k', type }, { after })).toEqual(PASSED);
    const other = type === 'hash' ? 'list' : 'hash';
    expect(judgeCheck(keyType, { key: 'k', type: other }, { after })).toMatchObject({ passed: false });
  });

  it('fails for another type, and for no key', () => {
    const after = { k: '{"username":"hsolo"}' };
    expect(judgeCheck(keyType, { key: 'k', type: 'hash' }, { after, commands: ['SET k {}'] })).toEqual({
      passed: false,
      expected: 'a hash',
      actual: 'a string',
      commands: [{ line: null, command: 'SET k {}', effect: null, index: 0 }],
    });
    expect(judgeCheck(keyType, { key: 'k', type: 'zset' }, {})).toMatchObject({
      expected: 'a sorted set',
      actual: 'no such key',
    });
  });
});

describe('describeKey', () => {
  it.each([
    [{ k: { type: 'other', name: 'stream', expireAt: null } as never }, 'a stream'],
    [{ k: { type: 'other', name: 'ReJSON-RL', expireAt: null } as never }, 'a value of type ReJSON-RL'],
    [{ 'session:han_solo': hash({}) }, 'no such key'],
    [{}, 'no such key'],
  ])('says what is there in its place', (after, text) => {
    expect(describeKey(makeView({ after }), 'k')).toBe(text);
  });

  it('finds the key in another database', () => {
    const view = makeView({ after: keyspace({}, { 2: { k: '' } }) });
    expect(describeKey(view, 'k')).toBe('no such key in database 0: it is in database 2');
  });

  it.each(['Session:Han_Solo', 'session:han-solo', 'session_han_solo', 'sessionhansolo '])(
    'finds a key that is named nearly so: %j',
    (name) => {
      const view = makeView({ after: { [name]: hash({}) } });
      expect(describeKey(view, 'session:han_solo')).toBe(
        `no such key; yours is called ${showArgument(name)}`,
      );
    },
  );

  it('is safe to print', () => {
    const view = makeView({ after: { 'k\u001b': '' } });
    expect(describeKey(view, 'k')).toBe('no such key; yours is called "k\\x1b"');
  });
});
