import { describe, expect, it } from 'vitest';
import { boundCheck, judgeBound, judgeReplayed } from '../../../testing/judge-replayed.ts';
import { useServer } from '../../../testing/server.ts';

const server = useServer();

type Right = [title: string, commands: string[]];
type Wrong = [title: string, commands: string[], actual: string];

async function judge(parameters: object, setup: string[], commands: string[]) {
  return judgeReplayed(server, { kind: 'atomic', ...parameters }, setup, commands);
}

/** A call of Lua with these keys. */
const lua = (body: string, ...args: string[]) => `EVAL "${body}" ${args.join(' ')}`;

describe('atomic claims', () => {
  const judgeClaim = (commands: string[]) => judge({ key: 'k', rival: ['SET k other EX 60'] }, [], commands);

  it.each<Right>([
    ['SET with NX', ['SET k v EX 600 NX']],
    ['SETNX, whose TTL is for another check', ['SETNX k v']],
    ['MSETNX', ['MSETNX other 1 k v']],
    ['a helper key that takes its place', ['SET draft v EX 600', 'RENAMENX draft k', 'DEL draft']],
    ['a copy that takes its place', ['SET draft v EX 600', 'COPY draft k', 'DEL draft']],
    [
      'Lua that gives the TTL',
      [lua("if redis.call('SETNX', KEYS[1], 'v') == 1 then redis.call('EXPIRE', KEYS[1], 600) end", '1 k')],
    ],
    ['a transaction', ['MULTI', 'SETNX k v', 'EXPIRE k 600 NX', 'EXEC']],
    ['a transaction under WATCH', ['WATCH k', 'EXISTS k', 'MULTI', 'SETEX k 600 v', 'EXEC']],
    ['one that read before', ['GET k', 'SET k v EX 600 NX']],
    ['a TTL that it renews later', ['SET k v NX EX 600', 'EXPIRE k 600']],
    ['a second attempt', ['SET k v NX EX 600', 'SET k v NX EX 600']],
  ])('pass for %s', async (_, commands) => {
    expect(await judgeClaim(commands)).toEqual({ passed: true });
  });

  it.each<Wrong>([
    ['a SET', ['SET k v EX 600'], 'written without asking first'],
    ['a copy that replaces', ['SET draft v', 'COPY draft k REPLACE'], 'written without asking first'],
    ['two commands', ['EXISTS k', 'SET k v EX 600'], 'asked for first and written later'],
    ['a lock', ['SET lock 1 NX', 'TTL k', 'SETEX k 600 v', 'DEL lock'], 'asked for first and written later'],
    ['a transaction', ['GET k', 'MULTI', 'SETEX k 600 v', 'EXEC'], 'that does not watch the key'],
    ['a later SET', ['SET k v EX 600 NX', 'SET k v EX 700'], 'written without asking first'],
    ['a TTL of its own', ['SETNX k v', 'EXPIRE k 600'], 'which came in a second step'],
    ['a TTL of its own behind SET', ['SET k v NX', 'GETEX k EX 600'], 'which came in a second step'],
    ['another TTL', ['SET k v NX EX 60', 'EXPIRE k 600'], 'with a TTL of about 60 s, and given another one'],
    ['the same again', ['SET k v NX EX 600', 'SET k v KEEPTTL'], 'written without asking first'],
    ['SET with XX of what is not there', ['SET k v XX'], 'no command wrote k'],
    ['another database', ['SELECT 1', 'SET k v NX'], 'no command wrote k'],
  ])('fail for %s', async (_, commands, actual) => {
    expect(await judgeClaim(commands)).toMatchObject({
      passed: false,
      actual: expect.stringContaining(actual),
    });
  });
});

