import { count } from '../../base/text/count.ts';
import { showArgument } from '../../base/text/printable.ts';

type Arguments = readonly (string | null)[];

/** What a command does to its first key, in words. */
type FirstKeyEffect = (args: Arguments) => string | null;
/** What a command does to one of its keys, in words; null for nothing. */
type KeyEffect = (args: Arguments, key: string) => string | null;

/**
 * What a command does to a key, in the learner's terms and safe to print; null where it changes nothing of
 * it, as far as is known here. Times without a unit are seconds.
 */
export function commandEffect(name: string, args: Arguments, key: string): string | null {
  if (args[0] === key && expiresAtOnce(name, args)) return 'removed the key: that time is past';
  if (args[0] === key && FIRST_KEY[name]) return FIRST_KEY[name](args);
  return ANY_KEY[name]?.(args, key) ?? null;
}

/** Times up to these are past for EXPIRE and its kin: no TTL at all, or a day before Valkey was there. */
const PAST: Record<string, number> = { EXPIRE: 0, PEXPIRE: 0, EXPIREAT: 1e9, PEXPIREAT: 1e12 };

/** True for an EXPIRE or the like whose time is past: the server removes the key. */
export function expiresAtOnce(name: string, [, time, condition]: Arguments): boolean {
  const past = PAST[name];
  return past !== undefined && condition === undefined && typeof time === 'string' && Number(time) <= past;
}

const pushed: FirstKeyEffect = (args) =>
  args.length === 2 ? 'added an element' : `added ${args.length - 1} elements`;
const popped =
  (what: string): FirstKeyEffect =>
  ([, number]) =>
    number === undefined ? `removed the ${what} element` : `removed up to ${word(number)} elements`;
const stored =
  (what: string): FirstKeyEffect =>
  () =>
    `put ${what} there and dropped the TTL`;
const fields =
  (verb: string): FirstKeyEffect =>
  (args) => {
    const names = args.filter((_, index) => index % 2 === 1);
    return `${verb} ${names.length === 1 ? `the field ${word(names[0])}` : `${names.length} fields`}`;
  };
const removedMembers: FirstKeyEffect = (args) => `removed ${some(args.slice(1), 'member')}`;

