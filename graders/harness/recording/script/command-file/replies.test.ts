import { describe, expect, it } from 'vitest';
import { splitArguments } from '../../../valkey/notation/quoting.ts';
import { CommandReplies } from './replies.ts';

const LIMITS = { replies: 3, replyBytes: 10, repliesBytes: 25, replyArgsBytes: 40, valueBytes: 8 };
const command = (text: string, line = 1) => ({ line, args: splitArguments(text) });
const answer = (text: string, missing = 0) => ({ text: `${text}\n`, missing, error: false });

function kept(...answers: [command: string, text: string, missing?: number][]) {
  const replies = new CommandReplies(LIMITS);
  for (const [sent, text, missing] of answers) replies.add(command(sent), answer(text, missing));
  return replies.result();
}

describe('CommandReplies', () => {
  it('keeps what fits as it is', () => {
    expect(kept(['GET a', '0123456789'])).toEqual({
      replies: [{ line: 1, args: ['GET', 'a'], reply: '0123456789', error: false }],
    });
  });

  it('cuts a long reply, between characters, and tells its length in bytes', () => {
    expect(kept(['GET a', '012345678é']).replies[0]).toMatchObject({
      reply: '012345678… (11 bytes in all)',
      length: 11,
    });
    expect(kept(['GET a', '0123', 500]).replies[0]).toMatchObject({
      reply: '0123',
      length: 504,
    });
  });

  it('keeps of all replies together no more than fits', () => {
    const { replies } = kept(['GET a', '0123456789'], ['GET b', '0123456789'], ['GET c', '0123456789']);
    expect(replies.map(({ length }) => length)).toEqual([undefined, undefined, 10]);
    expect(replies[2]?.reply).toBe('01234… (10 bytes in all)');
  });

  it('counts the replies that it does not list', () => {
    const { replies, repliesLeftOut } = kept(['A', ''], ['B', ''], ['C', ''], ['D', ''], ['E', '']);
    expect([replies.length, repliesLeftOut]).toEqual([3, 2]);
  });

  it('keeps no more of the commands that stand with them than fits', () => {
    const long = `SET ${'k'.repeat(100)} ${'v'.repeat(8)} ${'w'.repeat(8)}`;
    const { replies, repliesLeftOut } = kept([long, 'OK'], [long, 'OK'], ['GET a', 'x']);
    expect([replies.length, repliesLeftOut]).toEqual([1, 2]);
    expect(replies[0]?.args[1]).toEqual({ head: 'k'.repeat(8), length: 100 });
  });
});
