import { describe, expect, it } from 'vitest';
import { judgeReplayed } from '../../testing/judge-replayed.ts';
import { useServer } from '../../testing/server.ts';

const server = useServer();

const LISTS = ['RPUSH from a b c', 'RPUSH to x'];
const MOVE = { kind: 'atomic', from: 'from', to: 'to' };
const COUNT = { kind: 'atomic', keys: ['h'], field: 'n' };
const AT_ONCE = { kind: 'one-step', prefix: 'k:', number: 3, action: 'write' };
const TTL = {
  kind: 'states',
  key: 'k',
  last: { ttl: { milliseconds: 200, tolerance: 200 } },
  'at-some-step': { ttl: { milliseconds: 300, tolerance: 100 } },
};
const CLAIM = { kind: 'atomic', key: 'k', rival: ['SET k other'] };
const GET = { kind: 'command-ran', command: 'GET', args: ['k'] };

type Case = [
  title: string,
  check: { kind: string } & Record<string, unknown>,
  setup: string[],
  commands: string[],
  passes: boolean,
];

/** Commands are those of one client; behind `2>` stands one of another. */
const CASES: Case[] = [
  ['a read', GET, ['SET k 1'], ['GET k'], true],
  ['a read that is refused', GET, ['RPUSH k 1'], ['GET k'], false],
  ['a read that finds nothing', GET, [], ['GET k', 'SET k 1'], false],
  ['a read that may find nothing', { ...GET, reply: 'any' }, [], ['GET k'], true],
  ['a read in a transaction that finds nothing', GET, [], ['MULTI', 'GET k', 'EXEC'], false],
  [
    'SETNX of a key that is there',
    { kind: 'command-ran', command: 'SETNX', args: ['k'] },
    ['SET k 1'],
    ['SETNX k 2'],
    false,
  ],

  ['MSET', AT_ONCE, [], ['MSET k:1 a k:2 b k:3 c', 'PEXPIRE k:1 10000'], true],
  [
    'three RENAMEs in a transaction',
    AT_ONCE,
    ['MSET d1 a d2 b d3 c'],
    ['MULTI', 'RENAME d1 k:1', 'RENAME d2 k:2', 'RENAME d3 k:3', 'EXEC'],
    true,
  ],
  [
    'MSET of wrong values, mended one by one',
    AT_ONCE,
    [],
    ['MSET k:1 x k:2 x k:3 x', 'SET k:1 a', 'SET k:2 b', 'SET k:3 c'],
    false,
  ],
  [
    'MSETNX that writes nothing',
    AT_ONCE,
    ['SET k:1 z'],
    ['MSETNX k:1 a k:2 b k:3 c', 'SET k:1 a', 'SET k:2 b', 'SET k:3 c'],
    false,
  ],

  ['SET with PX', TTL, [], ['SET k v PX 300'], true],
  ['COPY of a key with a TTL', TTL, [], ['SET d v PX 300', 'COPY d k'], true],
  ['SET XX of a key that is not there', TTL, [], ['SET k v XX PX 300'], false],
  ['PEXPIRE XX without a TTL', TTL, ['SET k v'], ['PEXPIRE k 300 XX'], false],
  ['SET behind it, without a TTL', TTL, [], ['SET k v PX 300', 'SET k v'], false],

  ['SET NX', CLAIM, [], ['SET k v NX EX 100'], true],
  ['SET NX that is refused, and a blind SET', CLAIM, ['SET k other'], ['SET k v NX', 'SET k v'], false],

  ['HINCRBY', COUNT, ['HSET h n 2'], ['HINCRBY h n 1'], true],
  [
    'Lua that builds the hash anew',
    COUNT,
    ['HSET h n 2'],
    [
      `EVAL "local n = redis.call('HGET', KEYS[1], 'n') redis.call('DEL', KEYS[1]) redis.call('HSETNX', KEYS[1], 'n', n + 1)" 1 h`,
    ],
    true,
  ],
  [
    'HDEL and HSETNX of what the client worked out',
    COUNT,
    ['HSET h n 2'],
    ['HGET h n', 'HDEL h n', 'HSETNX h n 3'],
    false,
  ],
  [
    'a copy that is worked on, and renamed over it',
    COUNT,
    ['HSET h n 2'],
    ['COPY h t', 'HINCRBY t n 1', 'RENAME t h'],
    false,
  ],
  [
    'HINCRBY that is refused, and HSET',
    COUNT,
    ['HSET h n 2'],
    ['HINCRBY h n 1.5', 'HGET h n', 'HSET h n 3'],
    false,
  ],

  ['LMOVE', MOVE, LISTS, ['LMOVE from to RIGHT LEFT'], true],
  [
    'LMPOP in Lua',
    MOVE,
    LISTS,
    [
      `EVAL "local taken = redis.call('LMPOP', 1, KEYS[1], 'RIGHT') redis.call('LPUSH', KEYS[2], taken[2][1])" 2 from to`,
    ],
    true,
  ],
  [
    'a look by another client than the one that watches',
    MOVE,
    LISTS,
    ['WATCH from', '2> LINDEX from -1', 'MULTI', 'RPOP from', 'LPUSH to c', 'EXEC'],
    true,
  ],
  [
    'a look before it is watched',
    MOVE,
    LISTS,
    ['LINDEX from -1', 'WATCH from', 'MULTI', 'RPOP from', 'LPUSH to c', 'EXEC'],
    false,
  ],
  [
    'a transaction that watches nothing',
    MOVE,
    LISTS,
    ['LINDEX from -1', 'MULTI', 'RPOP from', 'LPUSH to c', 'EXEC'],
    false,
  ],
  [
    'LMOVE there and back, and then two steps',
    MOVE,
    LISTS,
    ['LMOVE from to RIGHT LEFT', 'LMOVE to from LEFT RIGHT', 'RPOP from', 'LPUSH to c'],
    false,
  ],
  [
    'two steps, and Lua that only looks',
    MOVE,
    LISTS,
    ['RPOP from', 'LPUSH to c', `EVAL_RO "return redis.call('LRANGE', KEYS[1], 0, -1)" 1 from`],
    false,
  ],
  [
    'two steps, and an LMOVE of nothing',
    MOVE,
    LISTS,
    ['RPOP from', 'LPUSH to c', 'LMOVE none to LEFT LEFT'],
    false,
  ],
  [
    'Lua that only writes what it is told',
    MOVE,
    LISTS,
    [
      'LINDEX from -1',
      `EVAL "redis.call('LREM', KEYS[1], -1, ARGV[1]) redis.call('LPUSH', KEYS[2], ARGV[1])" 2 from to c`,
    ],
    false,
  ],
  ['a copy', MOVE, LISTS, ['LINDEX from -1', 'LPUSH to c'], false],
];

describe('judged by what each step changed', () => {
  it.each(CASES)('%s', async (_, check, setup, commands, passes) => {
    expect(await judgeReplayed(server, check, setup, commands)).toMatchObject({ passed: passes });
  });
});
