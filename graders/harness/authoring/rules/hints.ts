import type { LintRule } from '../lint-rule.ts';

export const hints: LintRule = {
  id: 'hints',
  description: 'Every check has at least two hints, so that the first one can be a nudge.',
  check: ({ grader, graderText: { file } }) =>
    (grader?.content.checks ?? []).flatMap((check, index) =>
      check.hints.length >= 2 || !grader
        ? []
        : [
            {
              file,
              ...grader.place(['checks', index, 'hints']),
              message: `the check ${check.id} has one hint: give two steps at least, from a nudge to nearly the answer`,
            },
          ],
    ),
};
