import { shortList } from '../../text/count.ts';
import { show } from '../../text/printable.ts';
import type { CheckKind } from '../check-kind.ts';
import { PASS } from '../finding.ts';
import { describeOutput, outputOf, STREAM_PROPERTIES, type StreamParam } from '../output-text.ts';

interface OutputContainsParams extends StreamParam {
  texts: (string | number)[];
}

export const outputContains: CheckKind<OutputContainsParams> = {
  kind: 'output-contains',
  description: 'The script printed all of these texts, wherever they stand.',
  properties: {
    ...STREAM_PROPERTIES,
    texts: {
      type: 'array',
      minItems: 1,
      items: { type: ['string', 'number'] },
      description: 'Each of these.',
    },
  },
  required: ['texts'],
  judge(parameters, run) {
    const output = outputOf(run, parameters);
    const missing = parameters.texts.map(String).filter((text) => !output.includes(text));
    if (missing.length === 0) return PASS;
    return {
      passed: false,
      expected: `output with ${shortList(missing.map((text) => show(text)))}`,
      actual: describeOutput(output),
    };
  },
};
