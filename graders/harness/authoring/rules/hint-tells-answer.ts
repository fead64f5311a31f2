import { showArgument } from '../../base/text/printable.ts';
import type { CheckFile } from '../../challenges/grader/grader-file.ts';
import { expectationsOf } from '../check-expectations.ts';
import type { LintRule } from '../lint-rule.ts';
import { mentions } from '../mentions.ts';
import { rightCommands } from '../right-commands.ts';
import { findWords, wordsOf } from '../words.ts';

/** Shorter values stand in many a sentence by chance. */
const TELLING_LENGTH = 3;

export const hintTellsAnswer: LintRule = {
  id: 'hint-tells-answer',
  description:
    'No hint holds a whole command of a right submission, and none but the last a value or the beginning of a command that its check demands.',
  check(challenge) {
    const { grader, graderText } = challenge;
    if (!grader) return [];
    const solutions = rightCommands(challenge);
    return grader.content.checks.flatMap((check, index) =>
      check.hints.flatMap((hint, step) => {
        const isLast = step === check.hints.length - 1;
        const told = wholeCommand(hint, check, solutions) ?? (isLast ? undefined : partOfAnswer(hint, check));
        if (told === undefined) return [];
        const place = grader.place(['checks', index, 'hints', step]);
        return [
          { file: graderText.file, ...place, message: `hint ${step + 1} of ${check.id} tells ${told}` },
        ];
      }),
    );
  },
};

function wholeCommand(
  hint: string,
  check: CheckFile,
  solutions: readonly (readonly string[])[],
): string | undefined {
  const expected = expectationsOf(check).commands.flatMap(({ names, args, whole }) =>
    whole && args.length > 0 ? names.map((name) => [...name.split(' '), ...args]) : [],
  );
  const words = wordsOf(hint);
  const found = [...expected, ...solutions].find((command) => findWords(words, command));
  return found && `the whole command ${found.join(' ')}`;
}

function partOfAnswer(hint: string, check: CheckFile): string | undefined {
  const { values, answers, seconds, commands } = expectationsOf(check);
  const literal = [...values, ...answers, ...(seconds === null ? [] : [String(seconds)])].find(
    // What the title says is no secret.
    (text) => text.length >= TELLING_LENGTH && mentions(hint, text) && !mentions(check.title, text),
  );
  if (literal !== undefined) return `the value ${showArgument(literal)}; only the last hint may`;
  const words = wordsOf(hint);
  const begun = commands
    .flatMap(({ names, args: [first] }) =>
      first === undefined ? [] : names.map((name) => [...name.split(' '), first]),
    )
    .find((command) => findWords(words, command));
  return begun && `the command ${begun.join(' ')}; only the last hint may`;
}
