import { describe, expect, it } from 'vitest';
import { judgeReplayed } from '../../../testing/judge-replayed.ts';
import { useServer } from '../../../testing/server.ts';

const server = useServer();

const judge = (check: object, commands: string[], setup: string[] = []) =>
  judgeReplayed(server, { kind: 'states', key: 'k', ...check }, setup, commands);

const SHORT = {
  last: { ttl: { milliseconds: 60_000, tolerance: 60_000 } },
  'at-some-step': { ttl: { milliseconds: 90_000, tolerance: 30_000 } },
};

describe('states', () => {
  it.each<[string, string[]]>([
    ['PX', ['SET k v PX 90000']],
    ['GETEX', ['SET k v EX 5', 'GETEX k PX 90000']],
    ['a later correction', ['SET k v', 'PEXPIRE k 90000']],
    ['what keeps the TTL', ['SET k v PX 90000', 'SET k w KEEPTTL', 'GETEX k', 'APPEND k x']],
    ['one in Lua', [`EVAL "redis.call('SET', KEYS[1], 'v') redis.call('PEXPIRE', KEYS[1], 90000)" 1 k`]],
    ['one in a transaction', ['MULTI', 'SET k v', 'PEXPIRE k 90000', 'EXEC']],
    ['one that is renamed into place', ['SET draft v PX 90000', 'RENAME draft k']],
    ['what has gone by now', ['SET k v PX 90000', 'DEL k']],
    ['a second one that is refused', ['SET k v PX 90000', 'SET k v PX 90000 EX 300', 'EXPIRE k 300 NX']],
  ])('sees a TTL: %s', async (_, commands) => {
    expect(await judge(SHORT, commands)).toEqual({ passed: true });
  });

  it.each<[string, string[], string]>([
    ['another unit', ['SET k v EX 90000'], 'a TTL of about 25 h (90000 s)'],
    ['none', ['SET k v'], 'no TTL: the key would stay for ever'],
    ['one that is taken away', ['SET k v PX 90000', 'PERSIST k'], 'no TTL: the key would stay for ever'],
    ['a condition that does not hold', ['SET k v PX 90000 XX'], 'no command wrote it'],
    ['another database', ['SELECT 1', 'SET k v PX 90000'], 'no command wrote it'],
  ])('sees that there was no such TTL: %s', async (_, commands, actual) => {
    expect(await judge(SHORT, commands)).toMatchObject({ passed: false, actual });
  });

  it('asks for what holds whenever the key is there', async () => {
    const check = { always: { ttl: 'any' } };
    expect(await judge(check, ['SET k v EX 5', 'DEL k', 'SETEX k 5 w', 'PERSIST other'])).toEqual({
      passed: true,
    });
    expect(await judge(check, ['SET k v', 'EXPIRE k 5'])).toMatchObject({
      passed: false,
      expected: 'whenever it is there, a key that has a TTL',
      actual: 'no TTL: the key would stay for ever',
    });
    expect(await judge(check, [])).toMatchObject({ passed: false, actual: 'no command wrote it' });
  });

  it('asks for content at some step, whatever is there in the end', async () => {
    const check = { 'at-some-step': { fields: { n: '1' } } };
    expect(await judge(check, ['HSET k n 1', 'HSET k n 2'])).toEqual({ passed: true });
    expect(await judge(check, ['HSET k n 2', 'HSET k m 1'])).toEqual({
      passed: false,
      expected: 'at some time, a key that holds "n": "1"',
      actual: 'hash with 2 fields',
      commands: [
        expect.objectContaining({ command: 'HSET k n 2', effect: 'new hash with 1 field' }),
        expect.objectContaining({ command: 'HSET k m 1' }),
      ],
    });
    expect(await judge(check, [], ['HSET k n 1'])).toMatchObject({ passed: false });
  });

  it('sees what was there for a moment, and must not have been', async () => {
    const check = { never: { has: ['x'] } };
    expect(await judge(check, [])).toEqual({ passed: true });
    expect(await judge(check, ['MULTI', 'RPUSH k x', 'LPOP k', 'EXEC'])).toEqual({ passed: true });
    expect(await judge(check, ['RPUSH k x', 'LPOP k'])).toMatchObject({
      passed: false,
      expected: 'never, a key that holds "x"',
      actual: 'list with 1 item',
    });
  });

  it('cannot tell of a key that came out another way', async () => {
    const chance = `EVAL "redis.call('SET', KEYS[1], redis.call('TIME')[2])" 1 k`;
    expect(await judge({ never: { value: 'x' } }, [chance])).toMatchObject({
      passed: false,
      actual: expect.stringContaining('cannot be told'),
    });
  });
});
