import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ungraded } from '../judging/report/judge.ts';
import { CHALLENGE, record } from '../testing/batch.ts';
import { progressOn } from './progress.ts';

const grader = { id: CHALLENGE, title: 'A session', points: 3, setup: [], variants: [], checks: [] };
const fault = record('leia', { report: ungraded(grader, 'error', 'no engine') });

/** A stream that keeps what is written to it. */
function makeStream(terminal?: { columns: number }) {
  const ignore = () => undefined;
  const moves = { cursorTo: ignore, clearLine: ignore, moveCursor: ignore };
  const extra = terminal && { isTTY: true, ...moves, ...terminal };
  const stream = Object.assign(new PassThrough(), extra);
  return {
    stream: stream as unknown as NodeJS.WriteStream,
    text: () => String(stream.read() ?? ''),
  };
}

describe('progressOn', () => {
  it('writes a plain line for each where there is no terminal, and how many had been graded before', () => {
    const { stream, text } = makeStream();
    const progress = progressOn(stream, 3);
    progress.record(record('luke'), true);
    progress.record(record('han\u001b[31m'), false);
    progress.record(fault, false);
    progress.end();
    expect(text()).toBe(
      '2/3 han\\x1b[31m sessions/cantina 3/3 40 ms\n3/3 leia sessions/cantina error 40 ms\n1 submission had been graded before.\n',
    );
  });

  it('draws a bar on a terminal, with what could not be graded, and gives the cursor back', () => {
    const { stream, text } = makeStream({ columns: 100 });
    const progress = progressOn(stream, 2);
    progress.record(record('han'), false);
    progress.record(fault, false);
    progress.end();
    const drawn = text();
    expect(drawn).toMatch(/ 2\/2 · [\d.]+ a second · .* left · 1 not graded/);
    expect(drawn).toContain('\u001b[?25h');
  });
});
