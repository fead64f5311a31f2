// biome-ignore-all lint/style/noExcessiveLinesPerFile: a case for each way, of which most are one line.
import { describe, expect, it } from 'vitest';
import { judgeReplayed } from '../../../testing/judge-replayed.ts';
import { useServer } from '../../../testing/server.ts';

const server = useServer();

type Right = [title: string, commands: string[]];
type Wrong = [title: string, commands: string[], actual: string];

async function judge(parameters: object, setup: string[], commands: string[]) {
  return judgeReplayed(server, { kind: 'atomic', ...parameters }, setup, commands);
}

/** A call of Lua with these keys. */
const lua = (body: string, ...args: string[]) => `EVAL "${body}" ${args.join(' ')}`;

describe('atomic counters', () => {
  const judgeCounters = (commands: string[]) => judge({ keys: ['shots', 'hits'] }, ['SET shots 7'], commands);

  it.each<Right>([
    ['INCR', ['GET shots', 'INCR shots']],
    ['its kin', ['INCRBY shots 1', 'INCRBYFLOAT hits 1', 'DECRBY hits -1']],
    ['a counter that is put to 0 first', ['SET hits 0', 'INCR hits']],
    ['a counter that is removed first', ['SET hits 9', 'DEL hits', 'INCR hits'].slice(1)],
    ['the set-up run again', ['SET shots 7', 'INCR shots']],
    ['a database that is emptied first', ['FLUSHDB', 'INCR hits']],
    ['the set-up run again, from nothing', ['FLUSHALL', 'SET shots 7', 'INCR shots']],
    [
      'Lua that reads and writes',
      [lua("redis.call('SET', KEYS[1], redis.call('GET', KEYS[1]) + 1)", '1 shots')],
    ],
    ['a transaction under WATCH', ['WATCH shots', 'GET shots', 'MULTI', 'SET shots 8', 'EXEC']],
    [
      'a transaction of one client under the WATCH of both',
      ['WATCH shots', '2> GET shots', 'MULTI', 'SET shots 8', 'EXEC'],
    ],
    ['another string, written blindly', ['INCR hits', 'SET other 9']],
    ['an APPEND, which nobody expects', ['SET hits 0', 'APPEND hits 1']],
    ['a SETNX that comes too late', ['INCR hits', 'SETNX hits 0']],
  ])('pass for %s', async (_, commands) => {
    expect(await judgeCounters(commands)).toEqual({ passed: true });
  });

  it.each<Wrong>([
    ['a read and a write', ['GET shots', 'SET shots 8'], 'shots: read first and written back later'],
    [
      'a transaction that is given up',
      ['WATCH shots', 'GET shots', 'MULTI', 'DISCARD', 'SET shots 8'],
      'shots: read first and written back later',
    ],
    [
      'a WATCH that RESET releases',
      ['WATCH shots', 'RESET', 'GET shots', 'MULTI', 'SET shots 8', 'EXEC'],
      'in a transaction that does not watch the key',
    ],
    [
      'several read at once',
      ['MGET shots hits', 'MSET shots 8 hits 1'],
      'hits: read first and written back later',
    ],
    ['a number that is written down', ['INCR shots', 'SET hits 1'], 'hits: written without looking'],
    [
      'a draft renamed into place',
      ['COPY shots t', 'INCR t', 'RENAME t shots'],
      'read first and written back later',
    ],
    [
      'one of many',
      ['INCR shots', 'INCR shots', 'INCR shots', 'GET shots', 'SET shots 11', 'INCR shots'],
      'read first',
    ],
    ['a number that is written as it is', ['INCR shots', 'SET shots 8'], 'shots: read first and written'],
    ['no change at all', ['GET shots', 'INCR other'], 'no command changed any of the counters'],
    ['another database', ['SELECT 1', 'INCR shots'], 'no command changed any of the counters'],
  ])('fail for %s', async (_, commands, actual) => {
    expect(await judgeCounters(commands)).toMatchObject({
      passed: false,
      actual: expect.stringContaining(actual),
    });
  });

  it('tell what was tried', async () => {
    expect(await judgeCounters(['GET shots', 'SET shots 8'])).toEqual({
      passed: false,
      expected: "each counter read and changed in one step, so that nobody else's change can be lost",
      actual:
        'shots: read first and written back later. Tried with `INCRBYFLOAT shots -1` from somebody else in between: it was lost.',
      commands: [
        { line: null, command: 'GET shots', effect: null, index: 0 },
        { line: null, command: 'SET shots 8', effect: null, index: 1 },
      ],
    });
  });
});

