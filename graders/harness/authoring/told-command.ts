import type { CheckFile } from '../challenges/grader/grader-file.ts';
import { expectationsOf } from './check-expectations.ts';
import { findWords, wordsOf } from './words.ts';

/**
 * The whole command that a text tells: one that the check demands, or one of right submissions (as words). Undefined
 * for none.
 */
export function wholeCommand(
  text: string,
  check: CheckFile,
  solutions: readonly (readonly string[])[],
): string | undefined {
  const demanded = expectationsOf(check).commands.flatMap(({ names, args, whole }) =>
    whole && args.length > 0 ? names.map((name) => [...name.split(' '), ...args]) : [],
  );
  const words = wordsOf(text);
  return [...demanded, ...solutions].find((command) => findWords(words, command))?.join(' ');
}

/** The beginning of a command that a check demands, its name and its first argument, in a text; undefined for none. */
export function toldCommand(text: string, check: CheckFile): string | undefined {
  const words = wordsOf(text);
  return expectationsOf(check)
    .commands.flatMap(({ names, args: [first] }) =>
      first === undefined ? [] : names.map((name) => [...name.split(' '), first]),
    )
    .find((command) => findWords(words, command))
    ?.join(' ');
}