describe('atomic comparisons', () => {
  const judgeComparison = (commands: string[]) =>
    judge({ key: 'k', rival: ['SET k 4 KEEPTTL'] }, ['SET k 7 EX 600'], commands);

  it.each<Right>([
    [
      'the set-up, and Lua',
      [
        'SET k 7 EX 600',
        lua("if redis.call('GET', KEYS[1]) == '7' then redis.call('SET', KEYS[1], 5, 'KEEPTTL') end", '1 k'),
      ],
    ],
    [
      'Lua that takes it back',
      [lua("if redis.call('DECRBY', KEYS[1], 2) ~= 5 then redis.call('INCRBY', KEYS[1], 2) end", '1 k')],
    ],
    ['a transaction under WATCH', ['WATCH k', 'GET k', 'MULTI', 'SET k 5', 'EXPIRE k 600', 'EXEC']],
  ])('pass for %s', async (_, commands) => {
    expect(await judgeComparison(commands)).toEqual({ passed: true });
  });

  it.each<Wrong>([
    ['two commands', ['GET k', 'DECRBY k 2'], 'asked for first and written later'],
    ['a number that is written down', ['SET k 5 KEEPTTL'], 'written without asking first'],
    ['nothing', ['GET k'], 'no command wrote k'],
    ['the set-up alone', ['SET k 7 EX 600'], 'no command wrote k'],
  ])('fail for %s', async (_, commands, actual) => {
    expect(await judgeComparison(commands)).toMatchObject({
      passed: false,
      actual: expect.stringContaining(actual),
    });
  });
});

describe('atomic moves', () => {
  const judgeMove = (commands: string[]) =>
    judge({ from: 'a', to: 'b', into: 'LEFT' }, ['RPUSH a w x y', 'RPUSH b z'], commands);

  it.each<Right>([
    ['one that would wait', ['BLMOVE a b RIGHT LEFT 1']],
    ['other ends, or the other way: for the lists to tell', ['LMOVE b a LEFT LEFT']],
    ['the other end of the other list', ['LMOVE a b RIGHT RIGHT']],
    ['one in a transaction', ['MULTI', 'RPOPLPUSH a b', 'EXEC']],
    ['Lua', [lua("redis.call('LPUSH', KEYS[2], redis.call('RPOP', KEYS[1]) or '')", '2 a b')]],
  ])('pass for %s', async (_, commands) => {
    expect(await judgeMove(commands)).toEqual({ passed: true });
  });

  it.each<Wrong>([
    ['two commands', ['RPOP a', 'LPUSH b y'], 'taken out by one command and put in by another'],
    [
      'a transaction that removes by name',
      ['LINDEX a -1', 'MULTI', 'LREM a -1 y', 'LPUSH b y', 'EXEC'],
      'that does not watch the key',
    ],
    [
      'a transaction that pops',
      ['LINDEX a -1', 'MULTI', 'RPOP a', 'LPUSH b y', 'EXEC'],
      'that does not watch the key',
    ],
    [
      'a transaction that never looked',
      ['MULTI', 'RPOP a', 'LPUSH b y', 'EXEC'],
      'moved without looking which one it is',
    ],
    ['a copy', ['LINDEX a -1', 'LPUSH b y'], 'put into b, and never taken out of a'],
    ['a turn afterwards', ['LMOVE a b RIGHT RIGHT', 'RPOPLPUSH b b'], 'put in its place by another command'],
    ['a turn in one list', ['RPOPLPUSH a a'], 'no command moved anything'],
    ['another database', ['SELECT 1', 'RPUSH a q', 'RPOPLPUSH a b'], 'no command moved anything'],
    ['nothing', [], 'no command moved anything'],
  ])('fail for %s', async (_, commands, actual) => {
    expect(await judgeMove(commands)).toMatchObject({
      passed: false,
      actual: expect.stringContaining(actual),
    });
  });
});

describe('what is not known', () => {
  it('is what became of a key that comes out otherwise when it is run once more', async () => {
    const finding = await judge(
      { keys: ['n'] },
      [],
      [lua("redis.call('INCRBY', KEYS[1], tonumber(redis.call('TIME')[2]) + 1)", '1 n')],
    );
    expect(finding).toMatchObject({ passed: false, actual: expect.stringContaining('came out another way') });
  });

  it('is what nobody tried', () => {
    return expect(
      judgeBound(
        server,
        { ...boundCheck({ kind: 'atomic', keys: ['n'] }), rivals: () => [] },
        [],
        ['INCR n'],
      ),
    ).rejects.toThrow('grade the submission again');
  });
});