const FIRST_KEY: Record<string, FirstKeyEffect> = {
  MOVE: ([, db]) => `moved the key to database ${word(db)}`,
  RESTORE: () => 'put a dumped value in this place',
  EXPIRE: (args) => expiry(args, `the TTL to ${word(args[1])} s`),
  PEXPIRE: (args) => expiry(args, `the TTL to ${milliseconds(args[1])}`),
  EXPIREAT: (args) => expiry(args, `the expiry to unix time ${word(args[1])}`),
  PEXPIREAT: (args) => expiry(args, `the expiry to unix time ${word(args[1])} ms`),
  PERSIST: () => 'removed the TTL',

  SET: (args) => setEffect(args),
  SETEX: ([, seconds]) => `put a string there, with a TTL of ${word(seconds)} s`,
  PSETEX: ([, time]) => `put a string there, with a TTL of ${milliseconds(time)}`,
  SETNX: () => 'put a string there if there was no key, without a TTL',
  GETSET: stored('a string'),
  GETDEL: () => 'removed the key and its TTL',
  GETEX: ([, option]) =>
    option === undefined ? null : upper(option) === 'PERSIST' ? 'removed the TTL' : 'changed the TTL',
  APPEND: () => 'appended to the string',
  SETRANGE: () => 'overwrote a part of the string',
  SETBIT: () => 'set a bit',
  INCR: () => 'raised the number by 1',
  DECR: () => 'lowered the number by 1',
  INCRBY: ([, by]) => `changed the number by ${word(by)}`,
  INCRBYFLOAT: ([, by]) => `changed the number by ${word(by)}`,
  DECRBY: ([, by]) => `lowered the number by ${word(by)}`,

  HSET: fields('set'),
  HMSET: fields('set'),
  HSETNX: ([, field]) => `set the field ${word(field)} if it was not there`,
  HDEL: (args) => `removed ${args.length === 2 ? `the field ${word(args[1])}` : `${args.length - 1} fields`}`,
  HINCRBY: ([, field, by]) => `changed the field ${word(field)} by ${word(by)}`,
  HINCRBYFLOAT: ([, field, by]) => `changed the field ${word(field)} by ${word(by)}`,

  LPUSH: pushed,
  RPUSH: pushed,
  LPUSHX: pushed,
  RPUSHX: pushed,
  LINSERT: () => 'inserted an element',
  LSET: ([, index]) => `replaced the element at index ${word(index)}`,
  LREM: ([, , element]) => `removed elements ${word(element)}`,
  LTRIM: ([, from, to]) => `removed all elements but those from ${word(from)} to ${word(to)}`,
  LPOP: popped('leftmost'),
  RPOP: popped('rightmost'),

  SADD: (args) => `added ${some(args.slice(1), 'member')}`,
  SREM: removedMembers,
  SPOP: ([, number]) => (number === undefined ? 'removed a member' : `removed up to ${word(number)} members`),
  SINTERSTORE: stored('an intersection'),
  SUNIONSTORE: stored('a union'),
  SDIFFSTORE: stored('a difference'),

  ZADD: (args) => zaddEffect(args),
  ZINCRBY: ([, by, member]) => `changed the score of ${word(member)} by ${word(by)}`,
  ZREM: removedMembers,
  ZREMRANGEBYRANK: ([, from, to]) => `removed the members of rank ${word(from)} to ${word(to)}`,
  ZREMRANGEBYSCORE: ([, from, to]) => `removed the members with a score from ${word(from)} to ${word(to)}`,
  ZREMRANGEBYLEX: ([, from, to]) => `removed the members from ${word(from)} to ${word(to)}`,
  ZPOPMIN: ([, number = '1']) => `removed ${best(number, 'lowest')}`,
  ZPOPMAX: ([, number = '1']) => `removed ${best(number, 'highest')}`,
  ZUNIONSTORE: stored('a union'),
  ZINTERSTORE: stored('an intersection'),
  ZDIFFSTORE: stored('a difference'),
  ZRANGESTORE: stored('a range'),

  PFADD: (args) => `counted ${some(args.slice(1), 'element')}`,
  PFMERGE: (args) => `merged ${count(args.length - 1, 'HyperLogLog')} into it`,
  GEOADD: () => 'added places',
  GEOSEARCHSTORE: stored('found places'),
  XADD: () => 'added an entry',
  XDEL: () => 'removed entries',
  XTRIM: () => 'removed entries',
};

const removed: KeyEffect = (args, key) => (args.includes(key) ? 'removed the key and its TTL' : null);
const setMany =
  (condition: string): KeyEffect =>
  (args, key) =>
    args.some((arg, index) => index % 2 === 0 && arg === key)
      ? `put a string there${condition} and dropped the TTL`
      : null;
const takenFrom =
  (keys: (args: Arguments) => Arguments): KeyEffect =>
  (args, key) =>
    keys(args).includes(key) ? 'took elements from the first of several keys that held some' : null;
const counted = (args: Arguments) => args.slice(1, 1 + Number(args[0]));

