import { describe, expect, it } from 'vitest';
import { string, zset } from '../../../testing/evidence.ts';
import { judgeCheck } from '../../../testing/judge-check.ts';
import { judgeInVariant, judgeReplayed } from '../../../testing/judge-replayed.ts';
import { useServer } from '../../../testing/server.ts';
import { sortedSetFrom } from './sorted-set-from.ts';

const server = useServer();

const PASSED = { passed: true };
const before = { k: zset({ low: 1, mid: 50, high: 90.5 }) };

describe('sorted-set-from', () => {
  it('knows the best, whichever place they have in the snapshot', () => {
    const best = { key: 'k', from: ['k'], best: 2 };
    const after = { k: zset({ high: 90.5, mid: '50.000000000000001' }) };
    expect(judgeCheck(sortedSetFrom, best, { before, after })).toEqual(PASSED);
    const other = { k: zset({ high: 90, low: 1 }) };
    expect(
      judgeCheck(sortedSetFrom, best, { before, after: other, commands: ['ZREM k mid', 'ZADD k 90 high'] }),
    ).toEqual({
      passed: false,
      expected: '"high" with 90.5 and "mid" with 50',
      actual: 'missing: "mid" with 50\ntoo many: "low" with 1\n"high" with 90, not 90.5',
      commands: [
        { line: null, command: 'ZREM k mid', effect: null, index: 0 },
        { line: null, command: 'ZADD k 90 high', effect: null, index: 1 },
      ],
    });
  });

  it('ranks members with the same score as the server does', () => {
    const same = { k: zset({ a: 1, b: 1, c: 1 }) };
    const best = { key: 'k', from: ['k'], best: 1 };
    expect(judgeCheck(sortedSetFrom, best, { before: same, after: { k: zset({ c: 1 }) } })).toEqual(PASSED);
    expect(judgeCheck(sortedSetFrom, best, { before: same, after: { k: zset({ a: 1 }) } }).passed).toBe(
      false,
    );
  });

  it('goes by the score, the bound itself included', () => {
    const parameters = { key: 'copy', from: ['k'], atLeast: 50 };
    expect(
      judgeCheck(sortedSetFrom, parameters, { before, after: { copy: zset({ mid: 50, high: 90.5 }) } }),
    ).toEqual(PASSED);
    expect(judgeCheck(sortedSetFrom, parameters, { before, after: { copy: string('x') } })).toMatchObject({
      expected: '"high" with 90.5, "mid" with 50',
      actual: 'a string',
    });
  });

  it('takes no key for an empty sorted set', () => {
    const parameters = { key: 'k', from: ['k'], atLeast: 91 };
    expect(judgeCheck(sortedSetFrom, parameters, { before })).toEqual(PASSED);
    expect(judgeCheck(sortedSetFrom, parameters, { before, after: before }).passed).toBe(false);
  });

  it.each([
    ['union', 'SUM', { a: 1, b: 5, c: 4 }],
    ['union', 'MAX', { a: 1, b: 3, c: 4 }],
    ['intersection', 'MIN', { b: 2 }],
  ] as const)('combines sorted sets as they are now: %s, %s', (combine, aggregate, scores) => {
    const now = { left: zset({ a: 1, b: 2 }), right: zset({ b: 3, c: 4 }) };
    const parameters = { key: 'k', from: ['left', 'right'], asNow: true, combine, aggregate };
    expect(judgeCheck(sortedSetFrom, parameters, { after: { ...now, k: zset(scores) } })).toEqual(PASSED);
    expect(judgeCheck(sortedSetFrom, parameters, { after: { ...now, k: zset({ b: 9 }) } }).passed).toBe(
      false,
    );
    expect(judgeCheck(sortedSetFrom, parameters, { after: { left: now.left } })).toMatchObject({
      expected: 'a sorted set "right" to work it out from',
      actual: 'no such key',
    });
  });

  it('begins with what a script has set up again, over what was there or in its place', async () => {
    const setUp = ['ZADD k 1 low', 'ZADD k CH 50.0 mid 90.5 high'];
    const keepBest = 'ZREMRANGEBYRANK k 0 -3';
    const judge = async (...commands: string[]) => {
      const setups = { main: ['ZADD k 1 low 50 mid 90.5 high'], own: ['ZADD k 3 high 70 other'] };
      const check = { kind: 'sorted-set-from', key: 'k', from: ['k'], best: 2 };
      return (await judgeInVariant(server, check, setups, commands)).passed;
    };
    expect(await judge(...setUp, keepBest)).toBe(true);
    expect(await judge('DEL k', ...setUp, keepBest)).toBe(true);
    expect(await judge(...setUp, 'ZREM k low other')).toBe(false);
    expect(await judge('DEL k', 'ZADD k 50 mid 90.5 high')).toBe(false);
  });

  it.each([
    ['the server', ['ZUNIONSTORE k 2 a b'], true],
    [
      'the server, one after the other',
      ['ZUNIONSTORE k 1 a', 'ZRANGE b 0 -1 WITHSCORES', 'ZUNIONSTORE k 2 k b'],
      true,
    ],
    ['the server in part', ['ZUNIONSTORE k 1 a', 'ZRANGE b 0 -1 WITHSCORES', 'ZINCRBY k 2 y'], false],
    [
      'the client, over what the server has stored',
      ['ZUNIONSTORE k 2 a b AGGREGATE MIN', 'ZADD k 1 x 2 y'],
      false,
    ],
  ])('tells whether it is worked out from all that is there by %s', async (_, commands, passed) => {
    const check = {
      kind: 'sorted-set-from',
      key: 'k',
      from: ['a', 'b'],
      rival: ['ZADD a 5 x', 'ZADD b 6 z'],
      exactly: true,
    };
    expect(await judgeReplayed(server, check, ['ZADD a 1 x', 'ZADD b 2 y'], commands)).toMatchObject({
      passed,
    });
  });
});

