import { describe, expect, it } from 'vitest';
import { type Command, makeView, zset } from '../../../testing/evidence.ts';
import { atomicUpdate } from './atomic-update.ts';

const PASSED = { passed: true };

const lua = (run: string): Command => ({ run, lua: true });

function judgeCounters(commands: Command[]) {
  const view = makeView({ before: { shots: '7' }, commands });
  return atomicUpdate.judge({ keys: ['shots', 'hits'] }, view);
}

describe('atomic-update of counters', () => {
  it.each<[string, Command[]]>([
    ['INCR', ['GET shots', 'incr shots']],
    ['INCRBY', ['INCRBY shots 1', 'INCRBYFLOAT hits 1', 'DECRBY hits -1']],
    ['a counter that is put to 0 first', ['SET hits 0', 'INCR hits']],
    ['the set-up run again', ['SET shots 7', 'INCR shots']],
    ['a Lua script that reads and writes', ['EVAL s 1 shots', lua('GET shots'), lua('SET shots 8')]],
    ['a transaction under WATCH', ['WATCH shots', 'GET shots', 'MULTI', 'SET shots 8', 'EXEC']],
    ['another string, written blindly', ['INCR hits', 'SET other 9']],
  ])('passes for %s', (_, commands) => {
    expect(judgeCounters(commands)).toEqual(PASSED);
  });

  it.each<[string, Command[], string]>([
    ['a read and a write', ['GET shots', 'SET shots 8'], 'shots: read first and written back later'],
    ...['RESET', 'QUIT', 'DISCARD'].map((end): [string, Command[], string] => [
      `a transaction that is given up by ${end}`,
      ['WATCH shots', 'GET shots', 'MULTI', end, 'SET shots 8'],
      'shots: read first and written back later',
    ]),
    [
      'a WATCH that RESET releases',
      ['WATCH shots', 'RESET', 'GET shots', 'MULTI', 'SET shots 8', 'EXEC'],
      'shots: read first and written back in a transaction that does not watch the key',
    ],
    [
      'several read at once',
      ['MGET shots hits', 'MSET shots 8 hits 1'],
      'shots: read first and written back later\nhits: read first and written back later',
    ],
    [
      'a number that is written down',
      ['INCR shots', 'SET hits 1'],
      'hits: written without looking at what was there',
    ],
    ['no change at all', ['GET shots', 'INCR other'], 'no command changed any of the counters'],
    ['another database', [{ run: 'INCR shots', db: 1 }], 'no command changed any of the counters'],
  ])('fails for %s', (_, commands, actual) => {
    expect(judgeCounters(commands)).toMatchObject({ passed: false, actual });
  });
});

function judgeScores(commands: Command[]) {
  const before = { k: zset({ wedge: 87.3, biggs: 94.2, luke: 99.9 }) };
  const view = makeView({ before, after: before, commands });
  return atomicUpdate.judge({ keys: ['k'], members: ['wedge', 'biggs'] }, view);
}

describe('atomic-update of scores', () => {
  it.each<[string, Command[]]>([
    ['ZINCRBY', ['ZINCRBY k 4.2 wedge', 'zincrby k -10 biggs']],
    ['ZADD with INCR', ['ZSCORE k wedge', 'ZADD k xx incr 4.2 wedge']],
    ['a union in place', ['ZADD bonus 4.2 wedge', 'ZUNIONSTORE k 2 bonus k WEIGHTS 1 1']],
    ['the set-up run again', ['ZADD k 87.30 wedge 94.2 biggs', 'ZINCRBY k 4.2 wedge']],
    ['a Lua script that reads and writes', ['EVAL s 1 k', lua('ZSCORE k wedge'), lua('ZADD k 91.5 wedge')]],
    [
      'a transaction under WATCH',
      ['WATCH k', 'ZMSCORE k wedge biggs', 'MULTI', 'ZADD k 1 wedge 2 biggs', 'EXEC'],
    ],
    ['another member, written blindly', ['ZINCRBY k 1 wedge', 'ZADD k 1 luke']],
  ])('passes for %s', (_, commands) => {
    expect(judgeScores(commands)).toEqual(PASSED);
  });

  it.each<[string, Command[], string]>([
    [
      'a read and a write',
      ['ZSCORE k wedge', 'ZADD k 91.5 wedge'],
      'wedge: read first and written back later',
    ],
    [
      'the whole board read',
      ['ZRANGE k 0 -1 WITHSCORES', 'ZADD k CH 91.5 wedge'],
      'wedge: read first and written back later',
    ],
    [
      'a sum that is written down',
      ['ZSCORE k luke', 'ZADD k 91.5 wedge'],
      'wedge: written without looking at what was there',
    ],
    [
      'a transaction that watches nothing',
      ['ZSCORE k biggs', 'MULTI', 'ZADD k 1 luke 100.7 biggs', 'EXEC'],
      'biggs: read first and written back in a transaction that does not watch the key',
    ],
    [
      'no change at all',
      ['ZINCRBY k 1 luke', 'ZADD k 87.3 wedge'],
      'no command changed the score of wedge or biggs',
    ],
    [
      'another database',
      [{ run: 'ZINCRBY k 4.2 wedge', db: 1 }],
      'no command changed the score of wedge or biggs',
    ],
    ['a union of others', ['ZUNIONSTORE k 1 bonus'], 'no command changed the score of wedge or biggs'],
  ])('fails for %s', (_, commands, actual) => {
    expect(judgeScores(commands)).toMatchObject({ passed: false, actual });
  });

  it('shows the read and the write', () => {
    expect(judgeScores(['ZSCORE k wedge', 'ZADD k 91.5 wedge'])).toMatchObject({
      expected: "each score read and raised in one step, so that nobody else's change can be lost",
      commands: [
        { line: null, command: 'ZSCORE k wedge', effect: 'read the number' },
        { line: null, command: 'ZADD k 91.5 wedge', effect: 'wrote back what was worked out from it' },
      ],
    });
  });

  it('names the sorted set where there are several', () => {
    const view = makeView({ commands: ['ZINCRBY a 1 wedge', 'ZADD b 2 wedge'] });
    expect(atomicUpdate.judge({ keys: ['a', 'b'], members: ['wedge'] }, view)).toMatchObject({
      passed: false,
      actual: 'wedge in b: written without looking at what was there',
    });
  });
});
