import { describe, expect, it } from 'vitest';
import type { CommandReply } from '../../evidence/evidence.ts';
import { shownReplyNotes } from './shown-replies.ts';

const reply = (line: number, shown?: string): CommandReply => ({
  line,
  args: ['HLEN', 'h'],
  reply: '(integer) 6',
  ...(shown !== undefined && { shown }),
  error: false,
});

describe('shownReplyNotes', () => {
  it('sets what a file shows beside what was answered', () => {
    expect(shownReplyNotes({ replies: [reply(1), reply(3, '(integer) 5')] })).toEqual([
      'Line 3: your file shows the reply (integer) 5, but the server answered (integer) 6. What stands in the file as a reply is not run.',
    ]);
  });

  it('counts those beyond the first three, and cuts long ones', () => {
    const replies = [1, 2, 3, 4, 5].map((line) => reply(line, '1) "a"\n2) "b"\n3) "c"\n4) "d"'));
    const notes = shownReplyNotes({ replies });
    expect(notes[0]).toContain('1) "a" 2) "b" 3) "c" …, but');
    expect(notes.at(-1)).toBe('2 more replies in your file came out otherwise, too.');
    expect(notes).toHaveLength(4);
  });

  it('says nothing of scripts', () => {
    expect(shownReplyNotes({ replies: null })).toEqual([]);
  });
});
