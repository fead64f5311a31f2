import { keysOf, nameOf, replaceCommand } from '../edit.ts';
import type { Mutator, Words } from '../mutant.ts';

/** How the same data is written to a key of another type. */
const OTHER_TYPE: Record<string, (key: string, rest: Words) => Words> = {
  HSET: (key, rest) => ['SET', key, JSON.stringify(rest)],
  HMSET: (key, rest) => ['SET', key, JSON.stringify(rest)],
  SET: (key, [value = '']) => ['RPUSH', key, value],
  RPUSH: (key, rest) => ['SADD', key, ...rest],
  LPUSH: (key, rest) => ['SADD', key, ...rest],
  SADD: (key, rest) => ['RPUSH', key, ...rest],
  ZADD: (key, rest) => ['HSET', key, ...rest],
  PFADD: (key, rest) => ['SADD', key, ...rest],
  INCR: (key) => ['HINCRBY', key, 'value', '1'],
};

/** Commands that tell the type of their key, and how something more is put there. */
const EXTRA: readonly [
  commands: RegExp,
  id: 'extra-field' | 'extra-element',
  more: (key: string) => Words,
][] = [
  [/^H(?!ELLO)/, 'extra-field', (key) => ['HSET', key, 'mutant_extra', '1']],
  [
    /^(?:[LR](?:PUSH|POP|RANGE|LEN|MOVE|INDEX|REM|TRIM)X?|LPOS)/,
    'extra-element',
    (key) => ['RPUSH', key, 'mutant-extra'],
  ],
  [
    /^S(?:ADD|REM|MEMBERS|CARD|ISMEMBER|POP|RANDMEMBER)/,
    'extra-element',
    (key) => ['SADD', key, 'mutant-extra'],
  ],
  [/^Z/, 'extra-element', (key) => ['ZADD', key, '1', 'mutant-extra']],
  [/^PF/, 'extra-element', (key) => ['PFADD', key, 'mutant-extra']],
  [/^(?:SET|GET|INCR|DECR|APPEND)/, 'extra-element', (key) => ['APPEND', key, '0']],
];

/** Mistakes about what a key holds: another type, or more than was asked for. */
export const TYPE_MUTATORS: readonly Mutator[] = [
  {
    id: 'wrong-type',
    mutate: ({ commands }) =>
      commands.flatMap((words, index) => {
        const [, key, ...rest] = words;
        const other = OTHER_TYPE[nameOf(words)];
        return other && key !== undefined ? [replaceCommand(commands, index, other(key, rest))] : [];
      }),
  },
  { id: 'extra-field', mutate: ({ commands }) => extra(commands, 'extra-field') },
  { id: 'extra-element', mutate: ({ commands }) => extra(commands, 'extra-element') },
];

/** At the end, for each key of a type that can be told. */
function extra(commands: readonly Words[], wanted: 'extra-field' | 'extra-element'): Words[][] {
  return keysOf(commands).flatMap((key) => {
    const names = commands.filter((words) => words[1] === key).map(nameOf);
    const found = EXTRA.find(([pattern]) => names.some((name) => pattern.test(name)));
    return found && found[1] === wanted ? [[...commands, found[2](key)]] : [];
  });
}
