import type { Words } from './mutant.ts';
import { type Role, wordRoles } from './word-roles.ts';

/** Where in a list of commands a word stands, and what it is. */
export interface Place {
  command: number;
  word: number;
  text: string;
  role: Role;
}

/** The words of all commands that have one of these roles, in order. */
export function placesOf(commands: readonly Words[], ...roles: readonly Role[]): Place[] {
  return commands.flatMap((words, command) =>
    wordRoles(words)
      .map((role, word): Place => ({ command, word, text: words[word] ?? '', role }))
      .filter(({ role }) => roles.includes(role)),
  );
}

/** The commands with one of them replaced by others, or by none. */
export function replaceCommand(commands: readonly Words[], index: number, ...by: Words[]): Words[] {
  return [...commands.slice(0, index), ...by, ...commands.slice(index + 1)];
}

/** The commands with one word replaced. */
export function replaceWord(
  commands: readonly Words[],
  { command, word }: Pick<Place, 'command' | 'word'>,
  text: string,
): Words[] {
  return replaceCommand(commands, command, (commands[command] ?? []).with(word, text));
}

/** The commands with one command's words from `start` on left out, so many of them. */
export function cutWords(
  commands: readonly Words[],
  command: number,
  start: number,
  length: number,
): Words[] {
  const words = commands[command] ?? [];
  return replaceCommand(commands, command, [...words.slice(0, start), ...words.slice(start + length)]);
}

/** The name of a command, in upper case. */
export function nameOf(words: Words | undefined): string {
  return words?.[0]?.toUpperCase() ?? '';
}

/** All keys that commands name, each once. */
export function keysOf(commands: readonly Words[]): string[] {
  return [...new Set(placesOf(commands, 'key').map(({ text }) => text))];
}
