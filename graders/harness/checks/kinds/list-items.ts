import { show } from '../../text/printable.ts';
import type { CheckKind } from '../check-kind.ts';
import { changesOf } from '../effects.ts';
import { PASS } from '../finding.ts';
import { isFailure, KEY_PROPERTIES, type KeyParam, keyOfType } from '../key-param.ts';
import { numbered } from '../list-text.ts';
import { describeMatcher, MATCHER_SCHEMA, type Matcher, mismatch } from '../matcher.ts';

interface ListItemsParams extends KeyParam {
  items: Matcher[];
}

export const listItems: CheckKind<ListItemsParams> = {
  kind: 'list-items',
  description: 'The list holds exactly these elements, from left to right.',
  properties: {
    ...KEY_PROPERTIES,
    items: { type: 'array', minItems: 1, items: MATCHER_SCHEMA, description: 'What each element must be.' },
  },
  required: ['key', 'items'],
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
};
