import { defineKind } from '../check-kind.ts';
import { PASS } from '../finding.ts';
import { matchesLine } from '../grader-pattern.ts';
import { describeOutput, outputOf, STREAM } from '../output-text.ts';
import { object, text } from '../parameters.ts';

export const outputMatches = defineKind({
  kind: 'output-matches',
  expects: 'output',
  description:
    'A regular expression finds a match in a line of what the script printed (flag u). None is found in a line of more than 16384 characters.',
  parameters: object({
    ...STREAM,
    pattern: text({ format: 'regex', description: 'As JavaScript writes them.' }),
  }),
  example: {
    purpose: 'For output whose form is told and whose content is free.',
    yaml: "pattern: '^total: [0-9]+$'",
    mistake: 'another form',
    seen: { stdout: 'total = 12\n' },
  },
  judge(parameters, run) {
    const output = outputOf(run, parameters);
    if (matchesLine(parameters.pattern, output)) return PASS;
    return {
      passed: false,
      expected: `output that matches /${parameters.pattern}/`,
      actual: describeOutput(run, parameters),
    };
  },
});