describe('atomic fields', () => {
  const HAN = 'session:han_solo';
  const judgeFields = (commands: string[]) =>
    judge({ keys: [HAN], field: 'drinks' }, [`HSET ${HAN} drinks 2 credits 100`], commands);

  it.each<Right>([
    ['HINCRBY', [`HINCRBY ${HAN} drinks 1`]],
    ['HINCRBYFLOAT behind a read', [`HGET ${HAN} drinks`, `HINCRBYFLOAT ${HAN} drinks 1`]],
    [
      'a transaction under WATCH',
      [`WATCH ${HAN}`, `HGET ${HAN} drinks`, 'MULTI', `HSET ${HAN} drinks 3`, 'EXEC'],
    ],
    [
      'a transaction under WATCH, of a client of RESP3',
      ['HELLO 3', `WATCH ${HAN}`, `HGETALL ${HAN}`, 'MULTI', `HSET ${HAN} drinks 3`, 'EXEC'],
    ],
    [
      'a second attempt',
      [
        `WATCH ${HAN}`,
        `HGET ${HAN} drinks`,
        `2> HINCRBY ${HAN} drinks 1`,
        'MULTI',
        `HSET ${HAN} drinks 3`,
        'EXEC',
        `WATCH ${HAN}`,
        `HGET ${HAN} drinks`,
        'MULTI',
        `HSET ${HAN} drinks 4`,
        'EXEC',
      ],
    ],
    ['the set-up run again', [`HSET ${HAN} drinks 2 credits 100`, `HINCRBY ${HAN} drinks 1`]],
    ['the set-up run again, from nothing', [`DEL ${HAN}`, `HSET ${HAN} drinks 2`, `HINCRBY ${HAN} drinks 1`]],
    [
      'another field written afterwards',
      [`HINCRBY ${HAN} drinks 1`, `HSET ${HAN} credits 90`, `HSETNX ${HAN} drinks 3`],
    ],
    ['another field written', [`HGET ${HAN} credits`, `HSET ${HAN} credits 90`, `HINCRBY ${HAN} drinks 1`]],
  ])('pass for %s', async (_, commands) => {
    expect(await judgeFields(commands)).toEqual({ passed: true });
  });

  it.each<Wrong>([
    [
      'a transaction that watches another key',
      ['WATCH other', `HGET ${HAN} drinks`, 'MULTI', `HSET ${HAN} drinks 3`, 'EXEC'],
      'in a transaction that does not watch the key',
    ],
    [
      'a WATCH behind the read',
      [`HGET ${HAN} drinks`, `WATCH ${HAN}`, 'MULTI', `HSET ${HAN} drinks 3`, 'EXEC'],
      'in a transaction that began to watch the key only after that',
    ],
    [
      'a WATCH behind the read that counts, and a read inside of the transaction',
      [`HGET ${HAN} drinks`, `WATCH ${HAN}`, 'MULTI', `HGET ${HAN} drinks`, `HSET ${HAN} drinks 3`, 'EXEC'],
      'only after that',
    ],
    [
      'a WATCH that was given up',
      [`WATCH ${HAN}`, `HGET ${HAN} drinks`, 'UNWATCH', 'MULTI', `HSET ${HAN} drinks 3`, 'EXEC'],
      'that does not watch the key',
    ],
    [
      'a WATCH of another connection',
      [`2> WATCH ${HAN}`, `HGET ${HAN} drinks`, 'MULTI', `HSET ${HAN} drinks 3`, 'EXEC'],
      'of another connection than its WATCH',
    ],
    [
      'Lua that only writes',
      [`HGET ${HAN} drinks`, lua("redis.call('HSET', KEYS[1], 'drinks', ARGV[1])", `1 ${HAN} 3`)],
      'written back by a Lua script that takes no notice of what is there by then',
    ],
    [
      'Lua that writes what an earlier one read',
      [
        lua("return redis.call('HGET', KEYS[1], 'drinks')", `1 ${HAN}`),
        lua("redis.call('HSET', KEYS[1], 'drinks', ARGV[1])", `1 ${HAN} 3`),
      ],
      'by a Lua script that takes no notice of what is there by then',
    ],
    [
      'what the server has answered, written back',
      [`HINCRBY ${HAN} drinks 1`, `HSET ${HAN} credits 90 drinks 3`],
      'read first and written back later',
    ],
    [
      'bytes that are no text',
      [`HGET ${HAN} drinks`, `HSET ${HAN} drinks "\\xff"`],
      `no command changed drinks`,
    ],
    ['another database', ['SELECT 1', `HINCRBY ${HAN} drinks 1`], `no command changed drinks of ${HAN}`],
    ['the set-up alone', [`HSET ${HAN} drinks 2`], `no command changed drinks of ${HAN}`],
  ])('fail for %s', async (_, commands, actual) => {
    expect(await judgeFields(commands)).toMatchObject({
      passed: false,
      actual: expect.stringContaining(actual),
    });
  });
});

