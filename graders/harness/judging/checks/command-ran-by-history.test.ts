// biome-ignore-all lint/style/noExcessiveLinesPerFile: a case for each way, of which most are one line.
import { describe, expect, it } from 'vitest';
import { judgeReplayed } from '../../testing/judge-replayed.ts';
import { useServer } from '../../testing/server.ts';

const server = useServer();

const GET = { kind: 'command-ran', command: 'GET', args: ['k'] };
const ZCARD = { kind: 'command-ran', command: 'ZCARD', args: ['z'], afterHeld: { key: 'z' } };
const WHOLE = {
  kind: 'command-ran',
  command: 'HGETALL',
  args: ['h'],
  afterHeld: { key: 'h', hasLasting: ['a', 'b', 'c'] },
};
const TTL_ASKED = { kind: 'command-ran', command: 'TTL', args: ['k'], afterHeld: { key: 'k' } };
const LEFT = {
  kind: 'command-ran',
  command: 'LRANGE',
  args: ['l', 0, -1],
  afterHeld: { key: 'l', fewer: true },
  orAnswered: { type: 'list', key: 'l', fewer: true },
};
const READ = { ...GET, orAnswered: { type: 'string', key: 'k' } };
const FIRST_TWO = {
  kind: 'command-ran',
  command: 'LRANGE',
  args: ['l', 0, 1],
  before: { command: 'LPOP' },
  orAnswered: { type: 'list', key: 'l', leftmost: 2 },
};
const BEGAN = {
  kind: 'command-ran',
  command: 'HSET',
  args: ['h'],
  options: { n: '1' },
  orHeld: { key: 'h', fields: { n: '1' } },
};
const SCORED = {
  kind: 'command-ran',
  command: 'ZADD',
  args: ['z'],
  options: { '1.5': 'a' },
  orHeld: { key: 'z', scores: { a: { number: 1.5 } } },
};
const PAID = { kind: 'command-ran', command: 'INCR', args: ['k'], transaction: true };
const TAKEN = { kind: 'command-ran', command: ['LPOP', 'LMPOP'], has: ['l'], answeredWith: 'b' };
const AHEAD = { kind: 'command-ran', command: 'NONE', orHeld: { key: 'l', first: 'b', has: ['a'] } };
const WRITTEN = { kind: 'command-ran', command: 'SET', args: ['k', 'ab'], orHeld: { key: 'k', value: 'ab' } };
const TAKEN_FOR_GOOD = { kind: 'command-ran', command: ['LPOP', 'RPOP'], args: ['l'], tookFrom: 'l' };
const NOT_SENT_AGAIN = {
  kind: 'command-not-run',
  command: 'HSET',
  args: ['h', 'n'],
  sinceHeld: { key: 'h', fields: { n: '1', m: '2' } },
  answeredWith: 0,
};
const IN_PART = { kind: 'read-in-part', key: 'z' };
const REMOVED = { kind: 'command-ran', command: 'UNLINK', has: ['k'], orRemoved: 'k' };
const LOOKED = {
  kind: 'command-ran',
  command: 'SCAN',
  before: { command: 'UNLINK' },
  beforeRemoved: { pattern: '^k' },
};
const FINAL = {
  kind: 'command-ran',
  command: ['ZREVRANGE', 'PFCOUNT'],
  args: ['k'],
  afterHeld: { key: 'k', final: true },
};
const STAYED = {
  kind: 'command-not-run',
  command: ['DEL', 'RENAME'],
  has: ['h'],
  since: { command: 'HSET', args: ['h'] },
  sinceHeld: { key: 'h', fields: { n: '1' } },
};

type Case = [
  title: string,
  check: { kind: string } & Record<string, unknown>,
  setup: string[],
  commands: string[],
  passes: boolean,
];