const ANY_KEY: Record<string, KeyEffect> = {
  DEL: removed,
  UNLINK: removed,
  RENAME: ([from, to], key) =>
    key === from
      ? `moved the key and its TTL to ${word(to)}`
      : key === to
        ? `put the key ${word(from)}, with its TTL, in this place`
        : null,
  RENAMENX: ([from, to], key) =>
    key === from
      ? `moved the key and its TTL to ${word(to)}, if there was none`
      : key === to
        ? `put the key ${word(from)}, with its TTL, in this place, if there was none`
        : null,
  COPY: ([from, to], key) => (key === to ? `put a copy of ${word(from)} in this place` : null),
  MSET: setMany(''),
  MSETNX: setMany(', if none of the keys was there,'),
  BITOP: ([, to], key) => (key === to ? 'put a string there and dropped the TTL' : null),

  LMOVE: ([from, to, out, into], key) => moved(key, from, to, upper(out), upper(into)),
  BLMOVE: ([from, to, out, into], key) => moved(key, from, to, upper(out), upper(into)),
  RPOPLPUSH: ([from, to], key) => moved(key, from, to, 'RIGHT', 'LEFT'),
  BRPOPLPUSH: ([from, to], key) => moved(key, from, to, 'RIGHT', 'LEFT'),
  BLPOP: takenFrom((args) => args.slice(0, -1)),
  BRPOP: takenFrom((args) => args.slice(0, -1)),
  LMPOP: takenFrom(counted),
  BLMPOP: takenFrom((args) => counted(args.slice(1))),
  SMOVE: ([from, to, member], key) =>
    key === from
      ? `moved the member ${word(member)} to ${word(to)}`
      : key === to
        ? `got the member ${word(member)} of ${word(from)}`
        : null,
  BZPOPMIN: takenFrom((args) => args.slice(0, -1)),
  BZPOPMAX: takenFrom((args) => args.slice(0, -1)),
  ZMPOP: takenFrom(counted),
  BZMPOP: takenFrom((args) => counted(args.slice(1))),
  SORT: (args, key) =>
    args[args.findIndex((arg) => upper(arg) === 'STORE') + 1] === key && args[0] !== key
      ? 'put a sorted list there and dropped the TTL'
      : null,
};

function moved(
  key: string,
  from: string | null | undefined,
  to: string | null | undefined,
  out: string,
  into: string,
): string | null {
  const side = (end: string) => (end === 'LEFT' ? 'leftmost' : 'rightmost');
  const left = into === 'LEFT' ? 'left' : 'right';
  if (from === to && key === from) return `moved its ${side(out)} element to its ${left} end`;
  if (key === from) return `moved its ${side(out)} element to the ${left} of ${word(to)}`;
  return key === to ? `got the ${side(out)} element of ${word(from)} on its ${left}` : null;
}

function setEffect(args: Arguments): string {
  const options = args.slice(2).map(upper);
  const after = (option: string) => args[2 + options.indexOf(option) + 1];
  const condition = options.includes('NX')
    ? ' if there was no key'
    : options.includes('XX')
      ? ' if there was a key'
      : options.includes('IFEQ')
        ? ` if it held ${word(after('IFEQ'))}`
        : '';
  const put = `put a string there${condition}`;
  if (options.includes('KEEPTTL')) return `${put} and kept the TTL`;
  if (options.includes('EX')) return `${put}, with a TTL of ${word(after('EX'))} s`;
  if (options.includes('PX')) return `${put}, with a TTL of ${milliseconds(after('PX'))}`;
  if (options.includes('EXAT') || options.includes('PXAT')) return `${put}, with an expiry time`;
  return `${put} and dropped the TTL`;
}

function zaddEffect([, ...args]: Arguments): string {
  const options = args.filter((arg) => /^(?:NX|XX|GT|LT|CH|INCR)$/.test(upper(arg)));
  const [score, member, ...others] = args.slice(options.length);
  if (options.some((option) => upper(option) === 'INCR'))
    return `changed the score of ${word(member)} by ${word(score)}`;
  return others.length === 0
    ? `set the score of ${word(member)} to ${word(score)}`
    : `set ${others.length / 2 + 1} scores`;
}

/** On which condition EXPIRE and its kin do their work, as their option says. */
function expiry([, , option]: Arguments, what: string): string {
  const conditions: Record<string, string> = {
    NX: ' if there was none',
    XX: ' if there was one already',
    GT: ' if that was later',
    LT: ' if that was earlier',
  };
  return `set ${what}${conditions[upper(option)] ?? ''}`;
}

function best(number: string | null, which: string): string {
  return number === '1'
    ? `the member with the ${which} score`
    : `up to ${word(number)} members with the ${which} scores`;
}

function some(items: Arguments, noun: string): string {
  return items.length === 1 ? `the ${noun} ${word(items[0])}` : count(items.length, noun);
}

function milliseconds(text: string | null | undefined): string {
  const number = Number(text);
  return Number.isFinite(number) ? `${word(text)} ms (${number / 1000} s)` : `${word(text)} ms`;
}

function upper(text: string | null | undefined): string {
  return text?.toUpperCase() ?? '';
}

function word(argument: string | null | undefined): string {
  return typeof argument === 'string' ? showArgument(argument) : '…';
}
