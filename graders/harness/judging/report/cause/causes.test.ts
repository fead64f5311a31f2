import { describe, expect, it } from 'vitest';
import { type EvidenceOptions, makeEvidence } from '../../../testing/evidence.ts';
import { RunView } from '../../checks/run-view.ts';
import { obstacles } from './causes.ts';

function found(options: EvidenceOptions) {
  const evidence = makeEvidence(options);
  const [main] = evidence.runs;
  if (!main) throw new Error('no run');
  return obstacles(evidence, new RunView(evidence, main));
}
const kinds = (options: EvidenceOptions) => found(options).causes.map(({ kind }) => kind);
const file = { language: 'command-file', name: 'solution.valkey' };

describe('obstacles', () => {
  it('finds none where all is well', () => {
    expect(found({ commands: ['SET a 1'] })).toEqual({
      causes: [],
      otherRefusals: [],
      nothingRan: false,
    });
  });

  it('tells why a script could not be started, and nothing that follows from it', () => {
    const stderr = './a could not be started: spawn ./a ENOENT\n';
    const { causes } = found({ stderr, process: { ended: 'not started', exitCode: null } });
    expect(causes).toEqual([
      { kind: 'not started', text: 'Your script did not run: ./a could not be started: spawn ./a ENOENT' },
    ]);
  });

  it('tells of a crash, and not that the server ran nothing', () => {
    const stderr =
      'Traceback (most recent call last):\n  File "solution.py", line 1, in <module>\nNameError: x\n';
    expect(kinds({ stderr, process: { exitCode: 1 }, source: 'x' })).toEqual(['crash']);
  });

  it('tells of commands that were refused, and not that none came', () => {
    expect(kinds({ refused: [{ command: 'hset', rejected: 1, failed: 0 }], source: 'x' })).toEqual([
      'refused',
    ]);
  });

  it('tells an error of the server once, where the script ended at it', () => {
    const stderr =
      'Traceback (most recent call last):\n  File "solution.py", line 3, in <module>\nredis.exceptions.ResponseError: wrong number of arguments for \'hset\' command\n';
    const refused = [{ command: 'hset', rejected: 1, failed: 0 }];
    expect(kinds({ stderr, refused, process: { exitCode: 1 }, source: 'x' })).toEqual(['crash']);
  });

  it('puts where a script looked for its server before its time limit, and in place of what its client says', () => {
    const timedOut = { ended: 'timed out', exitCode: null } as const;
    const stderr = 'Error: connect ECONNREFUSED 127.0.0.1:6379\n';
    expect(kinds({ stderr, process: timedOut, source: 'x' })).toEqual(['not connected', 'time limit']);
    const cli = 'Could not connect to Valkey at 127.0.0.1:6379: Connection refused\n';
    expect(kinds({ language: 'bash', stderr: cli, process: { exitCode: 1 }, source: 'x' })).toEqual([
      'not connected',
    ]);
    const bash = 'solution.sh: line 1: /dev/tcp/localhost/6379: Connection refused\n';
    const source = 'exec 3<>/dev/tcp/localhost/6379';
    expect(kinds({ language: 'bash', name: 'solution.sh', stderr: bash, source })).toEqual(['not connected']);
  });

  it('gives advice with what it is about', () => {
    const stderr =
      'Traceback (most recent call last):\n  File "solution.py", line 1, in <module>\nModuleNotFoundError: No module named \'valkey\'\n';
    const [crash] = found({ stderr, process: { exitCode: 1 }, source: 'import valkey' }).causes;
    expect(crash?.advice).toMatch(/^Python has no package `valkey` here\./);
  });

  it('tells of a first day’s mistake that broke nothing that could be seen', () => {
    expect(kinds({ language: 'bash', source: 'x\r\n', commands: ['SET a "1\\r"'] })).toEqual(['slip']);
  });

  it('tells of a transaction that was not carried out', () => {
    expect(kinds({ commands: ['MULTI', 'SET a 1'] })).toEqual(['open transaction']);
    expect(kinds({ commands: ['MULTI', 'SET a 1', 'EXEC'] })).toEqual([]);
    expect(kinds({ commands: ['MULTI', 'SET a 1', 'DISCARD'] })).toEqual([]);
  });

  it('looks at the main run alone', () => {
    expect(kinds({ commands: ['SET a 1'], variants: { other: { process: { exitCode: 1 } } } })).toEqual([]);
  });

  it('knows whether any command did something: of a command file each one counts', () => {
    const reply = (text: string) => [{ line: 1, args: ['PING'], reply: text, error: text.startsWith('(') }];
    expect(found({ commands: ['PING'], source: 'x' }).nothingRan).toBe(true);
    expect(found({ ...file, commands: [{ run: 'PING', line: 1 }], replies: reply('PONG') })).toMatchObject({
      causes: [],
      nothingRan: false,
    });
    expect(
      found({ ...file, commands: [{ run: 'PING', line: 1 }], replies: reply('(error) ERR no') }),
    ).toMatchObject({ causes: [{ kind: 'refused' }], nothingRan: true });
    expect(found({ ...file, replies: [], source: '# TODO' })).toMatchObject({
      causes: [{ kind: 'nothing written' }],
      nothingRan: true,
    });
  });
});
