import { describe, expect, it } from 'vitest';
import { splitArguments } from '../../valkey/notation/quoting.ts';
import { commandEffect } from './command-effects.ts';

/** What a command does to the key k. */
function effect(command: string, key = 'k'): string | null {
  const [name = '', ...args] = splitArguments(command).map(String);
  return commandEffect(name, args, key);
}

describe('commandEffect', () => {
  it.each([
    ['DEL a k', 'removed the key and its TTL'],
    ['UNLINK k', 'removed the key and its TTL'],
    ['GETDEL k', 'removed the key and its TTL'],
    ['RENAME k b', 'moved the key and its TTL to b'],
    ['RENAME b k', 'put the key b, with its TTL, in this place'],
    ['RENAMENX k b', 'moved the key and its TTL to b, if there was none'],
    ['COPY b k', 'put a copy of b in this place'],
    ['MOVE k 3', 'moved the key to database 3'],
    ['EXPIRE k 3600', 'set the TTL to 3600 s'],
    ['EXPIRE k 3600 nx', 'set the TTL to 3600 s if there was none'],
    ['EXPIRE k 0', 'removed the key: that time is past'],
    ['EXPIREAT k 3600', 'removed the key: that time is past'],
    ['PEXPIRE k 3600', 'set the TTL to 3600 ms (3.6 s)'],
    ['PEXPIRE k 3600000', 'set the TTL to 3600000 ms (3600 s)'],
    ['EXPIREAT k 1900000000', 'set the expiry to unix time 1900000000'],
    ['PEXPIREAT k 1900000000000', 'set the expiry to unix time 1900000000000 ms'],
    ['PERSIST k', 'removed the TTL'],
    ['SET k v', 'put a string there and dropped the TTL'],
    ['SET k v EX 300', 'put a string there, with a TTL of 300 s'],
    ['SET k v px 300', 'put a string there, with a TTL of 300 ms (0.3 s)'],
    ['SET k EX KEEPTTL', 'put a string there and kept the TTL'],
    ['SET k v EX 600 NX', 'put a string there if there was no key, with a TTL of 600 s'],
    ['SET k 5 IFEQ 7 EX 600', 'put a string there if it held 7, with a TTL of 600 s'],
    ['SET k v EXAT 1900000000', 'put a string there, with an expiry time'],
    ['SETEX k 60 v', 'put a string there, with a TTL of 60 s'],
    ['PSETEX k 60 v', 'put a string there, with a TTL of 60 ms (0.06 s)'],
    ['SETNX k v', 'put a string there if there was no key, without a TTL'],
    ['MSET a k k v', 'put a string there and dropped the TTL'],
    ['GETSET k v', 'put a string there and dropped the TTL'],
    ['GETEX k EX 5', 'changed the TTL'],
    ['GETEX k PERSIST', 'removed the TTL'],
    ['INCR k', 'raised the number by 1'],
    ['DECRBY k 5', 'lowered the number by 5'],
    ['INCRBYFLOAT k 0.5', 'changed the number by 0.5'],
    ['HSET k f v', 'set the field f'],
    ['HSET k f v g w', 'set 2 fields'],
    ['HSETNX k f v', 'set the field f if it was not there'],
    ['HDEL k f', 'removed the field f'],
    ['HDEL k f g', 'removed 2 fields'],
    ['HINCRBY k f -500', 'changed the field f by -500'],
    ['RPUSH k a', 'added an element'],
    ['LPUSH k a b', 'added 2 elements'],
    ['LPOP k', 'removed the leftmost element'],
    ['RPOP k 2', 'removed up to 2 elements'],
    ['RPOPLPUSH k b', 'moved its rightmost element to the left of b'],
    ['RPOPLPUSH a k', 'got the rightmost element of a on its left'],
    ['LMOVE k b left right', 'moved its leftmost element to the right of b'],
    ['LMOVE a k RIGHT LEFT', 'got the rightmost element of a on its left'],
    ['LMOVE k k LEFT RIGHT', 'moved its leftmost element to its right end'],
    ['BLMOVE k b LEFT LEFT 0', 'moved its leftmost element to the left of b'],
    ['BLPOP a k 0', 'took elements from the first of several keys that held some'],
    ['LMPOP 2 a k LEFT', 'took elements from the first of several keys that held some'],
    ['BLMPOP 0 1 k LEFT', 'took elements from the first of several keys that held some'],
    ['LREM k 0 "a b"', 'removed elements "a b"'],
    ['LTRIM k 0 4', 'removed all elements but those from 0 to 4'],
    ['LSET k 0 x', 'replaced the element at index 0'],
    ['SADD k a', 'added the member a'],
    ['SREM k a b', 'removed 2 members'],
    ['SMOVE k b m', 'moved the member m to b'],
    ['SMOVE a k m', 'got the member m of a'],
    ['SUNIONSTORE k a b', 'put a union there and dropped the TTL'],
    ['ZADD k 98.5 Vader', 'set the score of Vader to 98.5'],
    ['ZADD k XX CH 1 a 2 b', 'set 2 scores'],
    ['ZADD k INCR 3 a', 'changed the score of a by 3'],
    ['ZINCRBY k 150 laser_cannon', 'changed the score of laser_cannon by 150'],
    ['ZREM k a', 'removed the member a'],
    ['ZREMRANGEBYRANK k 0 -4', 'removed the members of rank 0 to -4'],
    ['ZREMRANGEBYSCORE k -inf (50', 'removed the members with a score from -inf to "(50"'],
    ['ZPOPMIN k', 'removed the member with the lowest score'],
    ['ZPOPMAX k 3', 'removed up to 3 members with the highest scores'],
    ['ZUNIONSTORE k 2 a b WEIGHTS 1 2', 'put a union there and dropped the TTL'],
    ['ZINTERSTORE k 2 a k', 'put an intersection there and dropped the TTL'],
    ['ZRANGESTORE k a 0 2', 'put a range there and dropped the TTL'],
    ['ZMPOP 1 k MIN', 'took elements from the first of several keys that held some'],
    ['PFADD k a b c', 'counted 3 elements'],
    ['PFMERGE k a b', 'merged 2 HyperLogLogs into it'],
    ['BITOP AND k a b', 'put a string there and dropped the TTL'],
    ['SORT a STORE k', 'put a sorted list there and dropped the TTL'],
    ['RESTORE k 0 x', 'put a dumped value in this place'],
  ])('%s', (command, expected) => {
    expect(effect(command)).toBe(expected);
  });

  it.each([
    'GET k',
    'HGETALL k',
    'TTL k',
    'EXISTS k',
    'GETEX k',
    'SORT k',
    'SET a k',
    'HSET a k v',
    'RPUSH a k',
    'MSET a k',
    'RENAME a b',
    'COPY k b',
    'ZUNIONSTORE a 1 k',
    'PFMERGE a k',
    'LMPOP 1 a LEFT COUNT k',
    'BLPOP a k',
    'EXPIRE a 1',
    'EVAL x 1 k',
    'NO-SUCH-COMMAND k',
  ])('%s does nothing to the key', (command) => {
    expect(effect(command)).toBeNull();
  });

  it('is safe to print', () => {
    expect(effect('HSET k "\\x1b[2J" v')).toBe('set the field "\\x1b[2J"');
    expect(commandEffect('HDEL', ['k', null], 'k')).toBe('removed the field …');
    expect(commandEffect('PEXPIRE', ['k', null], 'k')).toMatch(/^set the TTL to … ms/);
  });
});
