import { describe, expect, it } from 'vitest';
import { type EvidenceOptions, makeEvidence } from '../../testing/evidence.ts';
import type { Refusal } from './cause/refusals.ts';
import { leftBehindNotes, notesOn } from './notes.ts';

const notes = (options: EvidenceOptions, otherRefusals: Refusal[] = []) => {
  const [run] = makeEvidence({ commands: ['SET a 1', 'SET b 2'], ...options }).runs;
  return run ? notesOn(run, { otherRefusals }) : [];
};
const refusal = (options: Partial<Refusal>): Refusal => ({
  ...{ name: 'hset', command: 'HSET', line: null, words: null, times: 1, isMistake: false },
  ...options,
});

describe('notesOn', () => {
  it('says nothing where all is well', () => {
    expect(notes({})).toEqual([]);
  });

  it('names the first lines that were answered with an error, and counts the rest', () => {
    const refusals = [2, 3, 4, 5, 6].map((line) => refusal({ line, words: `BUSYGROUP ${line}` }));
    expect(notes({}, refusals)).toEqual([
      'Line 2 was answered with an error: BUSYGROUP 2',
      'Line 3 was answered with an error: BUSYGROUP 3',
      'Line 4 was answered with an error: BUSYGROUP 4',
      '2 more commands were answered with an error.',
    ]);
  });

  it('counts commands of which no more is known', () => {
    expect(notes({}, [refusal({ times: 3 }), refusal({ name: 'xgroup|create' })])).toEqual([
      'The server refused 3 × HSET and 1 × XGROUP CREATE: a command that it answers with an error does nothing.',
    ]);
  });

  it('tells of output that was cut, for each stream', () => {
    const output = { text: '', bytes: 5_000_000, cut: true };
    expect(notes({ process: { stdout: output, stderr: { ...output, bytes: 2_000_000 } } })).toEqual([
      'Your script wrote 5000000 bytes to stdout: only the first and the last of them were kept.',
      'Your script wrote 2000000 bytes to stderr: only the first and the last of them were kept.',
    ]);
  });

  it('tells of a trace that was cut', () => {
    const [run] = makeEvidence({ commands: ['SET a 1', 'SET b 2'] }).runs;
    if (!run) throw new Error('no run');
    run.trace.total = 100_000;
    const told = () => notesOn(run, { otherRefusals: [] });
    expect(told()).toEqual([
      'Your script ran 100000 commands: the first and the last 2 of them were looked at.',
    ]);
    const tell = (asked: 'all' | 'ends') => {
      run.trace.leftOut = { commands: { SET: 99_998 }, lua: 0, asked: { 'key a': asked } };
      return told();
    };
    expect(tell('all')).toEqual([
      'Your script ran 100000 commands: 2 of them were kept, and all that matter to this challenge are among these.',
    ]);
    expect(tell('ends')).toEqual([
      'Your script ran 100000 commands: 2 of them were kept, and not all that matter to this challenge are among these.',
    ]);
  });
});

describe('leftBehindNotes', () => {
  it('says nothing where all went along', () => {
    expect(leftBehindNotes(undefined)).toEqual([]);
  });

  it('names what was left behind, and why', () => {
    const first = [
      { path: '.venv', why: 'too large' as const },
      { path: 'L\ufffdsung\n.pdf', why: 'name' as const },
      { path: 'a', why: 'unreadable' as const },
      { path: 'b', why: 'path' as const },
    ];
    expect(leftBehindNotes({ first, total: 7000 })).toEqual([
      'Not everything beside your script was copied with it. Left out: .venv (too large), L\ufffdsung\\n.pdf (its name is not UTF-8), a (it cannot be read) and 6997 more. If your script needs any of it, put both in a folder of their own.',
    ]);
  });
});
