import { describe, expect, it } from 'vitest';
import { splitArguments } from '../../valkey/notation/quoting.ts';
import { wordRoles } from './word-roles.ts';

const LETTERS = { plain: '.', key: 'k', field: 'f', value: 'v', seconds: 's', milliseconds: 'm' };

describe('wordRoles', () => {
  it.each([
    ['HSET k a 1 b 2', '.kfvfv'],
    ['hmget k a b', '.kff'],
    ['SET k v NX EX 60', '.kv..s'],
    ['PEXPIRE k 60 NX', '.km.'],
    ['ZADD z GT CH 1 a 2 b', '.k..vfvf'],
    ['PFADD h a b', '.kff'],
    ['PFMERGE to a b', '.kkk'],
    ['PFCOUNT a b', '.kk'],
    ['MSET a 1 b 2', '.kvkv'],
    ['SCAN 0 MATCH s:* TYPE hash', '...v.v'],
    ['LMOVE a b LEFT RIGHT', '.kk..'],
    ['BLPOP a b 5', '.kk.'],
    ['LMPOP 2 a b LEFT COUNT 3', '..kk..v'],
    ['EVAL "return 1" 2 a b x y', '...kkvv'],
    ['EVAL "return 1" 0', '...'],
    ['EVAL "return 1" many', '...'],
    ['ZUNIONSTORE to 2 a b', '.k.kk'],
    ['ZUNIONSTORE to 2 a b WEIGHTS 1 -2 AGGREGATE MAX', '.k.kk.vv..'],
    ['SORT k BY w_* LIMIT 0 2 GET # GET o_* DESC ALPHA STORE to', '.k.v.vv.v.v...k'],
    ['SET k v GET EX 60', '.kv..s'],
    ['MULTI', '.'],
    ['SELECT 1', '..'],
    ['RPUSH l a b', '.kvv'],
    ['HLEN k', '.k'],
    ['HSET', '.'],
  ])('%s', (line, expected) => {
    const words = splitArguments(line).map((word) => word.toString('latin1'));
    expect(
      wordRoles(words)
        .map((role) => LETTERS[role])
        .join(''),
    ).toBe(expected);
  });
});
