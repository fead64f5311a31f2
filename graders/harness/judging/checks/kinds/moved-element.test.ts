import { describe, expect, it } from 'vitest';
import { judgeInVariant, judgeReplayed } from '../../../testing/judge-replayed.ts';
import { useServer } from '../../../testing/server.ts';

const server = useServer();

const PASSED = { passed: true };

const judge = (side: 'from' | 'to', commands: string[], ends: { out?: string; into?: string } = {}) =>
  judgeReplayed(
    server,
    { kind: 'moved-element', from: 'from', to: 'to', out: 'RIGHT', into: 'LEFT', judge: side, ...ends },
    ['RPUSH from b c', 'RPUSH to x'],
    commands,
  );

const SETUPS = {
  main: ['RPUSH from b c', 'RPUSH to x'],
  own: ['RPUSH from k l m', 'RPUSH to y'],
};

/** In a variant that begins with other elements. */
const judgeVariant = (side: 'from' | 'to', commands: string[], leftovers: string[] = []) =>
  judgeInVariant(
    server,
    { kind: 'moved-element', from: 'from', to: 'to', out: 'RIGHT', into: 'LEFT', judge: side, leftovers },
    SETUPS,
    commands,
  );

describe('moved-element', () => {
  it('judges each of the two lists by itself', async () => {
    const moved = ['LMOVE from to RIGHT LEFT'];
    expect(await judge('from', moved)).toEqual(PASSED);
    expect(await judge('to', moved)).toEqual(PASSED);
    const other = ['LMOVE from to RIGHT RIGHT'];
    expect(await judge('from', other)).toEqual(PASSED);
    expect(await judge('to', other)).toMatchObject({
      passed: false,
      expected: '1) "c"\n2) "x"',
      actual: '1) "x"\n2) "c"',
      commands: [{ command: 'LMOVE from to RIGHT RIGHT', effect: '+ c at the end' }],
    });
  });

  it('knows the other ends', async () => {
    for (const side of ['from', 'to'] as const)
      expect(await judge(side, ['LMOVE from to LEFT RIGHT'], { out: 'LEFT', into: 'RIGHT' })).toEqual(PASSED);
  });

  it('says what is there where that is no list', async () => {
    const commands = ['DEL from to', 'SET to c'];
    expect(await judge('to', commands)).toMatchObject({ expected: 'a list', actual: 'a string' });
    expect(await judge('from', commands)).toMatchObject({ expected: '1) "b"', actual: 'no such key' });
  });

  it('takes a list that has become empty for one', async () => {
    const check = { kind: 'moved-element', from: 'a', to: 'to', out: 'RIGHT', into: 'LEFT', judge: 'from' };
    expect(await judgeReplayed(server, check, ['RPUSH a 1'], ['RPOPLPUSH a to'])).toEqual(PASSED);
  });

  it.each<[string, string[]]>([
    [
      'in place of what was there',
      ['DEL from to', 'RPUSH from b c', 'RPUSH to x', 'LMOVE from to RIGHT LEFT'],
    ],
    ['on top of what was there', ['RPUSH from b c', 'LPUSH to x', 'RPOPLPUSH from to']],
    [
      'with elements that are taken again',
      [
        'RPUSH from a b c',
        'LPUSH to x z',
        'LPOP from 1',
        'LPOP to',
        `EVAL "redis.call('RPOP', 'from') redis.call('LPUSH', 'to', 'c')" 2 from to`,
      ],
    ],
    [
      'in a transaction',
      ['MULTI', 'DEL from to', 'RPUSH from b c', 'RPUSH to x', 'EXEC', 'RPOPLPUSH from to'],
    ],
  ])('lets a script run the set-up again: %s', async (_, commands) => {
    for (const side of ['from', 'to'] as const)
      expect(await judgeVariant(side, commands, ['a'])).toEqual(PASSED);
  });

  it.each<[string, string[]]>([
    ['the outcome written down', ['DEL from to', 'RPUSH from b', 'RPUSH to c x']],
    [
      'an element that no set-up has',
      ['RPUSH from b c', 'RPUSH to x', 'RPUSH from alien', 'RPOPLPUSH from to'],
    ],
    ['nothing at all', []],
  ])('fails for %s', async (_, commands) => {
    expect(await judgeVariant('to', commands)).toMatchObject({
      passed: false,
      expected: expect.stringContaining('1)'),
    });
  });
});
