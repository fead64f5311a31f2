import { describe, expect, it } from 'vitest';
import { list, zset } from '../../../testing/evidence.ts';
import { judgeCheck } from '../../../testing/judge-check.ts';
import { sortedSetScores } from './sorted-set-scores.ts';

const PASSED = { passed: true };
const JUMPS = { after: { k: zset({ first: 1000, '1000-2': '1000.0', third: 1010 }) } };

const judge = (
  params: { scores?: number[]; orMore?: boolean; without?: number[] },
  options: object = JUMPS,
) => judgeCheck(sortedSetScores, { key: 'k', ...params }, options);

describe('sorted-set-scores', () => {
  it('passes for members with these scores, whatever they are called', () => {
    expect(judge({ scores: [1010, 1000, 1000] })).toEqual(PASSED);
    expect(judge({ scores: [1010], orMore: true, without: [1059] })).toEqual(PASSED);
    expect(judge({ without: [999] })).toEqual(PASSED);
  });

  it.each([
    [{ scores: [1000, 1010] }],
    [{ scores: [1000, 1010, 1010], orMore: true }],
    [{ scores: [1000, 1000, 1010, 1020] }],
    [{ without: [1010] }],
  ])('fails for others: %j', (params) => {
    expect(judge(params)).toMatchObject({ passed: false });
  });

  it('tells the members that are there', () => {
    const commands = ['ZADD k 1000 first'];
    expect(judge({ scores: [1000, 1010], without: [1059, 1060] }, { ...JUMPS, commands })).toMatchObject({
      passed: false,
      expected: 'the scores 1000 and 1010, no member with 1059 or 1060',
      actual: '"first" with 1000, "1000-2" with 1000 and "third" with 1010',
      commands: [{ line: null, command: 'ZADD k 1000 first', effect: null }],
    });
  });

  it('counts the members that a cut snapshot does not list', () => {
    const after = { k: zset({ a: 1 }, { size: 20_000 }) };
    expect(judge({ scores: [1] }, { after })).toMatchObject({ actual: '"a" with 1 and 19999 more' });
  });

  it('fails for another type, and for no key at all', () => {
    expect(judge({ without: [1] }, { after: { k: list(['1']) } })).toMatchObject({ actual: 'a list' });
    expect(judge({ without: [1] }, {})).toMatchObject({ actual: 'no such key' });
  });
});
