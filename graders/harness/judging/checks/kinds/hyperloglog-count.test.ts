import { describe, expect, it } from 'vitest';
import { hyperloglog, type Keys, set, zset } from '../../../testing/evidence.ts';
import { judgeCheck } from '../../../testing/judge-check.ts';
import { hyperLogLogCount } from './hyperloglog-count.ts';
import { keyType } from './key-type.ts';
import { stringValue } from './string-value.ts';

const parameters = { key: 'ships', count: 3 };

describe('hyperloglog-count', () => {
  it('passes for the count, whatever the bytes are', () => {
    for (const noted of [0, 3])
      expect(judgeCheck(hyperLogLogCount, parameters, { after: { ships: hyperloglog(3, noted) } })).toEqual({
        passed: true,
      });
  });

  it.each<[string, Keys, string]>([
    ['another count', { ships: hyperloglog(4) }, 'a HyperLogLog that counts 4 elements'],
    ['one element', { ships: hyperloglog(1) }, 'a HyperLogLog that counts 1 element'],
    ['a plain string', { ships: '3' }, 'a plain string, no HyperLogLog: "3"'],
    ['a set', { ships: set(['a', 'b', 'c']) }, 'a set of 3 members, no HyperLogLog'],
    ['another type', { ships: zset({ a: 1 }) }, 'a sorted set'],
    ['no key', {}, 'no such key'],
    ['a key by another name', { Ships: hyperloglog(3) }, 'no such key; yours is called Ships'],
  ])('fails for %s', (_, after, actual) => {
    expect(judgeCheck(hyperLogLogCount, parameters, { after })).toMatchObject({
      passed: false,
      expected: 'a HyperLogLog that counts 3 elements',
      actual,
    });
  });

  it('may be off by so much', () => {
    const about = { ...parameters, count: 1000, tolerance: 20 };
    const judge = (count: number) =>
      judgeCheck(hyperLogLogCount, about, { after: { ships: hyperloglog(count) } });
    expect([980, 1020].map((count) => judge(count).passed)).toEqual([true, true]);
    expect(judge(1021)).toMatchObject({ expected: 'a HyperLogLog that counts about 1000 elements' });
    expect(judge(979).passed).toBe(false);
  });

  it('tells what was counted by which command', () => {
    const commands = ['PFADD ships a b', 'PFADD ships b', 'PFMERGE ships others'];
    expect(
      judgeCheck(hyperLogLogCount, parameters, { after: { ships: hyperloglog(2) }, commands }),
    ).toMatchObject({
      commands: [
        { command: 'PFADD ships a b', effect: null },
        { command: 'PFADD ships b', effect: null },
        { command: 'PFMERGE ships others', effect: null },
      ],
    });
  });
});

describe('a HyperLogLog in the place of something else', () => {
  const options = { after: { ships: hyperloglog(3) } };

  it('is called by its name, not shown as bytes', () => {
    expect(judgeCheck(keyType, { key: 'ships', type: 'set' }, options)).toMatchObject({
      expected: 'a set',
      actual: 'a HyperLogLog',
    });
    expect(judgeCheck(stringValue, { key: 'ships', value: 3 }, options)).toMatchObject({
      actual: 'a HyperLogLog',
    });
  });
});
