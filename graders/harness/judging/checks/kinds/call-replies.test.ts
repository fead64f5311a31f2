import { describe, expect, it } from 'vitest';
import type { CommandReply } from '../../../evidence/evidence.ts';
import { judgeCheck } from '../../../testing/judge-check.ts';
import { callReplies } from './call-replies.ts';

const answer = (line: number, reply: string): CommandReply => ({
  line,
  args: ['EVAL', 'return 1', '1', 'hyperdrive:falcon', '60', 'five jumps'],
  reply,
  error: reply.startsWith('(error)'),
});
const FIRST = answer(1, '1) (integer) 1\n2) "4"\n3) (integer) 1060');

const judge = (replies: CommandReply[] | null, items: (string | number)[], call = 1) =>
  judgeCheck(
    callReplies,
    { replies: [{ call, items }] },
    { replies: null, variants: { again: { replies } } },
    'again',
  );

describe('call-replies', () => {
  it('passes where each reply begins with the items, numbers or texts', () => {
    expect(judge([FIRST], [1, 4])).toEqual({ passed: true });
    expect(judge([FIRST], ['1', '4', 1060])).toEqual({ passed: true });
    expect(judge([FIRST, answer(2, '(integer) 0')], [0], 2)).toEqual({ passed: true });
  });

  it('says how the script was called, and what it answered', () => {
    expect(judge([FIRST], [1, 3])).toEqual({
      passed: false,
      expected:
        'call 1 of your Lua script, with KEYS hyperdrive:falcon and ARGV 60 "five jumps", answers 1, 3',
      actual: 'it answered 1, 4, 1060',
    });
    expect(judge([answer(1, '(empty array)')], [1])).toMatchObject({ actual: 'it answered nothing' });
    expect(judge([answer(1, '1) (integer) 1')], [1, 4])).toMatchObject({ actual: 'it answered 1' });
  });

  it('takes no error for an answer', () => {
    expect(judge([answer(1, '(error) ERR no')], ['ERR no'])).toMatchObject({
      passed: false,
      actual: 'it answered (error) ERR no',
    });
  });

  it.each([[null], [[]], [[answer(2, '(integer) 1')]]])(
    'fails where there was no such call: %j',
    (replies) => {
      expect(judge(replies, [1])).toMatchObject({
        passed: false,
        expected: 'a Lua script that can be called again, and answers 1',
      });
    },
  );
});
