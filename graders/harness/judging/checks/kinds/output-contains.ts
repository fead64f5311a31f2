import { shortList } from '../../../base/text/count.ts';
import { show } from '../../../base/text/printable.ts';
import { defineKind } from '../check-kind.ts';
import { PASS } from '../finding.ts';
import { describeOutput, outputOf, STREAM } from '../output-text.ts';
import { object, oneOrMore, textOrNumber } from '../parameters.ts';

export const outputContains = defineKind({
  kind: 'output-contains',
  expects: 'output',
  description: 'The script printed all of these texts, wherever they stand.',
  parameters: object({ ...STREAM, texts: oneOrMore(textOrNumber(), { description: 'Each of these.' }) }),
  example: {
    purpose: 'For texts that must come word for word. Where they are items of a list, take output-items.',
    yaml: 'texts: [Welcome]',
    mistake: 'another word',
    seen: { stdout: 'Hello, Han\n' },
  },
  judge(parameters, run) {
    const output = outputOf(run, parameters);
    const missing = parameters.texts.map(String).filter((text) => !output.includes(text));
    if (missing.length === 0) return PASS;
    return {
      passed: false,
      expected: `output with ${shortList(missing.map((text) => show(text)))}`,
      actual: describeOutput(run, parameters),
    };
  },
});
