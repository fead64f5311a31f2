import { cutWords, nameOf, type Place, placesOf, replaceCommand, replaceWord } from '../edit.ts';
import type { Mutator, Words } from '../mutant.ts';

/** The commands and options that take seconds, and those of the same meaning that take milliseconds. */
const UNITS = [
  ['EXPIRE', 'PEXPIRE'],
  ['SETEX', 'PSETEX'],
  ['EX', 'PX'],
] as const;

/** Mistakes with times to live: too long, too short, the wrong unit, none at all. */
export const TTL_MUTATORS: readonly Mutator[] = [
  { id: 'ttl-times-ten', mutate: ({ commands }) => scaled(commands, (time) => time * 10) },
  {
    id: 'ttl-tenth',
    mutate: ({ commands }) => scaled(commands, (time) => Math.max(1, Math.floor(time / 10))),
  },
  {
    id: 'ttl-unit',
    mutate: ({ commands }) =>
      times(commands).flatMap((place) => {
        const other = otherUnit(commands, place);
        return other ? [replaceWord(commands, other.place, other.unit)] : [];
      }),
  },
  { id: 'ttl-none', mutate: ({ commands }) => times(commands).map((place) => without(commands, place)) },
];

function times(commands: readonly Words[]): Place[] {
  return placesOf(commands, 'seconds', 'milliseconds');
}

function scaled(commands: readonly Words[], scale: (time: number) => number): Words[][] {
  return times(commands)
    .filter(({ text }) => Number.isInteger(Number(text)))
    .map((place) => replaceWord(commands, place, String(scale(Number(place.text)))));
}

/** The word that says in which unit a time is, and what it would be for the other one. */
function otherUnit(commands: readonly Words[], { command, word }: Place) {
  const words = commands[command] ?? [];
  for (const index of [word - 1, 0]) {
    const text = words[index]?.toUpperCase();
    for (const [seconds, milliseconds] of UNITS) {
      if (text === seconds) return { place: { command, word: index }, unit: milliseconds };
      if (text === milliseconds) return { place: { command, word: index }, unit: seconds };
    }
  }
  return undefined;
}

function without(commands: readonly Words[], { command, word }: Place): Words[] {
  const words = commands[command] ?? [];
  const name = nameOf(words);
  if (name === 'SETEX' || name === 'PSETEX')
    return replaceCommand(commands, command, ['SET', words[1] ?? '', words[3] ?? '']);
  if (/^P?EXPIRE$/.test(name)) return replaceCommand(commands, command);
  return cutWords(commands, command, word - 1, 2);
}
