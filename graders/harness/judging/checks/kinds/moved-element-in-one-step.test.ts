import { describe, expect, it } from 'vitest';
import { type Command, makeView } from '../../../testing/evidence.ts';
import { movedElement } from './moved-element.ts';

const OTHER = '127.0.0.1:50001';
const lua = (run: string): Command => ({ run, lua: true });

function judge(commands: Command[]) {
  return movedElement.judge({ from: 'a', to: 'b', judge: 'one-step' }, makeView({ commands }));
}

describe('moved-element in one step', () => {
  it.each<[string, Command[]]>([
    ['RPOPLPUSH', ['RPOPLPUSH a b']],
    ['LMOVE', ['lmove a b right left']],
    ['one that would wait', ['BLMOVE a b RIGHT LEFT 1']],
    ['other ends, or the other way: for the lists to tell', ['LMOVE b a LEFT LEFT']],
    ['one in a transaction', ['MULTI', 'RPOPLPUSH a b', 'EXEC']],
    ['one after the set-up', ['LPOP a', 'LPUSH b x y', 'RPOPLPUSH a b']],
    ['a Lua script', ['EVAL s 2 a b', lua('RPOP a'), lua('LPUSH b x')]],
    ['a function', ['FCALL f 2 a b', lua('LINDEX a -1'), lua('LPUSH b x'), lua('LREM a -1 x')]],
    [
      'a transaction under WATCH',
      ['WATCH b a', 'LINDEX a -1', 'MULTI', 'RPOP a', { run: 'PING', client: OTHER }, 'LPUSH b x', 'EXEC'],
    ],
    [
      'a second attempt',
      ['WATCH a', 'LRANGE a 0 -1', 'MULTI', 'EXEC', 'WATCH a', 'LINDEX a -1', 'MULTI', 'LPUSH b x', 'RPOP a'],
    ],
  ])('passes %s', (_, commands) => {
    expect(judge(commands)).toEqual({ passed: true });
  });

  it.each<[string, Command[], string]>([
    ['two commands', ['RPOP a', 'LPUSH b x'], 'taken out by one command and put in by another'],
    ['the other order', ['LINDEX a -1', 'LPUSH b x', 'LREM a -1 x'], 'by one command and put in by another'],
    ['two Lua scripts', ['EVAL s 1 a', lua('RPOP a'), 'EVAL t 1 b', lua('LPUSH b x')], 'put in by another'],
    [
      'a Lua script that gets the element from outside',
      ['LINDEX a -1', 'EVAL s 2 a b x', lua('LREM a -1 x'), lua('LPUSH b x')],
      'by one command and put in by another',
    ],
    ['a transaction', ['LINDEX a -1', 'MULTI', 'RPOP a', 'LPUSH b x', 'EXEC'], 'that does not watch a'],
    [
      'a WATCH that was given up',
      ['WATCH a', 'UNWATCH', 'LINDEX a -1', 'MULTI', 'RPOP a', 'LPUSH b x', 'EXEC'],
      'that does not watch a',
    ],
    [
      'a WATCH of another connection',
      [{ run: 'WATCH a', client: OTHER }, 'LINDEX a -1', 'MULTI', 'RPOP a', 'LPUSH b x', 'EXEC'],
      'that does not watch a',
    ],
    [
      'a WATCH behind the read',
      ['LINDEX a -1', 'WATCH a', 'MULTI', 'RPOP a', 'LPUSH b x', 'EXEC'],
      'a was watched, but not before it was read',
    ],
    ['a copy', ['LINDEX a -1', 'LPUSH b x'], 'put into b, and never taken out of a'],
    ['a detour', ['RPOPLPUSH a c', 'RPOPLPUSH c b'], 'no command moved anything from a to b'],
    ['a turn in one list', ['RPOPLPUSH a a'], 'no command moved anything'],
    ['another database', [{ run: 'RPOPLPUSH a b', db: 1 }], 'no command moved anything'],
    ['nothing', [], 'no command moved anything'],
  ])('fails %s', (_, commands, actual) => {
    expect(judge(commands)).toMatchObject({ passed: false, actual: expect.stringContaining(actual) });
  });

  it('shows the commands, and what they did', () => {
    expect(
      judge([
        { run: 'RPOP a', line: 1 },
        { run: 'LPUSH b x', line: 4 },
      ]),
    ).toMatchObject({
      commands: [
        { line: 1, command: 'RPOP a', effect: 'removed the rightmost element' },
        { line: 4, command: 'LPUSH b x', effect: 'added an element' },
      ],
    });
  });
});
