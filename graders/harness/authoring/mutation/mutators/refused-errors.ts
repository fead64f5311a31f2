import { nameOf } from '../edit.ts';
import type { Moment, Words } from '../mutant.ts';

/** Stands where the server wants a number, an option or nothing at all. */
const WRONG = 'wrong';

/**
 * Commands that take one more word and refuse it once they run: it is no option of theirs, or half of a pair. All
 * that was asked for stands before it.
 */
const TAKES_MORE = new Set(
  [
    'MSET HSET HMSET ZADD EXPIRE PEXPIRE EXPIREAT PEXPIREAT GETEX COPY SORT LPOP RPOP SPOP ZPOPMIN ZPOPMAX LMPOP ZMPOP',
    'BLMPOP BZMPOP ZUNIONSTORE ZINTERSTORE ZDIFFSTORE ZRANGESTORE GEOADD XADD FLUSHDB FLUSHALL',
  ]
    .join(' ')
    .split(' '),
);

/**
 * Commands that do not run with a word too many, or take it for one more key or element: which of their words is to be
 * no number or no option.
 */
const WRONG_WORD: Record<string, number> = {
  SETEX: 2,
  PSETEX: 2,
  SETRANGE: 2,
  SETBIT: 2,
  BITOP: 1,
  INCRBY: 2,
  DECRBY: 2,
  INCRBYFLOAT: 2,
  HINCRBY: 3,
  HINCRBYFLOAT: 3,
  ZINCRBY: 2,
  ZREMRANGEBYSCORE: -1,
  ZREMRANGEBYRANK: -1,
  ZREMRANGEBYLEX: -1,
  LTRIM: -1,
  LREM: 2,
  LSET: 2,
  LINSERT: 2,
  LMOVE: -1,
  BLMOVE: -1,
  BLPOP: -1,
  BRPOP: -1,
  BRPOPLPUSH: -1,
  BZPOPMIN: -1,
  BZPOPMAX: -1,
};

/** Commands that take a key and nothing else, and what takes a number behind it and does the same. */
const TAKES_NUMBER: Record<string, string> = { INCR: 'INCRBY', DECR: 'DECRBY' };

/** What may run a script that writes nothing: the first write in it is refused. */
const READ_ONLY: Record<string, string> = {
  EVAL: 'EVAL_RO',
  EVALSHA: 'EVALSHA_RO',
  FCALL: 'FCALL_RO',
};

/** Commands that can only be refused for the type of a key, that type, and which word is to name another one. */
const TYPED: readonly [names: RegExp, type: string, word: (words: Words) => number][] = [
  [/^(?:APPEND|GETSET|GETDEL|PFADD)$/, 'string', () => 1],
  [/^[LR]PUSHX?$/, 'list', () => 1],
  [/^RPOPLPUSH$/, 'list', () => 2],
  [/^HDEL$|^HSETNX$/, 'hash', () => 1],
  [/^S(?:ADD|REM)$/, 'set', () => 1],
  [/^SMOVE$/, 'set', () => 2],
  [/^ZREM$/, 'zset', () => 1],
  // One more source: those that were asked for stay.
  [/^PFMERGE$/, 'string', ({ length }) => length],
  [/^S(?:UNION|INTER|DIFF)STORE$/, 'set', ({ length }) => length],
];

/** The write as one that the server runs and answers with an error; undefined where no such form is known. */
export function refusedWithError(words: Words, moment: Moment): Words | undefined {
  const name = nameOf(words);
  // Options that shut each other out.
  if (name === 'SET') return [...words, 'NX', 'XX'];
  if (TAKES_MORE.has(name)) return [...words, WRONG];
  const withNumber = TAKES_NUMBER[name];
  if (withNumber !== undefined) return [withNumber, ...words.slice(1), WRONG];
  const readOnly = READ_ONLY[name];
  if (readOnly !== undefined) return [readOnly, ...words.slice(1)];
  const wrong = WRONG_WORD[name];
  return wrong === undefined ? ofAnotherType(name, words, moment) : words.with(wrong, WRONG);
}

/** Names a key of another type, where there is one. */
function ofAnotherType(name: string, words: Words, { keys, unknown }: Moment): Words | undefined {
  const typed = TYPED.find(([names]) => names.test(name));
  const key = [...keys].find(([key, { type }]) => type !== typed?.[1] && !unknown.has(key))?.[0];
  if (!typed || key === undefined) return undefined;
  const word = typed[2](words);
  return [...words.slice(0, word), key, ...words.slice(word + 1)];
}