describe('atomic scores', () => {
  const judgeScores = (commands: string[]) =>
    judge({ keys: ['k'], members: ['wedge', 'biggs'] }, ['ZADD k 87.3 wedge 94.2 biggs 99.9 luke'], commands);

  it.each<Right>([
    ['ZINCRBY', ['ZINCRBY k 4.2 wedge', 'ZINCRBY k -10 biggs']],
    ['ZADD with INCR', ['ZSCORE k wedge', 'ZADD k XX INCR 4.2 wedge']],
    ['a union in place', ['ZADD bonus 4.2 wedge', 'ZUNIONSTORE k 2 bonus k WEIGHTS 1 1']],
    ['the set-up run again', ['ZADD k 87.30 wedge 94.2 biggs', 'ZINCRBY k 4.2 wedge']],
    ['another member, written blindly', ['ZINCRBY k 1 wedge', 'ZADD k 1 luke']],
  ])('pass for %s', async (_, commands) => {
    expect(await judgeScores(commands)).toEqual({ passed: true });
  });

  it.each<Wrong>([
    [
      'a read and a write',
      ['ZSCORE k wedge', 'ZADD k 91.5 wedge'],
      'wedge: read first and written back later',
    ],
    ['the new score, written back', ['ZINCRBY k 4.2 wedge', 'ZADD k 91.5 wedge'], 'wedge: read first'],
    ['the greater of both', ['ZSCORE k wedge', 'ZADD k GT 91.5 wedge'], 'wedge: read first'],
    [
      "a union that takes the greater of both, one of them the client's",
      ['ZSCORE k wedge', 'ZADD t 91.5 wedge', 'ZUNIONSTORE k 2 k t AGGREGATE MAX'],
      'wedge: read first',
    ],
    [
      'no change at all',
      ['ZINCRBY k 1 luke', 'ZADD k 87.3 wedge'],
      'no command changed the score of wedge or biggs',
    ],
  ])('fail for %s', async (_, commands, actual) => {
    expect(await judgeScores(commands)).toMatchObject({
      passed: false,
      actual: expect.stringContaining(actual),
    });
  });

  it('may begin with 0 where there is none yet', async () => {
    const judgeOne = (...commands: string[]) => judge({ keys: ['k'], members: ['wedge'] }, [], commands);
    expect(await judgeOne('ZADD k 0 wedge', 'ZINCRBY k 4 wedge')).toEqual({ passed: true });
    expect(await judgeOne('ZINCRBY k 4 wedge', 'ZADD k 0 wedge', 'ZINCRBY k 4 wedge')).toMatchObject({
      passed: false,
    });
  });

  it('name the sorted set where there are several', async () => {
    expect(
      await judge({ keys: ['a', 'b'], members: ['wedge'] }, [], ['ZINCRBY a 1 wedge', 'ZADD b 2 wedge']),
    ).toMatchObject({
      actual: expect.stringContaining('wedge in b: written without looking at what was there'),
    });
  });
});
