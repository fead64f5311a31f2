import { showArgument } from '../../base/text/printable.ts';
import type { CheckFile } from '../../challenges/grader/grader-file.ts';
import { expectationsOf } from '../check-expectations.ts';
import type { LintRule } from '../lint-rule.ts';
import { mentions } from '../mentions.ts';
import { rightCommands } from '../right-commands.ts';
import { toldCommand, wholeCommand } from '../told-command.ts';

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
        const whole = wholeCommand(hint, check, solutions);
        const told = whole ? `the whole command ${whole}` : isLast ? undefined : partOfAnswer(hint, check);
        if (told === undefined) return [];
        const place = grader.place(['checks', index, 'hints', step]);
        return [
          { file: graderText.file, ...place, message: `hint ${step + 1} of ${check.id} tells ${told}` },
        ];
      }),
    );
  },
};

function partOfAnswer(hint: string, check: CheckFile): string | undefined {
  const { values, answers, seconds } = expectationsOf(check);
  const literal = [...values, ...answers, ...(seconds === null ? [] : [String(seconds)])].find(
    // What the title says is no secret.
    (text) => text.length >= TELLING_LENGTH && mentions(hint, text) && !mentions(check.title, text),
  );
  if (literal !== undefined) return `the value ${showArgument(literal)}; only the last hint may`;
  const begun = toldCommand(hint, check);
  return begun && `the command ${begun}; only the last hint may`;
}
