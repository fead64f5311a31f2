import { cutWords, keysOf, nameOf, type Place, placesOf, replaceWord } from '../edit.ts';
import type { Mutator, Words } from '../mutant.ts';
import { wordRoles } from '../word-roles.ts';
import { documentIn } from './json.ts';

/** Mistakes in single words: fields, values and keys that are missing, misspelled or in each other's place. */
export const WORD_MUTATORS: readonly Mutator[] = [
  {
    id: 'drop-field',
    mutate: ({ commands }) => fieldGroups(commands).map((group) => cutWords(commands, ...group)),
  },
  {
    id: 'rename-field',
    mutate: ({ commands }) => eachWord(commands, placesOf(commands, 'field'), (text) => `${text}_2`),
  },
  {
    id: 'change-value',
    mutate: ({ commands }) => eachWord(commands, placesOf(commands, 'value'), otherValue),
  },
  {
    id: 'change-case',
    mutate: ({ commands }) => eachWord(commands, placesOf(commands, 'key', 'field', 'value'), otherCase),
  },
  {
    id: 'trailing-space',
    mutate: ({ commands }) =>
      // White space around a document in JSON is no mistake.
      eachWord(commands, placesOf(commands, 'key', 'field', 'value'), (text) =>
        documentIn(text) ? text : `${text} `,
      ),
  },
  {
    id: 'swap-values',
    mutate: ({ commands }) => neighbours(commands).map((pair) => swap(commands, ...pair)),
  },
  {
    id: 'wrong-key',
    mutate: ({ commands }) => [
      ...eachWord(commands, placesOf(commands, 'key'), (text) => `${text}_2`),
      ...keysOf(commands).map((key) => renameKey(commands, key, `${key}_2`)),
    ],
  },
  {
    // The key of the next command in place of this one's: what copying a line and forgetting to edit it does.
    id: 'another-key',
    mutate: ({ commands }) => {
      const keys = keysOf(commands);
      return eachWord(
        commands,
        placesOf(commands, 'key'),
        (text) => keys[(keys.indexOf(text) + 1) % keys.length] ?? text,
      );
    },
  },
];

/** Changes one word at a time; a change that changes nothing is none. */
function eachWord(
  commands: readonly Words[],
  places: readonly Place[],
  change: (text: string) => string,
): Words[][] {
  return places
    .filter(({ text }) => change(text) !== text)
    .map((place) => replaceWord(commands, place, change(place.text)));
}

/** The next number, or the text without its last character. */
function otherValue(text: string): string {
  if (/^-?\d+$/.test(text)) return String(BigInt(text) + 1n);
  if (text.trim() !== '' && Number.isFinite(Number(text))) return String(Number(text) + 1);
  return text === '' ? 'x' : text.slice(0, -1);
}

/** The first letter in the other case. */
function otherCase(text: string): string {
  return text.replace(/[a-z]/i, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}

/**
 * Each field with its value, where it has one: command, first word, number of words. The last field that a
 * command has stays, for without it the command would be an error and as good as dropped.
 */
function fieldGroups(commands: readonly Words[]): [number, number, number][] {
  return commands.flatMap((words, command) => {
    const roles = wordRoles(words);
    const fields = roles.flatMap((role, index) => (role === 'field' ? [index] : []));
    if (fields.length < 2) return [];
    const score = nameOf(words) === 'ZADD';
    const pair = score || roles[(fields[0] ?? 0) + 1] === 'value';
    return fields.map((index): [number, number, number] => [
      command,
      score ? index - 1 : index,
      pair ? 2 : 1,
    ]);
  });
}

/** Values that stand next to each other, in one command or in two of the same name. */
function neighbours(commands: readonly Words[]): [Place, Place][] {
  const values = placesOf(commands, 'value');
  return values.slice(1).flatMap((second, index): [Place, Place][] => {
    const first = values[index];
    if (first === undefined || first.text === second.text) return [];
    const alike = nameOf(commands[first.command]) === nameOf(commands[second.command]);
    return alike && second.command - first.command <= 1 ? [[first, second]] : [];
  });
}

function swap(commands: readonly Words[], first: Place, second: Place): Words[] {
  return replaceWord(replaceWord(commands, first, second.text), second, first.text);
}

/** A key misspelled in every command: all is done well, in the wrong place. */
function renameKey(commands: readonly Words[], key: string, other: string): Words[] {
  return placesOf(commands, 'key')
    .filter(({ text }) => text === key)
    .reduce<Words[]>((changed, place) => replaceWord(changed, place, other), [...commands]);
}
