import { wordOf } from '../moments.ts';
import type { Moment, Words } from '../mutant.ts';

/** A write with a condition that does not hold at that moment; undefined where there is none, or none can be told. */
type Condition = (words: Words, moment: Moment) => Words | undefined;

/** True where the key was there, false where it was not; undefined where nobody knows. */
function wasThere({ keys, unknown }: Moment, key: string | undefined): boolean | undefined {
  return key === undefined || unknown.has(key) ? undefined : keys.has(key);
}

/** Options that a condition takes the place of. */
const CONDITION = /^(?:NX|XX|GT|LT)$/i;

const expiry: Condition = (words, moment) => {
  const key = words[1] ?? '';
  if (!wasThere(moment, key)) return undefined;
  const hasTtl = moment.keys.get(key)?.expireAt !== null;
  return [...words.slice(0, 3), hasTtl ? 'NX' : 'XX'];
};

/** An element that no list holds. */
const NOWHERE = 'nowhere';

const push =
  (name: string): Condition =>
  ([, ...rest], moment) => {
    const [key = '', element, ...others] = rest;
    const there = wasThere(moment, key);
    if (there === false) return [name, ...rest];
    const held = there ? moment.keys.get(key) : undefined;
    if (held?.type !== 'list' || element === undefined || others.length > 0) return undefined;
    const isKnown = held.items.length === held.size && !held.items.includes(NOWHERE);
    return isKnown ? ['LINSERT', key, 'BEFORE', NOWHERE, element] : undefined;
  };

const set: Condition = (words, moment) => {
  const there = wasThere(moment, words[1]);
  if (there === undefined) return undefined;
  const options = words.slice(3).filter((option) => !CONDITION.test(option));
  return ['SET', ...words.slice(1, 3), ...options, there ? 'NX' : 'XX'];
};

const setWithTtl =
  (unit: string): Condition =>
  ([, key = '', time = '', value = ''], moment) =>
    set(['SET', key, value, unit, time], moment);

const setField: Condition = ([, ...rest], moment) => {
  const [key = '', field] = rest;
  const held = wasThere(moment, key) ? moment.keys.get(key) : undefined;
  if (rest.length !== 3 || held?.type !== 'hash') return undefined;
  return held.fields.some((one) => wordOf(one.field) === field) ? ['HSETNX', ...rest] : undefined;
};

/** By the names of the commands. */
export const CONDITIONS: Record<string, Condition> = {
  SET: set,
  SETNX: set,
  SETEX: setWithTtl('EX'),
  PSETEX: setWithTtl('PX'),
  GETSET: (words, moment) => set([...words, 'GET'], moment),
  EXPIRE: expiry,
  PEXPIRE: expiry,
  EXPIREAT: expiry,
  PEXPIREAT: expiry,
  ZADD: (words, moment) => {
    const members = words.slice(3).filter((_, index) => index % 2 === 0);
    const key = words[1] ?? '';
    // With options of its own it is told apart by its error alone.
    if (Number.isNaN(Number(words[2])) || wasThere(moment, key) === undefined) return undefined;
    const held = moment.keys.get(key);
    if (held && (held.type !== 'zset' || held.members.length < held.size)) return undefined;
    const known = new Set(held?.members.map(({ member }) => wordOf(member)));
    const form = (condition: string) => [...words.slice(0, 2), condition, ...words.slice(2)];
    if (members.every((member) => known.has(member))) return form('NX');
    return members.some((member) => known.has(member)) ? undefined : form('XX');
  },
  LPUSH: push('LPUSHX'),
  RPUSH: push('RPUSHX'),
  RENAME: ([, ...keys], moment) => (wasThere(moment, keys[1]) ? ['RENAMENX', ...keys] : undefined),
  HSET: setField,
  HMSET: setField,
  COPY: (words, moment) => {
    const options = words.slice(3).map((option) => option.toUpperCase());
    const isPlain = options.length === 1 && options[0] === 'REPLACE';
    return isPlain && wasThere(moment, words[2]) ? words.slice(0, 3) : undefined;
  },
  MSET: ([, ...rest], moment) => {
    const keys = rest.filter((_, index) => index % 2 === 0);
    return keys.some((key) => wasThere(moment, key)) ? ['MSETNX', ...rest] : undefined;
  },
};
