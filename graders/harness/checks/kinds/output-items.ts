import { shortList } from '../../text/count.ts';
import { show } from '../../text/printable.ts';
import type { CheckKind } from '../check-kind.ts';
import { PASS } from '../finding.ts';
import { hasItem } from '../has-item.ts';
import { ITEM_SOURCE_SCHEMA, type ItemSource, itemsFrom } from '../item-source.ts';
import {
  describeOutput,
  outputOf,
  STREAM_PROPERTIES,
  type StreamParam,
  withoutListNumbers,
} from '../output-text.ts';

interface OutputItemsParams extends StreamParam {
  items?: (string | number)[];
  from?: ItemSource;
  without?: (string | number)[];
  noListNumbers?: boolean;
}

export const outputItems: CheckKind<OutputItemsParams> = {
  kind: 'output-items',
  description:
    'The script printed all of these items, in any order, each as a word of its own: a list, or what the keyspace holds (after the script or before it).',
  properties: {
    ...STREAM_PROPERTIES,
    items: {
      type: 'array',
      minItems: 1,
      items: { type: ['string', 'number'] },
      description: 'Each of these.',
    },
    from: ITEM_SOURCE_SCHEMA,
    without: {
      type: 'array',
      minItems: 1,
      items: { type: ['string', 'number'] },
      description: 'Items that must not be printed.',
    },
    noListNumbers: {
      type: 'boolean',
      description:
        'The numbers before the elements of a list in the replies of a command file, `7) "han"`, are no items.',
    },
  },
  required: [],
  anyRequired: ['items', 'from', 'without'],
  judge(parameters, run) {
    const text = outputOf(run, parameters);
    const output = parameters.noListNumbers ? withoutListNumbers(text) : text;
    const listed = (parameters.items ?? []).map(String);
    const isMissing = (item: string) => !hasItem(output, item);
    const held = parameters.from ? bestPrinted(itemsFrom(parameters.from, run), isMissing) : NONE;
    const wanted = [...listed, ...held.items];
    const missing = [...listed.filter(isMissing), ...held.missing];
    const unwanted = (parameters.without ?? []).map(String).filter((item) => hasItem(output, item));
    if (missing.length === 0 && unwanted.length === 0) return PASS;
    const expected = [
      ...(wanted.length > 0
        ? [
            `output with ${shortList(
              wanted.map((item) => show(item)),
              8,
            )}`,
          ]
        : []),
      ...(unwanted.length > 0 ? [`output without ${shortList(unwanted.map((item) => show(item)))}`] : []),
    ].join('\n');
    const problems = [
      ...(missing.length > 0
        ? [
            `not printed: ${shortList(
              missing.map((item) => show(item)),
              8,
            )}`,
          ]
        : []),
      ...(unwanted.length > 0 ? [`printed as well: ${shortList(unwanted.map((item) => show(item)))}`] : []),
    ];
    return {
      passed: false,
      expected,
      actual: [...problems, `the output: ${describeOutput(text)}`].join('\n'),
    };
  },
};

/** Items of which all should have been printed, and those that were not. */
interface Held {
  items: readonly string[];
  missing: readonly string[];
}

const NONE: Held = { items: [], missing: [] };

/** Of several lists the first one that was printed whole; where none was, the first one. */
function bestPrinted(lists: Iterable<string[]>, isMissing: (item: string) => boolean): Held {
  let first: Held | undefined;
  for (const items of lists) {
    const held = { items, missing: items.filter(isMissing) };
    if (held.missing.length === 0) return held;
    first ??= held;
  }
  return first ?? NONE;
}
