import { splitArguments } from '../valkey/notation/quoting.ts';
import type { ChallengeSource } from './challenge-source.ts';
import { expectationsOf } from './check-expectations.ts';
import { commandWords } from './words.ts';

/**
 * The commands of the right command files that give something away, as words, each once: set-up that is run
 * again is known to everybody, and so is a short command that touches none of the challenge's keys.
 */
export function rightCommands({ grader, rightCommands: files }: ChallengeSource): string[][] {
  if (!grader) return [];
  const { setup = [], variants = [], checks } = grader.content;
  const known = new Set(
    [...setup, ...variants.flatMap((variant) => variant.setup)].flatMap((line) => readable(line)),
  );
  const keys = new Set(checks.flatMap((check) => expectationsOf(check).keys));
  const all = files.flatMap(({ commands }) => commands.map(({ args }) => commandWords(args)));
  const telling = all.filter(
    (words) =>
      !known.has(words.join(' ')) &&
      (words.length >= 3 || (words.length === 2 && words.some((word) => keys.has(word)))),
  );
  return [...new Map(telling.map((words) => [words.join(' '), words])).values()];
}

function readable(line: string): string[] {
  try {
    return [commandWords(splitArguments(line)).join(' ')];
  } catch {
    // Told by another rule.
    return [];
  }
}
