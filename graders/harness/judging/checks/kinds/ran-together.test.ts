import { describe, expect, it } from 'vitest';
import { judgeReplayed } from '../../../testing/judge-replayed.ts';
import { useServer } from '../../../testing/server.ts';

const server = useServer();

const SETUP = ['SET stock 5'];

const COMMANDS = [
  { command: ['DECRBY', 'DECR'], args: ['stock'] },
  { command: ['RPUSH', 'LPUSH'], args: ['orders'] },
];

const judge = (commands: string[], check: object = {}) =>
  judgeReplayed(server, { kind: 'ran-together', commands: COMMANDS, ...check }, SETUP, commands);

const MULTI = ['MULTI', 'DECRBY stock 2', 'GET stock', 'RPUSH orders a', 'EXEC'];
const LUA = [`EVAL "redis.call('RPUSH', 'orders', 'a') redis.call('DECRBY', 'stock', 2)" 0`];

describe('ran-together', () => {
  it.each<[string, string[], object?]>([
    ['a transaction', MULTI],
    ['a Lua script', LUA],
    ['a transaction behind a vain attempt', ['DECRBY stock 1', ...MULTI]],
    ['a transaction under WATCH', ['WATCH stock', ...MULTI]],
    ['a transaction, where it must be one', MULTI, { within: 'transaction' }],
    ['a Lua script, where it must be one', LUA, { within: 'script' }],
    ['a Lua script in a transaction', ['MULTI', ...LUA, 'EXEC'], { within: 'transaction' }],
    ['another database', ['SELECT 1', 'SET stock 9', ...MULTI], { db: 1 }],
  ])('sees %s', async (_, commands, check) => {
    expect(await judge(commands, check)).toEqual({ passed: true });
  });

  const BOTH = 'DECRBY or DECR stock; RPUSH or LPUSH orders';

  it.each<[string, string[], object | undefined, string, string]>([
    [
      'commands one by one',
      ['DECR stock', 'LPUSH orders a'],
      undefined,
      `in one transaction or one Lua script: ${BOTH}`,
      'each ran by itself: others could come in between',
    ],
    [
      'two transactions',
      ['MULTI', 'DECR stock', 'EXEC', 'MULTI', 'RPUSH orders a', 'EXEC'],
      { within: 'transaction' },
      `in one transaction: ${BOTH}`,
      'each ran by itself: others could come in between',
    ],
    [
      'a Lua script',
      LUA,
      { within: 'transaction' },
      `in one transaction: ${BOTH}`,
      'they ran in one Lua script',
    ],
    [
      'a transaction',
      MULTI,
      { within: 'script' },
      `in one Lua script: ${BOTH}`,
      'they ran in one transaction',
    ],
    [
      'one that was never sent',
      ['MULTI', 'DECR stock', 'EXEC'],
      undefined,
      'RPUSH or LPUSH orders',
      'no such command ran',
    ],
    [
      'a transaction that was aborted',
      ['WATCH stock', '2> SET stock 9', ...MULTI],
      undefined,
      'DECRBY or DECR stock',
      'the transaction was aborted: a key that it watched had changed',
    ],
    [
      'one that was refused',
      ['SET orders text', ...MULTI],
      undefined,
      'RPUSH or LPUSH orders',
      'the server refused it: WRONGTYPE Operation against a key holding the wrong kind of value',
    ],
    [
      'another database',
      ['SELECT 1', ...MULTI],
      undefined,
      'DECRBY or DECR stock',
      'it ran, but in database 1',
    ],
  ])('sees that there was no such thing: %s', async (_, commands, check, expected, actual) => {
    expect(await judge(commands, check)).toMatchObject({ passed: false, expected, actual });
  });

  it('asks for a command of its own for each pattern', async () => {
    const push = { command: 'RPUSH', args: ['orders'] };
    const three = { commands: [push, push, COMMANDS[0]] };
    expect(await judge(['MULTI', 'RPUSH orders a', 'RPUSH orders b', 'DECR stock', 'EXEC'], three)).toEqual({
      passed: true,
    });
    expect(
      await judge(['MULTI', 'RPUSH orders a', 'DECR stock', 'EXEC', 'RPUSH orders b'], three),
    ).toMatchObject({
      passed: false,
      actual: 'no more than 2 of the 3 ran together',
      commands: [{ command: 'RPUSH orders a' }, { command: 'RPUSH orders a' }, { command: 'DECR stock' }],
    });
  });

  it('names no command that was not sent before hints were taken', async () => {
    expect(await judge(['DECR stock'])).toMatchObject({ beforeHints: 'a command that writes orders' });
  });
});
