import { describe, expect, it } from 'vitest';
import { type Command, makeView, zset } from '../../testing/evidence.ts';
import { atomicScoreChange } from './atomic-score-change.ts';

const PASSED = { passed: true };

function judge(commands: Command[]) {
  const before = { k: zset({ wedge: 87.3, biggs: 94.2, luke: 99.9 }) };
  const view = makeView({ before, after: before, commands });
  return atomicScoreChange.judge({ key: 'k', members: ['wedge', 'biggs'] }, view);
}

const lua = (run: string): Command => ({ run, lua: true });

describe('atomic-score-change', () => {
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
    expect(judge(commands)).toEqual(PASSED);
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
    expect(judge(commands)).toMatchObject({ passed: false, actual });
  });

  it('shows the read and the write', () => {
    expect(judge(['ZSCORE k wedge', 'ZADD k 91.5 wedge'])).toMatchObject({
      expected: "each score read and raised in one step, so that nobody else's change can be lost",
      commands: [
        { line: null, command: 'ZSCORE k wedge', effect: 'read the number' },
        { line: null, command: 'ZADD k 91.5 wedge', effect: 'wrote back what was worked out from it' },
      ],
    });
  });
});
