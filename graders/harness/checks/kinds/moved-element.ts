import { isDeepStrictEqual } from 'node:util';
import { difference } from '../../text/difference.ts';
import { show } from '../../text/printable.ts';
import type { CheckKind } from '../check-kind.ts';
import { changesOf } from '../effects.ts';
import { PASS } from '../finding.ts';
import { describeKey, isFailure, keyOfType } from '../key-param.ts';
import { itemsOf, type Lists, listQuestions, listStarts } from '../list-history.ts';
import { numbered } from '../list-text.ts';
import { mustKnow } from '../must-know.ts';

interface MovedElementParams {
  from: string;
  to: string;
  out: 'LEFT' | 'RIGHT';
  into: 'LEFT' | 'RIGHT';
  judge: 'from' | 'to';
  leftovers?: string[];
}

const END = { enum: ['LEFT', 'RIGHT'] };

export const movedElement: CheckKind<MovedElementParams> = {
  kind: 'moved-element',
  description:
    'A list holds what it should after one element was moved from the set-up: all that was there but the moved one, or that one and all that was there. A script that ran the set-up again is judged by what it moved from then on.',
  properties: {
    from: { type: 'string', minLength: 1, description: 'The list that the element leaves (database 0).' },
    to: { type: 'string', minLength: 1, description: 'The list that it joins (database 0).' },
    out: { ...END, description: 'The end at which it leaves.' },
    into: { ...END, description: 'The end at which it joins.' },
    judge: { enum: ['from', 'to'], description: 'Which of the two lists is judged.' },
    leftovers: {
      type: 'array',
      items: { type: 'string' },
      description: 'Elements that a set-up run again may leave beside those of the lists.',
    },
  },
  required: ['from', 'to', 'out', 'into', 'judge'],
  keys: ({ from, to }) => [from, to],
  judge(parameters, run) {
    const { from, to, judge: side, leftovers } = parameters;
    const key = side === 'from' ? from : to;
    const after = run.key(key);
    if (after && after.type !== 'list') {
      const failure = keyOfType(run, { key }, 'list');
      if (isFailure(failure)) return failure;
    }
    const outcomes = listStarts(run, [from, to], leftovers).map((lists) => outcome(lists, parameters));
    const found = itemsOf(after);
    if (outcomes.some((items) => isDeepStrictEqual(items, found))) return PASS;
    for (const question of listQuestions(run, [from, to])) mustKnow(run, question, 'all');
    const wanted = outcomes[0] ?? [];
    const differences = wanted.flatMap((item, index) => {
      const other = found[index];
      const how = other === undefined ? undefined : difference(item, other);
      return how && wanted.length === found.length ? [`element ${index + 1}: ${how}`] : [];
    });
    return {
      passed: false,
      expected: wanted.length === 0 ? 'an empty list' : numbered(wanted.map((item) => show(item))),
      actual:
        after?.type === 'list'
          ? numbered(
              after.items.map((item) => show(item)),
              after.size,
            )
          : describeKey(run, key),
      ...(differences.length > 0 && { difference: differences.join('\n') }),
      commands: changesOf(run, key),
    };
  },
};

/** What the judged list holds once one element was moved. */
function outcome(lists: Lists, { from, to, out, into, judge }: MovedElementParams): string[] {
  const source = lists.get(from) ?? [];
  const moved = out === 'LEFT' ? source.slice(0, 1) : source.slice(-1);
  if (judge === 'from') return out === 'LEFT' ? source.slice(1) : source.slice(0, -1);
  const target = lists.get(to) ?? [];
  return into === 'LEFT' ? [...moved, ...target] : [...target, ...moved];
}
