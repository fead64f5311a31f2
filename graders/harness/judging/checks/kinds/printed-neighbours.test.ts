import { describe, expect, it } from 'vitest';
import { zset } from '../../../testing/evidence.ts';
import { judgeCheck } from '../../../testing/judge-check.ts';
import { printedNeighbours } from './printed-neighbours.ts';

const PASSED = { passed: true };
const parameters = { key: 'k', memberIn: 'who' };
const board = zset({ worst: 1, low: 2, me: 3, high: 4, best: 5 });
const before = { k: board, who: 'me' };

describe('printed-neighbours', () => {
  it('passes for both neighbours, in any order and with the member itself', () => {
    for (const stdout of ['1) "high"\n2) "me"\n3) "low"', 'low, high\n']) {
      expect(judgeCheck(printedNeighbours, parameters, { before, after: before, stdout })).toEqual(PASSED);
    }
  });

  it('tells who was not printed, and who else was', () => {
    const finding = judgeCheck(printedNeighbours, parameters, { before, after: before, stdout: 'high best' });
    expect(finding).toEqual({
      passed: false,
      expected: 'output with "high" and "low", the neighbours of me, and nobody else',
      actual: 'not printed: "low"\nprinted as well: "best"\nthe output: high best',
    });
  });

  it('judges one of the two where that is asked for', () => {
    const options = { before, after: before, stdout: 'high low best' };
    expect(judgeCheck(printedNeighbours, { ...parameters, judge: 'neighbours' }, options)).toEqual(PASSED);
    expect(judgeCheck(printedNeighbours, { ...parameters, judge: 'others' }, options)).toMatchObject({
      actual: 'printed as well: "best"\nthe output: high low best',
    });
    const missing = { before, after: before, stdout: 'high' };
    expect(judgeCheck(printedNeighbours, { ...parameters, judge: 'others' }, missing)).toEqual(PASSED);
  });

  it('wants one neighbour at the top and at the bottom', () => {
    const top = { before: { k: board, who: 'best' }, stdout: 'high' };
    expect(judgeCheck(printedNeighbours, parameters, top)).toEqual(PASSED);
    const bottom = { before: { k: board, who: 'worst' }, stdout: 'best low' };
    expect(judgeCheck(printedNeighbours, parameters, bottom)).toMatchObject({
      expected: 'output with "low", the only neighbour of worst, and nobody else',
    });
  });

  it('takes the sorted set as it is after the script, too', () => {
    const after = { k: zset({ me: 9, next: 8, high: 7 }), who: 'me' };
    expect(judgeCheck(printedNeighbours, parameters, { before, after, stdout: 'next' })).toEqual(PASSED);
  });

  it('fails where there are no neighbours at all', () => {
    expect(
      judgeCheck(printedNeighbours, parameters, { before: { k: board }, stdout: 'high low' }),
    ).toMatchObject({
      passed: false,
      actual: 'there were none, neither before the script nor after it',
    });
  });
});
