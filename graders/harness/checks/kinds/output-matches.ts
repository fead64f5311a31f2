import type { CheckKind } from '../check-kind.ts';
import { PASS } from '../finding.ts';
import { describeOutput, outputOf, STREAM_PROPERTIES, type StreamParam } from '../output-text.ts';

interface OutputMatchesParams extends StreamParam {
  pattern: string;
}

export const outputMatches: CheckKind<OutputMatchesParams> = {
  kind: 'output-matches',
  description: 'A regular expression finds a match in what the script printed (flags m and u).',
  properties: {
    ...STREAM_PROPERTIES,
    pattern: { type: 'string', format: 'regex', description: 'As JavaScript writes them.' },
  },
  required: ['pattern'],
  judge(parameters, run) {
    const output = outputOf(run, parameters);
    if (new RegExp(parameters.pattern, 'mu').test(output)) return PASS;
    return {
      passed: false,
      expected: `output that matches /${parameters.pattern}/`,
      actual: describeOutput(output),
    };
  },
};
