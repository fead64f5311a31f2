import { describe, expect, it } from 'vitest';
import { type Original, readWords, writeLine } from '../mutant.ts';
import { MUTATORS } from './index.ts';

/** What a mutator makes of commands, a text for each mutant: its commands, joined by a bar. */
function mutantsOf(id: string, commands: string, replies: Original['replies'] = []): string[] {
  const mutator = MUTATORS.find((candidate) => candidate.id === id);
  if (!mutator) throw new Error(`there is no mutator ${id}`);
  const words = readWords(commands.replaceAll(' | ', '\n'));
  if (!words) throw new Error('the commands cannot be read');
  return mutator
    .mutate({ commands: words, replies, moments: [] })
    .map((result) => result.map(writeLine).join(' | '));
}

describe('MUTATORS', () => {
  it('have an id each', () => {
    const ids = MUTATORS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each<[string, string, string[]]>([
    ['drop-command', 'PING | DBSIZE', ['DBSIZE', 'PING']],
    ['reorder', 'PING | DBSIZE | TIME', ['DBSIZE | PING | TIME', 'PING | TIME | DBSIZE']],
    ['wrong-database', 'PING | DBSIZE', ['SELECT 1 | PING | DBSIZE', 'PING | SELECT 1 | DBSIZE']],
    ['extra-key', 'PING', ['PING | SET mutant:extra 1']],
    ['del-at-end', 'HSET k f v | HGETALL k', ['HSET k f v | HGETALL k | DEL k']],

    ['drop-field', 'HSET k a 1 b 2', ['HSET k b 2', 'HSET k a 1']],
    ['drop-field', 'HMGET k a b', ['HMGET k b', 'HMGET k a']],
    ['drop-field', 'ZADD z NX 1 a 2 b', ['ZADD z NX 2 b', 'ZADD z NX 1 a']],
    ['drop-field', 'HGET k a', []],
    ['rename-field', 'HSET k a 1', ['HSET k a_2 1']],
    ['change-value', 'HSET k a 9 b text', ['HSET k a 10 b text', 'HSET k a 9 b tex']],
    ['change-value', 'ZADD z 1.5 m', ['ZADD z 2.5 m']],
    ['change-value', 'SCAN 0 MATCH s:* COUNT 9', ['SCAN 0 MATCH s: COUNT 9', 'SCAN 0 MATCH s:* COUNT 10']],
    ['change-case', 'HSET key a 1', ['HSET Key a 1', 'HSET key A 1']],
    ['trailing-space', 'GET key', ['GET "key "']],
    ['trailing-space', `SET k '{"a":1}'`, [String.raw`SET "k " "{\"a\":1}"`]],
    [
      'json-value',
      `SET k '{"a":1,"b":["x",true]}'`,
      [
        String.raw`SET k "{\"a\":2,\"b\":[\"x\",true]}"`,
        String.raw`SET k "{\"a\":1,\"b\":[\"x_2\",true]}"`,
        String.raw`SET k "{\"a\":1,\"b\":[\"x\",false]}"`,
      ],
    ],
    ['json-number-as-text', `HSET k f '{"a":1,"b":"x"}'`, [String.raw`HSET k f "{\"a\":\"1\",\"b\":\"x\"}"`]],
    [
      'json-drop-member',
      `SET k '{"a":1,"b":2}'`,
      [String.raw`SET k "{\"b\":2}"`, String.raw`SET k "{\"a\":1}"`],
    ],
    ['json-value', 'HSET k f 1 g text', []],
    ['swap-values', 'HSET k a 1 b 2', ['HSET k a 2 b 1']],
    ['swap-values', 'HINCRBY k a 1 | HINCRBY j a 3', ['HINCRBY k a 3 | HINCRBY j a 1']],
    ['swap-values', 'HSET k a 1 | RPUSH j 3', []],
    ['wrong-key', 'SET k v | GET k', ['SET k_2 v | GET k', 'SET k v | GET k_2', 'SET k_2 v | GET k_2']],
    ['another-key', 'GET a | GET b', ['GET b | GET b', 'GET a | GET a']],
    ['another-key', 'EVAL "return 1" 2 a b c', ['EVAL "return 1" 2 b b c', 'EVAL "return 1" 2 a a c']],

    ['ttl-times-ten', 'EXPIRE k 60', ['EXPIRE k 600']],
    ['ttl-tenth', 'SET k v NX EX 60', ['SET k v NX EX 6']],
    ['ttl-unit', 'EXPIRE k 60', ['PEXPIRE k 60']],
    ['ttl-unit', 'SET k v PX 60', ['SET k v EX 60']],
    ['ttl-unit', 'SETEX k 60 v', ['PSETEX k 60 v']],
    ['ttl-none', 'SET k v EX 60 NX', ['SET k v NX']],
    ['ttl-none', 'SETEX k 60 v', ['SET k v']],
    ['ttl-none', 'PING | EXPIRE k 60', ['PING']],

    ['wrong-type', 'RPUSH k a b', ['SADD k a b']],
    ['wrong-type', 'HSET k a 1', [String.raw`SET k "[\"a\",\"1\"]"`]],
    ['extra-field', 'HGET k a', ['HGET k a | HSET k mutant_extra 1']],
    ['extra-element', 'ZADD z 1 a', ['ZADD z 1 a | ZADD z 1 mutant-extra']],
    ['extra-element', 'HGET k a', []],

    ['no-transaction', 'MULTI | INCR a | EXEC', ['INCR a']],
    ['no-transaction', 'INCR a', []],
  ])('%s: %s', (id, commands, expected) => {
    expect(mutantsOf(id, commands)).toEqual(expected);
  });

  it.each<[string, string, string[]]>([
    ['HINCRBY k a 3', '(integer) 5', ['HGET k a | HSET k a 5']],
    ['INCR k', '(integer) 5', ['GET k | SET k 5']],
    ['ZINCRBY z 2 m', '"7"', ['ZSCORE z m | ZADD z 7 m']],
    ['LMOVE a b LEFT RIGHT', '"two words"', ['LPOP a | RPUSH b "two words"']],
    ['SET k v EX 60 NX', 'OK', ['SET k v NX | EXPIRE k 60']],
    ['SET k v NX', 'OK', ['EXISTS k | SET k v']],
    ['SET k v', 'OK', []],
    ['INCR k', 'QUEUED', []],
    ['INCR k', '(error) ERR value is not an integer or out of range', []],
  ])('non-atomic: %s, which answered %s', (commands, reply, expected) => {
    expect(mutantsOf('non-atomic', commands, [reply])).toEqual(expected);
  });
});