const CASES: Case[] = [
  ['a read once all fields are there', WHOLE, [], ['HSET h a 1 b 2', 'HSET h c 3', 'HGETALL h'], true],
  [
    'a read of what never has one of the fields',
    WHOLE,
    [],
    ['HSET h a 1 b 2', 'HGETALL h', 'HSET h d 4'],
    true,
  ],
  ['a read before the last field is there', WHOLE, [], ['HSET h a 1 b 2', 'HGETALL h', 'HSET h c 3'], false],
  [
    'a read in the transaction that makes the fields',
    WHOLE,
    [],
    ['MULTI', 'HSET h a 1 b 2 c 3', 'HGETALL h', 'EXEC'],
    true,
  ],
  [
    'a read before that in the same transaction',
    WHOLE,
    [],
    ['MULTI', 'HGETALL h', 'HSET h a 1 b 2 c 3', 'EXEC'],
    false,
  ],
  ['a question once the key is there', ZCARD, [], ['ZADD t 1 a', 'ZUNIONSTORE z 1 t', 'ZCARD z'], true],
  ['a question about a key of the set-up', ZCARD, ['ZADD z 1 a'], ['ZCARD z'], true],
  ['a question before the key is there', ZCARD, [], ['ZCARD z', 'ZADD t 1 a', 'RENAME t z'], false],
  [
    'a question in the transaction that makes the key',
    ZCARD,
    [],
    ['MULTI', 'ZADD z 1 a', 'ZCARD z', 'EXEC'],
    true,
  ],
  [
    'a question before that in the same transaction',
    ZCARD,
    [],
    ['MULTI', 'ZCARD z', 'ZADD z 1 a', 'EXEC'],
    false,
  ],
  ['what is answered with the element', TAKEN, ['RPUSH l b a'], ['LPOP l'], true],
  ['an answer of many parts', TAKEN, ['RPUSH l b a'], ['LMPOP 2 k l LEFT COUNT 2'], true],
  ['an answer in a transaction', TAKEN, ['RPUSH l b a'], ['MULTI', 'LPOP l', 'EXEC'], true],
  ['what Lua got to hear', TAKEN, ['RPUSH l b a'], [`EVAL "return redis.call('LPOP', KEYS[1])" 1 l`], true],
  ['what is answered with another element', TAKEN, ['RPUSH l a b'], ['LPOP l'], false],
  ['a write in a transaction', PAID, [], ['MULTI', 'INCR k', 'EXEC'], true],
  ['a write outside of the transaction', PAID, [], ['MULTI', 'PING', 'EXEC', 'INCR k'], false],
  ['a write in Lua, which is no transaction', PAID, [], [`EVAL "return redis.call('INCR', 'k')" 0`], false],
  [
    'a write in a transaction that is aborted',
    PAID,
    [],
    ['WATCH k', '2> SET k 1', 'MULTI', 'INCR k', 'EXEC', '2> INCR k'],
    false,
  ],
  ['a read in another database', { ...GET, db: 3 }, [], ['SELECT 3', 'SET k 1', 'GET k'], true],
  ['a read in the wrong database', { ...GET, db: 3 }, ['SET k 1'], ['GET k'], false],
  ['a read in any database', { ...GET, db: 'any' }, [], ['SELECT 3', 'SET k 1', 'GET k'], true],
  ['a question about a key that has gone', TTL_ASKED, [], ['SET k 1', 'DEL k', 'TTL k'], true],
  ['a question behind what makes no key', TTL_ASKED, [], ['DEL k', 'TTL k', 'SET k 1'], false],
  ['a question behind a key that was taken away', TTL_ASKED, [], ['RENAME k t', 'TTL k', 'SET k 1'], false],

  ['a look at what stays', FINAL, ['ZADD a 1 m'], ['ZUNIONSTORE k 1 a', 'ZREVRANGE k 0 2'], true],
  ['a look at what does not', FINAL, ['ZADD a 1 m'], ['ZADD k 1 x', 'ZREVRANGE k 0 2', 'ZADD k 2 y'], false],
  ['a look at what is written again', FINAL, [], ['ZADD k 1 x', 'ZREVRANGE k 0 2', 'ZADD k 1 x'], true],
  ['a look at what expires later', FINAL, [], ['ZADD k 1 x', 'ZREVRANGE k 0 2', 'EXPIRE k 90'], true],
  ['a look at what has gone', FINAL, [], ['ZADD k 1 x', 'ZREVRANGE k 0 2', 'DEL k'], true],
  ['a look at what the set-up left', FINAL, ['ZADD k 1 m'], ['ZREVRANGE k 0 2'], true],
  [
    'a look in the transaction that makes it',
    FINAL,
    [],
    ['ZADD k 1 x', 'MULTI', 'ZADD k 2 y', 'ZREVRANGE k 0 2', 'EXEC'],
    true,
  ],
  [
    'a look before that in the same transaction',
    FINAL,
    [],
    ['ZADD k 1 x', 'MULTI', 'ZREVRANGE k 0 2', 'ZADD k 2 y', 'EXEC'],
    false,
  ],
  ['a count of a HyperLogLog, which notes it', FINAL, ['PFADD a m n'], ['PFMERGE k a', 'PFCOUNT k'], true],

  ['what is left, read', LEFT, ['RPUSH l a b c'], ['LTRIM l 1 -1', 'LRANGE l 0 -1'], true],
  ['what is left, read too early', LEFT, ['RPUSH l a b c'], ['LRANGE l 0 -1', 'LPOP l'], false],
  ['what is left, read one by one', LEFT, ['RPUSH l a b c'], ['LPOP l', 'LINDEX l 1', 'LINDEX l 0'], true],
  ['a part of what is left', LEFT, ['RPUSH l a b c'], ['LPOP l', 'LINDEX l 0', 'LLEN l'], false],
  [
    'elements that stand in front, read one by one',
    FIRST_TWO,
    ['RPUSH l a b c'],
    ['LINDEX l 0', 'LINDEX l 1', 'LPOP l'],
    true,
  ],
  [
    'one of them read too late',
    FIRST_TWO,
    ['RPUSH l a b c'],
    ['LINDEX l 0', 'LPOP l', 'LINDEX l 0', 'LINDEX l 1'],
    false,
  ],
  ['elements that were popped', FIRST_TWO, ['RPUSH l a b c'], ['RPOP l', 'LPOP l', 'LPOP l'], false],

  ['GETRANGE', READ, ['SET k text'], ['GETRANGE k 0 -1'], true],
  ['GETRANGE in a transaction', READ, [], ['MULTI', 'SET k text', 'GETRANGE k 0 1', 'EXEC'], true],
  ['GETRANGE of nothing', READ, [], ['GETRANGE k 0 -1', 'SET k text'], false],
  ['GETRANGE of what was there before', READ, ['SET k old'], ['SET k text', 'GETRANGE k 9 9'], false],
  ['numbers about a key', READ, ['SET k 4'], ['EXISTS k', 'INCR k', 'STRLEN k'], false],
  ['GETDEL', READ, ['SET k text'], ['GETDEL k'], false],

  ['a hash that is put in place', BEGAN, [], ['HSET t n 1', 'RENAME t h', 'HSET h n 2'], true],
  ['a hash that never held that', BEGAN, [], ['HSET t n 1', 'HSET h n 2'], false],
  ['a field of that name and value in a string', BEGAN, [], ['SET h 1'], false],
  ['a score that is written otherwise', SCORED, [], ['ZADD z 1.50 a'], true],
  ['a score of two parts', SCORED, [], ['ZINCRBY z 1 a', 'ZINCRBY z 0.5 a', 'ZADD z 9 a'], true],
  ['a score of another member', SCORED, [], ['ZADD z 1.5 b 2 a'], false],
  ['the score as a field of a hash', SCORED, [], ['HSET z a 1.5'], false],
  ['an element in front', AHEAD, [], ['RPUSH t b', 'RPUSH l a', 'LMOVE t l LEFT LEFT'], true],
  ['an element behind', AHEAD, [], ['RPUSH l a b'], false],
  ['a string in two parts', WRITTEN, [], ['SET k a', 'APPEND k b', 'DEL k'], true],
  ['half of a string', WRITTEN, [], ['SET k a', 'APPEND k c'], false],

  ['EXPIREAT long ago', REMOVED, ['SET k 1'], ['EXPIREAT k 1'], true],
  ['EXPIREAT long ago, in Lua', REMOVED, ['SET k 1'], [`EVAL "redis.call('EXPIREAT', 'k', 1)" 0`], true],
  ['EXPIREAT of no key', REMOVED, [], ['EXPIREAT k 1'], false],
  ['FLUSHDB', REMOVED, ['SET k 1'], ['FLUSHDB'], false],
  ['FLUSHDB in Lua', REMOVED, ['SET k 1'], [`EVAL "redis.call('FLUSHDB')" 1 k`], false],
  ['a key that goes by another name', REMOVED, ['SET k 1'], ['RENAME k t', 'UNLINK t'], true],
  ['a key that moves elsewhere', REMOVED, ['SET k 1'], ['RENAME k t'], false],
  ['a look before keys go', LOOKED, ['SET k 1'], ['SCAN 0', 'EXPIREAT k 1'], true],
  ['a look after that', LOOKED, ['SET k 1'], ['EXPIREAT k 1', 'SCAN 0'], false],

  ['RENAME that begins it', STAYED, [], ['HSET t n 1', 'RENAME t h', 'HINCRBY h n 1'], true],
  ['an element that is taken', TAKEN_FOR_GOOD, ['RPUSH l a b'], ['LPOP l'], true],
  ['one that is put back', TAKEN_FOR_GOOD, ['RPUSH l a b'], ['RPOP l', 'RPUSH l b'], false],
  ['two, of which one is put back', TAKEN_FOR_GOOD, ['RPUSH l a b c'], ['LPOP l 2', 'LPUSH l b'], false],
  ['two at once', TAKEN_FOR_GOOD, ['RPUSH l a b c'], ['LPOP l 2'], true],
  ['one of two that are alike', TAKEN_FOR_GOOD, ['RPUSH l a a'], ['RPOP l'], true],
  [
    'one that is put back, and another',
    TAKEN_FOR_GOOD,
    ['RPUSH l a b'],
    ['RPOP l', 'LPUSH l b', 'LPOP l'],
    true,
  ],
  ['one that a transaction put there', TAKEN_FOR_GOOD, [], ['MULTI', 'RPUSH l a', 'LPOP l', 'EXEC'], true],
  ['one that Lua takes', TAKEN_FOR_GOOD, ['RPUSH l a'], [`EVAL "redis.call('LPOP', 'l')" 1 l`], true],

  ['a field that is sent again', NOT_SENT_AGAIN, ['HSET h n 1 m 2'], ['HSET h n 1'], false],
  ['a field that was never whole', NOT_SENT_AGAIN, ['HSET h n 1'], ['HSET h n 1'], true],
  ['a field behind a DEL', NOT_SENT_AGAIN, ['HSET h n 1 m 2'], ['DEL h', 'HSET h n 1'], true],
  ['a field before all are there', NOT_SENT_AGAIN, ['HSET h n 3'], ['HSET h n 1', 'HSET h m 2'], true],

  ['a stretch', IN_PART, ['ZADD z 1 a 2 b 3 c'], ['ZREVRANGE z 0 1 WITHSCORES'], true],
  ['all, counted from the end', IN_PART, ['ZADD z 1 a 2 b 3 c'], ['ZRANGE z 0 1', 'ZRANGE z -9 -1'], false],
  ['all, by a scan', IN_PART, ['ZADD z 1 a 2 b 3 c'], ['ZSCAN z 0'], false],
  ['all, in a transaction', IN_PART, ['ZADD z 1 a 2 b'], ['MULTI', 'ZRANGE z 0 -1', 'PING', 'EXEC'], false],
  ['numbers about a board', IN_PART, ['ZADD z 1 a 2 b 3 c'], ['ZCARD z', 'ZRANK z a'], false],
  [
    'what Lua picks',
    IN_PART,
    ['ZADD z 1 a 2 b'],
    [`EVAL "return {redis.call('ZRANGE', 'z', 0, -1)[1]}" 1 z`],
    true,
  ],
  [
    'all that Lua sends',
    IN_PART,
    ['ZADD z 1 a 2 b'],
    [`EVAL "return redis.call('ZRANGE', 'z', 0, -1)" 1 z`],
    false,
  ],
  [
    'all that was there, before there was more',
    IN_PART,
    ['ZADD z 1 a'],
    ['ZRANGE z 0 -1', 'ZADD z 2 b'],
    false,
  ],

  ['DEL behind that', STAYED, [], ['HSET t n 1', 'RENAME t h', 'DEL h'], false],
];

describe('commands and what is known of the keys that they are about', () => {
  it.each(CASES)('%s', async (_, check, setup, commands, passes) => {
    expect(await judgeReplayed(server, check, setup, commands)).toMatchObject({ passed: passes });
  });
});
