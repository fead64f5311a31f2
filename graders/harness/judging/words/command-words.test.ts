import { describe, expect, it } from 'vitest';
import type { CommandPatterns } from '../checks/command-pattern.ts';
import { describePatterns, hintAtPatterns } from './command-words.ts';

describe('describePatterns', () => {
  it.each<[CommandPatterns, string]>([
    [{ command: 'hgetall' }, 'HGETALL'],
    [{ command: ['DEL', 'UNLINK'], args: ['k'] }, 'DEL or UNLINK k'],
    [{ command: ['HSET', 'HMSET', 'HSETNX'], args: ['k'] }, 'HSET k or another command that writes it'],
    [{ command: ['GET', 'MGET', 'GETEX'], args: ['k'] }, 'GET k or another command that reads it'],
    [{ command: ['UNLINK', 'DEL', 'GETDEL'] }, 'UNLINK or another command that does the same'],
    [
      { command: ['EVAL', 'EVALSHA', 'FCALL'], args: [{ any: true }, 1, 'k'] },
      'EVAL … 1 k or another command that does the same',
    ],
    [{ command: 'HMGET', args: ['k'], has: ['a', 7] }, 'HMGET k a 7'],
    [{ command: 'LPOS', args: ['k', "Yondu's crew"] }, 'LPOS k "Yondu\'s crew"'],
    [{ command: 'SCAN', options: { TYPE: { oneOf: ['hash', 'HASH'] } } }, 'SCAN TYPE hash|HASH'],
    [{ command: 'PFADD', args: ['k'], has: [{ noneOf: ['a', 'b'] }] }, 'PFADD k (not a or b)'],
    [{ command: 'ZADD', args: ['k', { number: 98.5 }, { pattern: '^D' }] }, 'ZADD k 98.5 …'],
    [{ command: 'LRANGE', args: ['k', { pattern: '^(?:0|-[3-9])$' }, { pattern: '^-1$' }] }, 'LRANGE k 0 -1'],
    [{ command: 'HSET', without: ['a', 'b'] }, 'HSET (without a or b)'],
    [{ command: 'SET', args: ['k', { json: { a: 1 } }] }, 'SET k "{\\"a\\":1}"'],
    [{ command: 'DECRBY', args: ['k', { atLeast: 2 }] }, 'DECRBY k (2 or more)'],
    [{ command: 'EXPIRE', args: ['k', { near: { number: 60, tolerance: 5 } }] }, 'EXPIRE k 60'],
    [{ command: 'GET', lua: true }, 'GET in a Lua script'],
    [
      { command: 'ZRANGE', args: ['k'], flags: ['REV'], withoutFlags: ['BYSCORE'] },
      'ZRANGE k REV (without BYSCORE)',
    ],
    [{ anyOf: [{ command: 'HGET' }, { command: 'HMGET' }] }, 'HGET or HMGET'],
    [
      {
        anyOf: [
          { command: ['ZRANGE', 'ZREVRANGE'], args: ['k', 0] },
          { command: 'ZRANGE', args: ['k', 1] },
          { command: 'ZCOUNT', args: ['k'] },
        ],
      },
      'ZRANGE k 0, ZCOUNT k or another command that reads it',
    ],
  ])('says of %j: %s', (patterns, text) => {
    expect(describePatterns(patterns)).toBe(text);
  });

  it('recommends no KEYS, unless nothing else will do', () => {
    expect(describePatterns({ command: ['SCAN', 'KEYS'] })).toBe('SCAN');
    expect(
      describePatterns({ anyOf: [{ command: 'KEYS' }, { command: 'SCAN', options: { TYPE: 'hash' } }] }),
    ).toBe('SCAN TYPE hash');
    expect(describePatterns({ command: 'KEYS' })).toBe('KEYS');
  });
});

describe('hintAtPatterns', () => {
  it.each<[CommandPatterns, string | undefined]>([
    [{ command: 'HGETALL', args: ['k'] }, 'a command that reads k'],
    [{ command: ['HSET', 'HMSET'], args: ['k', 'f'] }, 'a command that writes k'],
    [
      { command: ['EVAL', 'FCALL'], args: [{ any: true }, 1, 'k'] },
      'a command that calls a Lua script with k',
    ],
    [{ command: ['EXPIRE', 'TTL'], args: ['k'] }, 'a command that uses k'],
    [{ command: 'GET', args: ['k'], lua: true }, 'a command in a Lua script that reads k'],
    [
      {
        anyOf: [
          { command: 'LPOP', args: ['k'] },
          { command: 'LMPOP', has: ['k'] },
        ],
      },
      'a command that writes k',
    ],
    [{ command: 'MSET', options: { k: '1' } }, 'a command that writes k'],
    [{ command: 'SCAN', options: { MATCH: 'k:*' } }, undefined],
    [{ command: 'SCAN' }, undefined],
  ])('says of %j: %s', (patterns, text) => {
    expect(hintAtPatterns(patterns)).toBe(text);
  });

  it('speaks of another command if one does this already', () => {
    expect(hintAtPatterns({ command: 'HGETALL', args: ['k'] }, undefined, true)).toBe(
      'another command that reads k',
    );
  });

  it('names no key twice', () => {
    const patterns = { command: 'HSET', args: ['k'] };
    expect(hintAtPatterns(patterns, { named: 'k' })).toBe('one that writes it');
    expect(hintAtPatterns(patterns, { named: 'other' })).toBe('one that writes k');
  });
});
