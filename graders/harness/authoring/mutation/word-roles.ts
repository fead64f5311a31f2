import type { Words } from './mutant.ts';

/** What a word of a command is to the server. `plain`: nothing that a mutator knows how to get wrong. */
export type Role = 'plain' | 'key' | 'field' | 'value' | 'seconds' | 'milliseconds';

/**
 * The words behind the name of each command: roles in order, those in parentheses repeated, `counted` for a
 * number and so many keys, and `options` for options in any order. Members of sorted sets are fields: scores
 * are what they hold. Elements of a HyperLogLog are fields that hold nothing.
 * Source: the command reference of Valkey 8.1.
 */
const GRAMMAR: Record<string, string> = {
  HSET: 'key (field value)',
  HMSET: 'key (field value)',
  HSETNX: 'key field value',
  HINCRBY: 'key field value',
  HINCRBYFLOAT: 'key field value',
  HGET: 'key field',
  HEXISTS: 'key field',
  HSTRLEN: 'key field',
  HMGET: 'key (field)',
  HDEL: 'key (field)',
  HSCAN: 'key plain options',

  EXPIRE: 'key seconds options',
  PEXPIRE: 'key milliseconds options',
  SET: 'key value options',
  SETEX: 'key seconds value',
  PSETEX: 'key milliseconds value',
  GETEX: 'key options',
  MSET: '(key value)',
  MSETNX: '(key value)',
  MGET: '(key)',

  LINSERT: 'key plain value value',
  LMOVE: 'key key plain plain',
  BLMOVE: 'key key plain plain plain',
  RPOPLPUSH: 'key key',
  BRPOPLPUSH: 'key key plain',
  LPOS: 'key value options',
  BLPOP: '(key) plain',
  BRPOP: '(key) plain',
  BZPOPMIN: '(key) plain',
  BZPOPMAX: '(key) plain',

  ZADD: 'key options (value field)',
  ZINCRBY: 'key value field',
  ZSCORE: 'key field',
  ZMSCORE: 'key (field)',
  ZRANK: 'key field options',
  ZREVRANK: 'key field options',
  ZREM: 'key (field)',
  ZRANGE: 'key value value options',
  ZREVRANGE: 'key value value options',
  ZRANGEBYSCORE: 'key value value options',
  ZREVRANGEBYSCORE: 'key value value options',

  PFADD: 'key (field)',
  PFCOUNT: '(key)',
  PFMERGE: '(key)',
  BITOP: 'plain (key)',

  DEL: '(key)',
  UNLINK: '(key)',
  EXISTS: '(key)',
  TOUCH: '(key)',
  WATCH: '(key)',
  RENAME: 'key key',
  RENAMENX: 'key key',
  COPY: 'key key options',
  SCAN: 'plain options',
  KEYS: 'value',
  SORT: 'key options',
  SORT_RO: 'key options',
  PUBLISH: 'value value',

  EVAL: 'plain counted (value)',
  EVAL_RO: 'plain counted (value)',
  EVALSHA: 'plain counted (value)',
  EVALSHA_RO: 'plain counted (value)',
  FCALL: 'plain counted (value)',
  FCALL_RO: 'plain counted (value)',
  ZUNION: 'counted options',
  ZINTER: 'counted options',
  ZDIFF: 'counted options',
  SINTERCARD: 'counted options',
  ZUNIONSTORE: 'key counted options',
  ZINTERSTORE: 'key counted options',
  ZDIFFSTORE: 'key counted',
  LMPOP: 'counted plain options',
  ZMPOP: 'counted plain options',
  BLMPOP: 'plain counted plain options',
  BZMPOP: 'plain counted plain options',
};

/** Commands whose words mean nothing to mutators. */
const PLAIN = new Set(
  'MULTI EXEC DISCARD UNWATCH SELECT FLUSHDB FLUSHALL DBSIZE PING ECHO TIME INFO WAIT FUNCTION SCRIPT CLIENT HELLO'.split(
    ' ',
  ),
);

/** Options that have a value, and what that value is. */
const OPTION_VALUES: Record<string, Role> = {
  EX: 'seconds',
  PX: 'milliseconds',
  EXAT: 'plain',
  PXAT: 'plain',
  MATCH: 'value',
  COUNT: 'value',
  TYPE: 'value',
  RANK: 'value',
  MAXLEN: 'value',
  AGGREGATE: 'plain',
  BY: 'value',
  STORE: 'key',
};
const FLAGS =
  /^(?:NX|XX|GT|LT|CH|INCR|GET|KEEPTTL|PERSIST|WITHSCORES?|REV|BYSCORE|BYLEX|ASC|DESC|ALPHA|REPLACE|NOVALUES)$/i;

/** The role of each word of a command, its name among them. */
export function wordRoles(words: Words): Role[] {
  const name = words[0]?.toUpperCase() ?? '';
  if (PLAIN.has(name)) return words.map(() => 'plain');
  // Most commands take a key, then values.
  return new RoleReader(words).read((GRAMMAR[name] ?? 'key (value)').split(/ (?![^(]*\))/));
}

class RoleReader {
  readonly #words: Words;
  readonly #roles: Role[] = ['plain'];

  constructor(words: Words) {
    this.#words = words;
  }

  read(grammar: readonly string[]): Role[] {
    for (const [index, part] of grammar.entries()) {
      if (part === 'options') this.#readOptions();
      else if (part === 'counted') this.#readCounted();
      else if (part.startsWith('('))
        this.#repeat(part.slice(1, -1).split(' ') as Role[], grammar.length - index - 1);
      else this.#roles.push(part as Role);
    }
    return this.#words.map((_, index) => this.#roles[index] ?? 'plain');
  }

  #readCounted(): void {
    const keys = Number(this.#words[this.#roles.length]);
    this.#roles.push('plain');
    const end = Math.min(this.#roles.length + keys, this.#words.length);
    while (this.#roles.length < end) this.#roles.push('key');
  }

  /** In place of a flag, GET has a pattern behind it here. */
  get #isSort(): boolean {
    return /^SORT(?:_RO)?$/i.test(this.#words[0] ?? '');
  }

  /** An option, and as many numbers as there are behind it. */
  #readNumbers(): void {
    this.#roles.push('plain');
    while (/^[-+.\d]/.test(this.#words[this.#roles.length] ?? '')) this.#roles.push('value');
  }

  /** To the end, but for so many words. */
  #repeat(group: readonly Role[], left: number): void {
    while (this.#roles.length < this.#words.length - left) this.#roles.push(...group);
  }

  #readOptions(): void {
    for (;;) {
      const word = this.#words[this.#roles.length]?.toUpperCase();
      if (word === undefined) return;
      const value = OPTION_VALUES[word];
      if (value !== undefined) this.#roles.push('plain', value);
      else if (word === 'GET' && this.#isSort) this.#roles.push('plain', 'value');
      else if (word === 'WEIGHTS') this.#readNumbers();
      else if (FLAGS.test(word)) this.#roles.push('plain');
      else if (word === 'LIMIT') this.#roles.push('plain', 'value', 'value');
      else return;
    }
  }
}
