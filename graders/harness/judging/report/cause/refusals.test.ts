import { describe, expect, it } from 'vitest';
import { type EvidenceOptions, makeView } from '../../../testing/evidence.ts';
import { refusalsOf } from './refusals.ts';
import { refusedCauses } from './refused.ts';

const told = (options: EvidenceOptions) => refusedCauses(refusalsOf(makeView(options)));
const reply = (line: number, args: string[], text: string) => ({
  line,
  args,
  reply: text,
  error: text.startsWith('(error)'),
});

describe('refusalsOf', () => {
  it('has the line, the command and the server’s words of a command file', () => {
    const replies = [
      reply(1, ['SET', 'a', '1'], 'OK'),
      reply(2, ['HGETT', 'a', 'x'], "(error) ERR unknown command 'HGETT', with args beginning with: 'a' 'x'"),
    ];
    expect(told({ language: 'command-file', commands: ['SET a 1'], replies })).toEqual([
      {
        kind: 'refused',
        text: "The server refused line 2, HGETT a x: ERR unknown command 'HGETT', with args beginning with: 'a' 'x'",
        line: 2,
      },
    ]);
  });

  it('tells what was refused before it ran by the words that the client printed, and finds its line', () => {
    expect(
      told({
        language: 'bash',
        source: 'valkey-cli HSET a f v\nvalkey-cli HSET b\nvalkey-cli HGETT a\n',
        commands: ['HSET a f v'],
        stdout:
          "1\nERR wrong number of arguments for 'hset' command\nERR unknown command 'HGETT', with args beginning with: 'a' \n",
        refused: [{ command: 'hset', rejected: 1, failed: 0 }],
      }),
    ).toEqual([
      {
        kind: 'refused',
        text: "The server refused line 2, HSET: ERR wrong number of arguments for 'hset' command",
        line: 2,
      },
      {
        kind: 'refused',
        text: "The server refused line 3, HGETT: ERR unknown command 'HGETT', with args beginning with: 'a'",
        line: 3,
      },
    ]);
  });

  it('does not take the script’s own words for the server’s', () => {
    expect(told({ stdout: "wrong number of arguments for 'hset' command" })).toEqual([]);
    expect(told({ stdout: "unknown command 'x'" })).toEqual([]);
  });

  it('says what is likely where nobody printed the words', () => {
    expect(told({ language: 'python', refused: [{ command: 'hset', rejected: 2, failed: 0 }] })).toEqual([
      { kind: 'refused', text: 'The server refused 2 × HSET: most often, the number of arguments is wrong' },
    ]);
  });

  it('has the server’s words of what it began to run, from the replay', () => {
    const error = { kind: 'error' as const, text: '(error) WRONGTYPE Operation against a key' };
    const step = (entry: number) => ({ entry, entries: 1, reply: error, changes: [] });
    expect(
      told({
        language: 'bash',
        source: 'valkey-cli HSET a f v\n',
        commands: ['HSET a f v'],
        refused: [{ command: 'hset', rejected: 0, failed: 1 }],
        replay: { steps: [step(0)], until: 'end', unlike: [] },
      }),
    ).toEqual([
      {
        kind: 'refused',
        text: 'The server refused line 1, HSET a f v: WRONGTYPE Operation against a key',
        line: 1,
      },
    ]);
  });

  it('names commands that the access rules deny, and a login that failed', () => {
    const texts = told({
      denied: [{ command: 'config|set', count: 1 }],
      refused: [
        { command: 'auth', rejected: 0, failed: 1 },
        { command: 'config|set', rejected: 1, failed: 0 },
        { command: 'client|setinfo', rejected: 1, failed: 0 },
        { command: 'evalsha', rejected: 0, failed: 1 },
      ],
    }).map(({ text }) => text);
    expect(texts).toEqual([
      'The server refused CONFIG SET: commands that administer the server are not part of any challenge',
      'The server refused AUTH: it has no passwords',
    ]);
  });

  it('has the words of a login that a client printed', () => {
    const words = 'ERR AUTH <password> called without any password configured for the default user.';
    const options = {
      ...{ language: 'bash', source: 'valkey-cli AUTH x\n', stdout: `${words}\n` },
      commands: ['AUTH (redacted)'],
    };
    expect(told({ ...options, refused: [{ command: 'auth', rejected: 0, failed: 1 }] })).toEqual([
      { kind: 'refused', text: `The server refused line 1, AUTH: ${words}`, line: 1 },
    ]);
    expect(told(options)).toEqual([]);
  });

  it('does not tell again what broke a Lua script', () => {
    const replies = [
      reply(1, ['EVAL', 'x', '0'], '(error) ERR Wrong number of args script: on @user_script:1.'),
    ];
    const refused = [
      { command: 'eval', rejected: 0, failed: 1 },
      { command: 'hset', rejected: 1, failed: 0 },
    ];
    const found = refusalsOf(makeView({ language: 'command-file', replies, refused }));
    expect(found.filter(({ isMistake }) => isMistake).map(({ name }) => name)).toEqual(['eval']);
  });

  it('says what to do about a client for clusters', () => {
    const replies = [reply(1, ['CLUSTER', 'INFO'], '(error) ERR This instance has cluster support disabled')];
    expect(told({ language: 'command-file', replies })[0]?.advice).toMatch(/ordinary client/);
  });

  it('tells mistakes apart from errors that a challenge may be about', () => {
    const errors = [
      'BUSYGROUP exists',
      'NOSCRIPT no',
      'EXECABORT no',
      'SOLDOUT by a script',
      'WRONGTYPE no',
      'ERR no',
    ];
    const replies = errors.map((words, index) => reply(index + 1, ['X'], `(error) ${words}`));
    const found = refusalsOf(makeView({ language: 'command-file', replies }));
    expect(found.filter(({ isMistake }) => isMistake).map(({ words }) => words)).toEqual([
      'WRONGTYPE no',
      'ERR no',
    ]);
  });

  it('counts what is beyond the first few', () => {
    const replies = [1, 2, 3, 4, 5].map((line) => reply(line, ['X'], '(error) ERR no'));
    const causes = told({ language: 'command-file', replies });
    expect(causes).toHaveLength(4);
    expect(causes.at(-1)?.text).toBe('It refused 2 more commands.');
  });
});
