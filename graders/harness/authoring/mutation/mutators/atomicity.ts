import { splitArguments } from '../../../valkey/notation/quoting.ts';
import { nameOf, replaceCommand } from '../edit.ts';
import type { Mutator, Words } from '../mutant.ts';

/** What a command that reads and writes in one step comes to in two: `result` is what it answered. */
type Rewrite = (args: Words, result: string) => Words[] | undefined;

const counter: Rewrite = ([key = ''], result) => [
  ['GET', key],
  ['SET', key, result],
];
const hashCounter: Rewrite = ([key = '', field = ''], result) => [
  ['HGET', key, field],
  ['HSET', key, field, result],
];

const REWRITES: Record<string, Rewrite> = {
  INCR: counter,
  INCRBY: counter,
  INCRBYFLOAT: counter,
  DECR: counter,
  DECRBY: counter,
  HINCRBY: hashCounter,
  HINCRBYFLOAT: hashCounter,
  ZINCRBY: ([key = '', , member = ''], result) => [
    ['ZSCORE', key, member],
    ['ZADD', key, result, member],
  ],
  RPOPLPUSH: ([from = '', to = ''], result) => [
    ['RPOP', from],
    ['LPUSH', to, result],
  ],
  LMOVE: ([from = '', to = '', out, into], result) => [
    [out?.toUpperCase() === 'LEFT' ? 'LPOP' : 'RPOP', from],
    [into?.toUpperCase() === 'LEFT' ? 'LPUSH' : 'RPUSH', to, result],
  ],
  SMOVE: ([from = '', to = '', member = '']) => [
    ['SREM', from, member],
    ['SADD', to, member],
  ],
  SETEX: ([key = '', seconds = '', value = '']) => [
    ['SET', key, value],
    ['EXPIRE', key, seconds],
  ],
  PSETEX: ([key = '', time = '', value = '']) => [
    ['SET', key, value],
    ['PEXPIRE', key, time],
  ],
  SET: (args) => setInTwo(args),
  GETDEL: ([key = '']) => [
    ['GET', key],
    ['DEL', key],
  ],
  GETSET: ([key = '', value = '']) => [
    ['GET', key],
    ['SET', key, value],
  ],
  RENAME: ([from = '', to = '']) => [
    ['COPY', from, to, 'REPLACE'],
    ['DEL', from],
  ],
};

/** Mistakes that only show where others work on the same data: one step made two, a transaction undone. */
export const ATOMICITY_MUTATORS: readonly Mutator[] = [
  {
    id: 'non-atomic',
    mutate: ({ commands, replies }) =>
      commands.flatMap((words, index) => {
        const result = scalar(replies[index]);
        const rewrite = REWRITES[nameOf(words)];
        const steps = result === undefined ? undefined : rewrite?.(words.slice(1), result);
        return steps ? [replaceCommand(commands, index, ...steps)] : [];
      }),
  },
  {
    id: 'no-transaction',
    mutate: ({ commands }) => {
      const rest = commands.filter((words) => !/^(?:MULTI|EXEC|WATCH|UNWATCH)$/.test(nameOf(words)));
      return rest.length === commands.length ? [] : [rest];
    },
  },
];

/** A SET with a condition or an expiry, as SET and a second command. */
function setInTwo([key = '', value = '', ...options]: Words): Words[] | undefined {
  const upper = options.map((option) => option.toUpperCase());
  const expiry = upper.findIndex((option) => option === 'EX' || option === 'PX');
  const time = options[expiry + 1];
  if (expiry >= 0 && time !== undefined) {
    const others = [...options.slice(0, expiry), ...options.slice(expiry + 2)];
    const command = upper[expiry] === 'EX' ? 'EXPIRE' : 'PEXPIRE';
    return [
      ['SET', key, value, ...others],
      [command, key, time],
    ];
  }
  return upper.includes('NX')
    ? [
        ['EXISTS', key],
        ['SET', key, value],
      ]
    : undefined;
}

/** The number or text that a reply is; undefined where it is something else, such as QUEUED, a list or an error. */
function scalar(reply: string | undefined): string | undefined {
  const number = /^\((?:integer|double)\) (.*)$/.exec(reply ?? '')?.[1];
  if (number !== undefined) return number;
  if (reply === 'OK') return reply;
  return reply?.startsWith('"') ? splitArguments(reply)[0]?.toString('latin1') : undefined;
}
