import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../evidence/evidence.ts';
import { type EvidenceOptions, makeEvidence } from '../../testing/evidence.ts';
import { RunView } from '../checks/run-view.ts';
import { notesOn } from './notes.ts';

/** The notes on a script that ran one command, and whatever else is given. */
const notes = (options: EvidenceOptions = {}) => notesOf(makeEvidence({ commands: ['SET a 1'], ...options }));
const notesOf = (evidence: Evidence) => {
  const [main] = evidence.runs;
  return notesOn(evidence, main && new RunView(evidence, main));
};
const reply = (line: number, text: string) => ({
  line,
  args: [],
  reply: text,
  error: text.startsWith('(error)'),
});

describe('notesOn', () => {
  it('says nothing where all is well', () => {
    expect(notes()).toEqual([]);
  });

  it('tells of a time limit, in seconds', () => {
    expect(notes({ process: { ended: 'timed out', exitCode: null, timeLimitMs: 2500 } })).toEqual([
      'Your script was still running after 2.5 s, so it was stopped. What it had done by then was graded.',
    ]);
  });

  it.each([
    [
      'the last line of stderr',
      'warning\nsolution.sh: line 3: foo: command not found\n',
      'solution.sh: line 3: foo: command not found',
    ],
    [
      'Python’s error',
      'Traceback (most recent call last):\n  File "x.py"\nredis.exceptions.ResponseError: WRONGTYPE',
      'redis.exceptions.ResponseError: WRONGTYPE',
    ],
    [
      'Node’s error above its stack',
      'x.mjs:1\nfoo()\n\nReferenceError: foo is not defined\n    at x.mjs:1:1\n\nNode.js v20.20.2',
      'ReferenceError: foo is not defined',
    ],
    ['no more than a line can hold', `Error: ${'x'.repeat(500)}`, `Error: ${'x'.repeat(193)}`],
    ['nothing that a terminal acts upon', 'Error: \u001b[2Jgone', 'Error: \\x1b[2Jgone'],
  ])('tells of an exit code, with %s', (_, stderr, complaint) => {
    expect(notes({ stderr, process: { exitCode: 1 } })).toEqual([
      `Your script ended with exit code 1: ${complaint}`,
    ]);
  });

  it('tells of memory and processes that ran out', () => {
    expect(notes({ process: { ended: 'out of memory', exitCode: null } })).toEqual([
      expect.stringMatching(/^Your script used more memory than it is given, so it was stopped\./),
    ]);
    expect(notes({ process: { ended: 'too many processes', exitCode: null } })).toEqual([
      expect.stringMatching(/^Your script started too many processes, so it was stopped\./),
    ]);
  });

  it('tells of an exit code without a word, and of a signal', () => {
    expect(notes({ process: { exitCode: 3 } })).toEqual(['Your script ended with exit code 3']);
    expect(notes({ process: { exitCode: null, signal: 'SIGSEGV' } })).toEqual([
      'Your script was ended by signal SIGSEGV',
    ]);
  });

  it('tells why a script could not be started, and nothing that follows from it', () => {
    const stderr = './a could not be started: spawn ./a ENOENT\n';
    expect(notes({ commands: [], stderr, process: { ended: 'not started', exitCode: null } })).toEqual([
      'Your script did not run: ./a could not be started: spawn ./a ENOENT',
    ]);
  });

  it('tells how to find the server where no command of one’s own came', () => {
    expect(notes({ commands: ['HELLO 3', 'CLIENT SETINFO lib-name x', 'PING'] })).toEqual([
      expect.stringMatching(/^No command of your script reached the grading server\. .*VALKEY_HOST/),
    ]);
    const file = { commands: [], language: 'command-file', name: 'solution.valkey' };
    expect(notes({ ...file, replies: [] })).toEqual([
      expect.stringMatching(/^Your file holds no command yet: write them one a line/),
    ]);
    expect(notes({ ...file, replies: [reply(1, '(error) ERR unknown command')] })).toContain(
      'Your file holds no command that the server ran yet.',
    );
  });

  it('names the first lines of a command file that were answered with an error, and counts the rest', () => {
    const replies = [
      reply(1, 'OK'),
      ...[2, 3, 4, 5, 6].map((line) => reply(line, `(error) ERR line ${line}`)),
    ];
    expect(notes({ language: 'command-file', replies })).toEqual([
      'Line 2 was answered with an error: ERR line 2',
      'Line 3 was answered with an error: ERR line 3',
      'Line 4 was answered with an error: ERR line 4',
      '2 more commands were answered with an error.',
    ]);
  });

  it('names the commands that were denied, unless a command file’s reply has told it already', () => {
    const denied = [
      { command: 'config|set', count: 1 },
      { command: 'debug', count: 4 },
    ];
    expect(notes({ denied })).toEqual([
      'The server denied CONFIG SET and DEBUG: commands that administer the server are not part of any challenge.',
    ]);
    expect(notes({ denied, language: 'command-file', replies: [reply(1, '(error) NOPERM no')] })).toEqual([
      'Line 1 was answered with an error: NOPERM no',
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
    const evidence = makeEvidence({ commands: ['SET a 1', 'SET b 2'] });
    for (const run of evidence.runs) run.trace.total = 100_000;
    expect(notesOf(evidence)).toEqual([
      'Your script ran 100000 commands: the first and the last 2 of them were looked at.',
    ]);
    const tell = (asked: 'all' | 'ends') => {
      for (const { trace } of evidence.runs)
        trace.leftOut = { commands: { SET: 99_998 }, lua: 0, asked: { 'key a': asked } };
      return notesOf(evidence);
    };
    expect(tell('all')).toEqual([
      'Your script ran 100000 commands: 2 of them were kept, and all that matter to this challenge are among these.',
    ]);
    expect(tell('ends')).toEqual([
      'Your script ran 100000 commands: 2 of them were kept, and not all that matter to this challenge are among these.',
    ]);
  });

  it('tells of a transaction that was not carried out', () => {
    expect(notes({ commands: ['MULTI', 'SET a 1'] })).toEqual([expect.stringMatching(/EXEC/)]);
    expect(notes({ commands: ['MULTI', 'SET a 1', 'EXEC'] })).toEqual([]);
    expect(notes({ commands: ['MULTI', 'SET a 1', 'DISCARD'] })).toEqual([]);
  });

  it('looks at the main run alone', () => {
    expect(notes({ variants: { other: { process: { exitCode: 1 }, commands: ['SET a 1'] } } })).toEqual([]);
  });

  it('tells of commands that were answered with an error, where nothing else does', () => {
    const refused = [
      { command: 'client|setinfo', rejected: 1, failed: 0 },
      { command: 'hset', rejected: 1, failed: 2 },
      { command: 'lmove', rejected: 0, failed: 1 },
    ];
    expect(notes({ refused })).toEqual([
      'The server refused 3 × HSET and 1 × LMOVE: a command that it answers with an error does nothing.',
    ]);
    // One was denied, one stands on a line of its own, and one waited for EXEC.
    const replies = [
      { ...reply(2, '(error) ERR syntax error'), args: ['Hset', 'a'] },
      reply(5, '(integer) 1'),
    ];
    const denied = [{ command: 'lmove', count: 1 }];
    expect(notes({ refused, denied, replies }).at(-1)).toMatch(/^The server refused 2 × HSET: /);
  });
});