describe('who works a sorted set out', () => {
  const BOARD = ['ZADD board 1 a 2 b 3 c 4 d'];

  it.each([
    ['by the rank', ['ZREMRANGEBYRANK board 0 -3'], true],
    ['one after the other', ['ZPOPMIN board', 'ZPOPMIN board'], true],
    ['by the rank, and once more', ['ZREMRANGEBYRANK board 0 -3', 'ZREMRANGEBYRANK board 0 -3'], true],
    ['by their names', ['ZREM board a', 'ZREM board b'], false],
    [
      'by their names, where nobody is left for the rank',
      ['ZREM board a b', 'ZREMRANGEBYRANK board 0 -3'],
      false,
    ],
  ])('tells who was removed %s', async (_, commands, passed) => {
    const rival = ['ZADD board 0.4 a 0.3 b 0.2 c 0.1 d'];
    const check = { kind: 'sorted-set-from', key: 'board', from: ['board'], best: 2, rival };
    expect((await judgeReplayed(server, check, BOARD, commands)).passed).toBe(passed);
  });

  it.each([
    ['stored', ['ZINTERSTORE both 2 board other AGGREGATE MIN'], true],
    [
      'stored in one step with its sources',
      ['MULTI', 'ZADD board 1 a 2 b', 'ZADD other 8 a 9 b', 'ZINTERSTORE both 2 board other', 'EXEC'],
      true,
    ],
    ['stored, right or wrong', ['ZINTERSTORE both 2 board other'], true],
    ['written', ['ZADD both 1 a 2 b'], false],
    ['stored, and written over', ['ZINTERSTORE both 2 board other', 'ZADD both 1 a 2 b'], false],
    ['stored, and one written', ['ZREM other b', 'ZINTERSTORE both 2 board other', 'ZADD both 2 b'], false],
  ])('tells what was %s', async (_, commands, passed) => {
    const rival = ['ZADD board 0.1 a 0.2 b 5 new', 'ZADD other 0.3 a 5 new', 'ZADD other XX 0.4 b'];
    const check = { kind: 'sorted-set-from', key: 'both', from: ['board', 'other'], rival };
    expect((await judgeReplayed(server, check, [...BOARD, 'ZADD other 8 a 9 b'], commands)).passed).toBe(
      passed,
    );
  });
});
