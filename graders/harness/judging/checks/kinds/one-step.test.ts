import { describe, expect, it } from 'vitest';
import { judgeReplayed } from '../../../testing/judge-replayed.ts';
import { useServer } from '../../../testing/server.ts';

const server = useServer();

const judge = (check: object, commands: string[], setup: string[] = []) =>
  judgeReplayed(server, { kind: 'one-step', prefix: 'k:', number: 2, ...check }, setup, commands);

describe('one-step', () => {
  it.each<[string, string[]]>([
    ['MSET', ['MSET k:a 1 other 2 k:b 3']],
    ['MSETNX', ['MSETNX k:a 1 k:b 2']],
    ['a transaction', ['MULTI', 'SET k:a 1', '2> PING', 'SETEX k:b 5 2', 'EXEC']],
    ['Lua', [`EVAL "redis.call('SET', KEYS[1], 1) redis.call('SET', KEYS[2], 2)" 2 k:a k:b`]],
    ['the last of several attempts', ['SET k:a 1', 'SET k:b 1', 'MSET k:b 3 k:a 2']],
  ])('passes what %s writes', async (_, commands) => {
    expect(await judge({ action: 'write' }, commands)).toEqual({ passed: true });
  });

  it.each<[string, string[], string]>([
    [
      'several commands',
      ['SET k:a 1', 'SET k:b 2'],
      'written in several steps, no more than 1 of the keys in each',
    ],
    ['one key twice', ['MSET k:a 1 k:a 2'], 'written in several steps, no more than 1 of the keys in each'],
    ['other keys', ['MSET a 1 k:a 1'], 'in several steps'],
    ['what was mended later', ['MSET k:a 1 k:b 1', 'SET k:a 2', 'SET k:b 2'], 'not as they are in the end'],
    ['values that look like keys', ['MSET a k:a b k:b'], 'none of them was written'],
    ['what the server refuses', ['MSET k:a 1 k:b'], 'none of them was written'],
    ['another database', ['SELECT 1', 'MSET k:a 1 k:b 2'], 'none of them was written'],
    ['nothing', [], 'none of them was written'],
  ])('fails what is written by %s', async (_, commands, actual) => {
    expect(await judge({ action: 'write' }, commands)).toMatchObject({
      passed: false,
      actual: expect.stringContaining(actual),
    });
  });

  it.each<[string, string[]]>([
    ['MGET', ['MSET k:a 1 k:b 2', 'MGET k:b other k:a']],
    ['a transaction', ['SET k:a 1', 'SET k:b 2', 'MULTI', 'GET k:a', 'GETEX k:b', 'EXEC']],
    ['the transaction that wrote it', ['MULTI', 'MSET k:a 1 k:b 2', 'MGET k:a k:b', 'EXEC']],
    [
      'Lua',
      [
        'MSET k:a 1 k:b 2',
        `EVAL "return redis.call('GET', KEYS[1]) .. redis.call('GETRANGE', KEYS[2], 0, -1)" 2 k:a k:b`,
      ],
    ],
    ['SORT', ['MSET k:a 1 k:b 2', 'RPUSH l a b', 'SORT l BY nosort GET k:*', 'DEL l']],
    [
      'a client that watches',
      ['MSET k:a 1 k:b 2', 'WATCH k:a k:b', 'GET k:a', 'GET k:b', 'MULTI', 'SET sum 3', 'EXEC'],
    ],
  ])('passes what %s reads', async (_, commands) => {
    expect(await judge({ action: 'read' }, commands)).toEqual({ passed: true });
  });

  it('takes what the set-up left for written', async () => {
    expect(await judge({ action: 'read' }, ['MGET k:a k:b'], ['MSET k:a 1 k:b 2'])).toEqual({ passed: true });
  });

  it.each<[string, string[], string]>([
    ['too early', ['MGET k:a k:b', 'MSET k:a 1 k:b 2'], 'before they were there'],
    [
      'too early in a transaction',
      ['MULTI', 'MGET k:a k:b', 'MSET k:a 1 k:b 2', 'EXEC'],
      'before they were there',
    ],
    [
      'before they are what they stay',
      ['MSET k:a 1 k:b 2', 'MGET k:a k:b', 'MSET k:a 3 k:b 4'],
      'before they were there as they are in the end',
    ],
    [
      'one by one, and watched too late',
      ['MSET k:a 1 k:b 2', 'WATCH k:a', 'GET k:a', 'GET k:b', 'WATCH k:b', 'MULTI', 'SET s 3', 'EXEC'],
      'read in several steps',
    ],
    [
      'one by one, and watched no more',
      ['MSET k:a 1 k:b 2', 'WATCH k:a k:b', 'GET k:a', 'GET k:b', 'UNWATCH', 'SET s 3'],
      'read in several steps',
    ],
    [
      'one by one, where somebody else came between',
      ['MSET k:a 1 k:b 2', 'WATCH k:a k:b', 'GET k:a', '2> SET k:c 1', '2> APPEND k:b 2', 'MULTI', 'EXEC'],
      'read in several steps',
    ],
    ['one by one', ['MSET k:a 1 k:b 2', 'GET k:a', 'GET k:b'], 'read in several steps'],
    ['only for whether they are there', ['MSET k:a 1 k:b 2', 'EXISTS k:a k:b'], 'none of them was read'],
    ['with an error', ['RPUSH k:a 1', 'RPUSH k:b 1', 'SORT k:a BY x GET'], 'none of them was read'],
    ['never', ['MSET k:a 1 k:b 2'], 'none of them was read'],
  ])('fails what is read %s', async (_, commands, actual) => {
    expect(await judge({ action: 'read' }, commands)).toMatchObject({
      passed: false,
      actual: expect.stringContaining(actual),
    });
  });

  it.each<[string, string[], boolean]>([
    ['MGET', ['MGET k:a k:b', 'SET sum 3'], true],
    ['MGET, and each again behind it', ['MGET k:a k:b', 'SET sum 3', 'GET k:a'], true],
    ['MGET, and each again before it', ['MGET k:a k:b', 'GET k:a', 'GET k:b', 'SET sum 3'], false],
    ['MGET behind it', ['GET k:a', 'GET k:b', 'SET sum 3', 'MGET k:a k:b'], false],
    [
      'Lua that writes it',
      [`EVAL "redis.call('SET', 's' .. 'um', #redis.call('MGET', 'k:a', 'k:b'))" 0`],
      true,
    ],
    ['MGET, and it is written again as it was', ['MGET k:a k:b', 'SET sum 3', 'GET k:a', 'SET sum 3'], true],
  ])('looks at what was read before a key was written: %s', async (_, commands, passed) => {
    const found = await judge({ action: 'read', before: 'sum' }, commands, ['MSET k:a 1 k:b 2']);
    expect(found).toMatchObject({ passed });
  });

  it('passes for the keys that are meant only', async () => {
    const commands = ['GET k:a', 'GET k:b', 'MGET k:c k:d'];
    const check = { action: 'read', keys: ['k:a', 'k:b'] };
    expect(await judge(check, commands, ['MSET k:a 1 k:b 2 k:c 3 k:d 4'])).toMatchObject({ passed: false });
    expect(await judge(check, [...commands, 'MGET k:b k:a'], ['MSET k:a 1 k:b 2'])).toEqual({ passed: true });
  });
});
