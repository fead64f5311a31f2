import { show } from '../../../base/text/printable.ts';
import { defineKind } from '../check-kind.ts';
import { changesOf } from '../effects.ts';
import { PASS } from '../finding.ts';
import { isFailure, KEY, keyOfType } from '../key-param.ts';
import { numbered } from '../list-text.ts';
import { describeMatcher, matcher, mismatch } from '../matcher.ts';
import { object, oneOrMore } from '../parameters.ts';

export const listItems = defineKind({
  kind: 'list-items',
  description: 'The list holds exactly these elements, from left to right.',
  parameters: object({ ...KEY, items: oneOrMore(matcher(), { description: 'What each element must be.' }) }),
  example: {
    purpose: 'For a list whose elements and order are known.',
    yaml: 'key: missions:standard\nitems: [patrol, escort, supply]',
    mistake: 'pushed on the other end',
    seen: {
      after: { 'missions:standard': { list: ['supply', 'escort', 'patrol'] } },
      commands: ['LPUSH missions:standard patrol escort supply'],
    },
  },
  keys: ({ key }) => [key],
  judge(parameters, run) {
    const found = keyOfType(run, parameters, 'list');
    if (isFailure(found)) return found;
    const { items, key } = parameters;
    const misses = items.map((matcher, index) => {
      const item = found.items[index];
      return item === undefined ? { expected: '' } : mismatch(matcher, item);
    });
    if (found.size === items.length && misses.every((miss) => miss === null)) return PASS;
    const differences = misses.flatMap((miss, index) =>
      miss?.difference ? [`element ${index + 1}: ${miss.difference}`] : [],
    );
    return {
      passed: false,
      expected: numbered(items.map((matcher) => describeMatcher(matcher))),
      actual: numbered(
        found.items.map((item) => show(item)),
        found.size,
      ),
      ...(differences.length > 0 && { difference: differences.join('\n') }),
      commands: changesOf(run, key),
    };
  },
});
