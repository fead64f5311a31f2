import { describe, expect, it } from 'vitest';
import { type EvidenceOptions, makeView } from '../../../testing/evidence.ts';
import { stopped } from './stopped.ts';

const timedOut = (options: EvidenceOptions) =>
  stopped(
    makeView({
      ...options,
      process: { ended: 'timed out', exitCode: null, signal: 'SIGKILL', timeLimitMs: 2500 },
    }),
  );

describe('stopped', () => {
  it('says nothing of a script that ended by itself', () => {
    expect(stopped(makeView({ commands: ['BLPOP k 0'] }))).toBeUndefined();
  });

  it('tells of a time limit, in seconds', () => {
    expect(timedOut({})).toEqual({
      kind: 'time limit',
      text: 'Your script was still running after 2.5 s, so it was stopped. What it had done by then was graded.',
    });
  });

  it.each([
    ['BLPOP k 0', 'waits without a limit for something to come'],
    ['BRPOP k 60', 'waits longer than the time that was left'],
    ['BLMPOP 0 1 k LEFT', 'waits without a limit for something to come'],
    ['XREAD BLOCK 0 STREAMS s 7', 'waits without a limit for something to come'],
    ['XREADGROUP GROUP g me BLOCK 9000 STREAMS s 0', 'waits longer than the time that was left'],
    ['WAIT 1 0', 'waits without a limit for something to come'],
    ['SUBSCRIBE ch', 'listens until the script is ended'],
  ])('names a command that waits: %s', (command, what) => {
    expect(
      timedOut({
        language: 'bash',
        commands: ['SET a 1', command],
        source: `valkey-cli SET a 1\nvalkey-cli ${command}\n`,
      }),
    ).toMatchObject({ advice: `The last that it sent was ${command} (line 2), which ${what}.`, line: 2 });
  });

  it('finds the connection that waits among several', () => {
    const commands = [
      { run: 'BLPOP k 0', client: '127.0.0.1:1' },
      { run: 'GET a', client: '127.0.0.1:2' },
    ];
    expect(timedOut({ commands })?.advice).toMatch(/BLPOP k 0/);
  });

  it.each(['BLPOP k 1', 'XREAD STREAMS s 0', 'GET k'])('does not blame %s', (command) => {
    expect(timedOut({ language: 'python', commands: [command] })?.advice).toBeUndefined();
  });

  it('names quit() where Node had nothing more to send', () => {
    const idle = (source: string) =>
      timedOut({ language: 'javascript', commands: ['SET a 1'], source })?.advice;
    expect(idle('await r.set("a", 1);')).toMatch(
      /connection is open: end your script with `await client\.quit\(\)`/,
    );
    expect(idle('await r.quit();')).toMatch(/look whether each client gets to its `quit\(\)`/);
  });

  it('names the command after which nothing is answered', () => {
    const commands = ['SET a 1', { run: 'CLIENT REPLY OFF', line: 2 }];
    expect(timedOut({ language: 'command-file', commands })).toMatchObject({
      advice:
        'From CLIENT REPLY OFF (line 2) on the server answers nothing, and each command waits for its answer: leave it out.',
      line: 2,
    });
  });

  it('says so where a client that was left open is all that kept it from ending', () => {
    const view = makeView({
      language: 'javascript',
      commands: ['SET a 1'],
      source: 'await r.set("a", 1);',
      process: { ended: 'timed out', leftOpen: true, exitCode: null, signal: 'SIGKILL' },
    });
    expect(stopped(view)).toEqual({
      kind: 'time limit',
      text: 'Your script had nothing left to do, but did not end: a client was still open. It was stopped early, and what it had done was graded.',
      advice: expect.stringContaining('`await client.quit()`'),
    });
  });

  it('tells of a script that was still sending commands', () => {
    const view = makeView({
      language: 'javascript',
      source: "for (;;)\n  await r.get('a');\n",
      commands: ['GET a', 'GET a'],
      process: { ended: 'timed out', exitCode: null, timeLimitMs: 2500 },
    });
    for (const entry of view.evidence.trace.entries) entry.at += 2_400_000;
    expect(stopped(view)?.advice).toBe(
      'It was still sending commands, the last of them GET a (line 2): look for a loop without an end.',
    );
  });

  it('names quit() for a client of Node that listens', () => {
    expect(timedOut({ language: 'javascript', commands: ['SUBSCRIBE ch'] })?.advice).toMatch(
      /listens until the script is ended\. Node runs on .*quit\(\)/,
    );
  });

  it('tells of memory and processes that ran out', () => {
    const text = (ended: 'out of memory' | 'too many processes') =>
      stopped(makeView({ process: { ended, exitCode: null } }))?.text;
    expect(text('out of memory')).toMatch(
      /^Your script used more memory than it is given, so it was stopped\./,
    );
    expect(text('too many processes')).toMatch(
      /^Your script started too many processes, so it was stopped\./,
    );
  });
});
