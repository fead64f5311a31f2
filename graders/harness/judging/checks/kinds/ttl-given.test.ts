import { describe, expect, it } from 'vitest';
import { judgeReplayed } from '../../../testing/judge-replayed.ts';
import { useServer } from '../../../testing/server.ts';

const server = useServer();

const judge = (commands: readonly string[]) =>
  judgeReplayed(
    server,
    { kind: 'ttl-given', key: 'k', milliseconds: 90_000, tolerance: 30_000 },
    [],
    commands,
  );

describe('ttl-given', () => {
  it.each<[string, string[]]>([
    ['PX', ['SET k v PX 90000']],
    ['other options beside', ['SET k v NX GET px 90000']],
    ['a command of its own', ['SET k v', 'PEXPIRE k 90000']],
    ['GETEX', ['SET k v', 'GETEX k PX 90000']],
    ['what keeps the TTL', ['SET k v PX 90000', 'SET k w KEEPTTL', 'GETEX k', 'GET k', 'APPEND k x']],
    ['a later correction', ['SET k v EX 90000', 'SET k v PX 90000']],
    ['one in a Lua script', [`EVAL "redis.call('SET', KEYS[1], 'v', 'PX', '90000')" 1 k`]],
    ['one in a transaction', ['MULTI', 'SET k v', 'PEXPIRE k 90000', 'EXEC']],
    ['one that is renamed into place', ['SET draft v PX 90000', 'RENAME draft k']],
    ['what has gone by now', ['SET k v PX 90000', 'DEL k']],
    ['what befalls others', ['SET k v PX 90000', 'SET other v EX 5', 'MSET a k b c']],
    ['a second one that is refused', ['SET k v PX 90000', 'SET k v PX 90000 EX 300', 'EXPIRE k 300 NX']],
  ])('passes %s', async (_, commands) => {
    expect(await judge(commands)).toEqual({ passed: true });
  });

  it.each<[string, string[], string]>([
    ['seconds', ['SET k v EX 90000'], 'a TTL of about 90000000 ms (90000 s)'],
    ['a third', ['SET k v PX 30000'], 'a TTL of about 30000 ms (30 s)'],
    ['no TTL', ['SET k v'], 'no TTL: the key would stay for ever'],
    ['one that is taken away', ['SET k v PX 90000', 'PERSIST k'], 'no TTL: the key would stay for ever'],
    ['one that is written over', ['SET k v PX 90000', 'MSET k w'], 'no TTL: the key would stay for ever'],
    ['no number', ['SET k v PX soon'], 'no command gave k a TTL'],
    ['a condition that does not hold', ['SET k v PX 90000 XX'], 'no command gave k a TTL'],
    ['another key', ['SET K v PX 90000'], 'no command gave k a TTL'],
    ['another database', ['SELECT 1', 'SET k v PX 90000'], 'no command gave k a TTL'],
  ])('fails %s', async (_, commands, actual) => {
    expect(await judge(commands)).toMatchObject({
      passed: false,
      expected: 'a TTL of about 90000 ms (90 s)',
      actual: expect.stringContaining(actual),
    });
  });
});
