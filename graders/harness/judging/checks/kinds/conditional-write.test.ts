import { describe, expect, it } from 'vitest';
import { type Command, type Keys, makeView } from '../../../testing/evidence.ts';
import { conditionalWrite } from './conditional-write.ts';

const OTHER = '127.0.0.1:50001';
const lua = (run: string): Command => ({ run, lua: true });

function judge(condition: 'absent' | 'equals', commands: Command[], before: Keys = {}) {
  return conditionalWrite.judge({ key: 'k', condition }, makeView({ commands, before }));
}

describe('conditional-write, where there must be no key', () => {
  it.each<[string, Command[]]>([
    ['SET with NX', ['SET k v EX 600 NX']],
    ['SETNX, whose TTL is for another check', ['SETNX k v']],
    ['MSETNX', ['MSETNX other 1 k v']],
    ['a helper key that takes its place', ['SET draft v EX 600', 'RENAMENX draft k', 'DEL draft']],
    ['a copy that takes its place', ['SET draft v EX 600', 'COPY draft k', 'DEL draft']],
    ['a Lua script', ['EVAL s 1 k', lua('EXISTS k'), lua('SET k v EX 600')]],
    ['a Lua script that gives the TTL', ['EVAL s 1 k', lua('SETNX k v'), lua('EXPIRE k 600')]],
    ['a transaction', ['MULTI', 'SETNX k v', 'EXPIRE k 600 NX', 'EXEC']],
    ['a transaction under WATCH', ['WATCH k', 'MGET other k', 'MULTI', 'SETEX k 600 v', 'EXEC']],
    ['one that read before', ['GET k', 'SET k v EX 600 NX']],
    ['a TTL that it renews later', ['SET k v NX EX 600', 'EXPIRE k 600']],
  ])('passes %s', (_, commands) => {
    expect(judge('absent', commands)).toEqual({ passed: true });
  });

  it.each<[string, Command[], string]>([
    ['a SET', ['SET k v EX 600'], 'written without asking first'],
    ['SET with XX', ['SET k v XX'], 'written without asking first'],
    ['a copy that replaces', ['SET draft v', 'COPY draft k REPLACE'], 'written without asking first'],
    ['two commands', ['EXISTS k', 'SET k v EX 600'], 'asked first and written later'],
    ['a lock', ['SET lock 1 NX', 'TTL k', 'SETEX k 600 v', 'DEL lock'], 'asked first and written later'],
    ['a transaction', ['GET k', 'MULTI', 'SETEX k 600 v', 'EXEC'], 'that does not watch the key'],
    [
      'a WATCH of another connection',
      [{ run: 'WATCH k', client: OTHER }, 'GET k', 'MULTI', 'SETEX k 600 v', 'EXEC'],
      'of another connection',
    ],
    ['a WATCH behind the question', ['GET k', 'WATCH k', 'MULTI', 'SETEX k 600 v', 'EXEC'], 'only after it'],
    ['Lua that does not ask', ['GET k', 'EVAL s 1 k', lua('SETEX k 600 v')], 'that does not ask again'],
    ['a later SET', ['SET k v EX 600 NX', 'SET k v EX 600'], 'written without asking first'],
    ['a TTL of its own', ['SETNX k v', 'EXPIRE k 600'], 'which came in a second step'],
    ['a TTL of its own behind SET', ['SET k v NX', 'GETEX k EX 600'], 'which came in a second step'],
    ['another key', ['SET K v NX'], 'no command wrote k'],
    ['another database', [{ run: 'SET k v NX', db: 1 }], 'no command wrote k'],
  ])('fails %s', (_, commands, actual) => {
    expect(judge('absent', commands)).toMatchObject({
      passed: false,
      actual: expect.stringContaining(actual),
    });
  });
});

describe('conditional-write, where a value must be there', () => {
  const before = { k: '7' };

  it.each<[string, Command[]]>([
    ['SET with IFEQ', ['SET k 5 IFEQ 7 EX 600']],
    ['the set-up before it', ['SET k 7 EX 600', 'SET k 5 ifeq 7 EX 600']],
    ['a Lua script', ['EVAL s 1 k', lua('GET k'), lua('DECRBY k 2')]],
    ['a transaction under WATCH', ['WATCH k', 'GET k', 'MULTI', 'SET k 5', 'EXPIRE k 600', 'EXEC']],
  ])('passes %s', (_, commands) => {
    expect(judge('equals', commands, before)).toEqual({ passed: true });
  });

  it.each<[string, Command[], string]>([
    ['SET with NX, which does not compare', ['SET k 5 NX'], 'written without asking first'],
    ['a question that is not for the value', ['EXISTS k', 'SET k 5 KEEPTTL'], 'written without asking first'],
    ['two commands', ['GET k', 'DECRBY k 2'], 'asked first and written later'],
    ['a TTL of its own', ['SET k 5 IFEQ 7', 'EXPIRE k 600'], 'which came in a second step'],
    ['nothing', ['GET k'], 'no command wrote k'],
    ['the set-up alone', ['SET k 7 EX 600'], 'no command wrote k'],
  ])('fails %s', (_, commands, actual) => {
    expect(judge('equals', commands, before)).toMatchObject({
      passed: false,
      actual: expect.stringContaining(actual),
    });
  });

  it('takes no notice of a command that was refused, and shows what it did judge', () => {
    const view = makeView({
      before,
      commands: [
        { run: 'SET k 5 IFEQ 7 EX', line: 1 },
        { run: 'GET k', line: 2 },
        { run: 'SET k 5 KEEPTTL', line: 3 },
      ],
      replies: [{ line: 1, args: [], reply: '(error) ERR syntax error', error: true }],
    });
    expect(conditionalWrite.judge({ key: 'k', condition: 'equals' }, view)).toMatchObject({
      commands: [
        { line: 2, command: 'GET k', effect: 'asked' },
        { line: 3, command: 'SET k 5 KEEPTTL', effect: 'put a string there and kept the TTL' },
      ],
    });
  });
});
