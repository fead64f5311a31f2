import { shortList } from '../../../base/text/count.ts';
import { show } from '../../../base/text/printable.ts';
import { defineKind } from '../check-kind.ts';
import { PASS } from '../finding.ts';
import { canLookFor, hasItem } from '../has-item.ts';
import { ITEM_SOURCE, type ItemSource, itemsFrom } from '../item-source.ts';
import { describeOutput, outputOf, STREAM, withoutCountedOff, withoutListNumbers } from '../output-text.ts';
import { atLeastOne, flag, object, oneOrMore, optional, textOrNumber } from '../parameters.ts';

export const outputItems = defineKind({
  kind: 'output-items',
  expects: 'output',
  description:
    'The script printed all of these items, in any order, each as a word of its own: a list, or what the keyspace holds (after the script or before it). A number that is to be found out does not count among many that are counted off, `seq 1 100`. Where there are so many of these, and so much output, that to look for each takes too long, none counts as printed.',
  parameters: object(
    {
      ...STREAM,
      items: optional(oneOrMore(textOrNumber(), { description: 'Each of these.' })),
      from: optional(ITEM_SOURCE),
      without: optional(oneOrMore(textOrNumber(), { description: 'Items that must not be printed.' })),
      noListNumbers: optional(
        flag({
          description:
            'The numbers before the elements of a list in the replies of a command file, `7) "han"`, are no items.',
        }),
      ),
    },
    atLeastOne('items', 'from', 'without'),
  ),
  example: {
    purpose: 'For lists and numbers that the script was to find out; `from` works out the right ones.',
    yaml: "from: { keys: 'session:', type: hash }\nwithout: ['session:count']",
    mistake: 'one of two sessions was found',
    seen: {
      before: {
        'session:han': { hash: { id: '1' } },
        'session:leia': { hash: { id: '2' } },
        'session:count': '2',
      },
      after: {
        'session:han': { hash: { id: '1' } },
        'session:leia': { hash: { id: '2' } },
        'session:count': '2',
      },
      commands: ["SCAN 0 MATCH 'session:*' COUNT 1"],
      stdout: 'session:han\n',
    },
  },
  judge(parameters, run) {
    const text = outputOf(run, parameters);
    const unlisted = parameters.noListNumbers ? withoutListNumbers(text) : text;
    const output = parameters.from && isNumber(parameters.from) ? withoutCountedOff(unlisted) : unlisted;
    const listed = (parameters.items ?? []).map(String);
    const isMissing = (item: string) => !hasItem(output, item);
    const held = parameters.from ? bestPrinted(itemsFrom(parameters.from, run), output) : NONE;
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
      ...(missing.some((item) => hasItem(unlisted, item))
        ? ['a number among many that are counted off does not count']
        : []),
      ...(canLookFor(held.items, output) ? [] : ['they are too many to be looked for in so long an output']),
    ];
    return {
      passed: false,
      expected,
      actual: [...problems, `the output: ${describeOutput(run, parameters)}`].join('\n'),
    };
  },
});

/** True where a source is a number, which a script could print beside all others. */
function isNumber(source: ItemSource): boolean {
  return ('countOnly' in source && source.countOnly === true) || 'indexOf' in source;
}

/** Items of which all should have been printed, and those that were not. */
interface Held {
  items: readonly string[];
  missing: readonly string[];
}

const NONE: Held = { items: [], missing: [] };

/** Of several lists the first one that was printed whole; where none was, the first one. */
function bestPrinted(lists: Iterable<string[]>, output: string): Held {
  let first: Held | undefined;
  for (const items of lists) {
    const isSearched = canLookFor(items, output);
    const held = { items, missing: items.filter((item) => !isSearched || !hasItem(output, item)) };
    if (held.missing.length === 0) return held;
    first ??= held;
  }
  return first ?? NONE;
}
