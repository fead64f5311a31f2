import { isDeepStrictEqual } from 'node:util';
import { difference } from '../../../base/text/difference.ts';
import { show } from '../../../base/text/printable.ts';
import { defineKind } from '../check-kind.ts';
import { changesOf } from '../effects.ts';
import { type Finding, PASS } from '../finding.ts';
import { describeKey, isFailure, keyOfType } from '../key-param.ts';
import { itemsOf, type Lists, listStarts } from '../list-history.ts';
import { firstLines, numbered } from '../list-text.ts';
import { listOf, object, oneOf, optional, text } from '../parameters.ts';
import { requireHistory } from '../require-history.ts';
import type { RunView } from '../run-view.ts';

type End = 'LEFT' | 'RIGHT';

interface Move {
  from: string;
  to: string;
  judge: 'from' | 'to';
  out: End;
  into: End;
  leftovers?: string[];
}

const PARAMETERS = object({
  from: text({ minLength: 1, description: 'The list that the element leaves (database 0).' }),
  to: text({ minLength: 1, description: 'The list that it joins (database 0).' }),
  out: oneOf(['LEFT', 'RIGHT'], { description: 'The end at which it leaves.' }),
  into: oneOf(['LEFT', 'RIGHT'], { description: 'The end at which it joins.' }),
  judge: oneOf(['from', 'to'], { description: 'Which of the two lists is judged.' }),
  leftovers: optional(
    listOf(text(), {
      description: 'Elements that a set-up run again may leave beside those of the lists.',
    }),
  ),
});

export const movedElement = defineKind({
  kind: 'moved-element',
  description:
    'A list holds what it should after one element was moved from the set-up: all that was there but the moved one, or that one and all that was there. A script that ran the set-up again is judged by what it moved from then on. Whether it was one step is for the kind `atomic`.',
  parameters: PARAMETERS,
  example: {
    purpose: 'For moves between two lists; judge each of them in a check of its own.',
    yaml: 'from: missions:standard\nto: missions:urgent\nout: RIGHT\ninto: LEFT\njudge: to',
    mistake: 'the element at the other end was moved',
    seen: {
      before: {
        'missions:standard': { list: ['patrol', 'escort'] },
        'missions:urgent': { list: ['rescue'] },
      },
      after: { 'missions:standard': { list: ['escort'] }, 'missions:urgent': { list: ['patrol', 'rescue'] } },
      commands: ['LMOVE missions:standard missions:urgent LEFT LEFT'],
    },
  },
  keys: ({ from, to }) => [from, to],
  judge: judgeList,
});

function judgeList(parameters: Move, run: RunView): Finding {
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
  requireHistory(run, [from, to]);
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
    ...(differences.length > 0 && { difference: firstLines(differences) }),
    commands: changesOf(run, key),
  };
}

/** What the judged list holds once one element was moved. */
function outcome(lists: Lists, { from, to, out, into, judge }: Move): string[] {
  const source = lists.get(from) ?? [];
  const moved = out === 'LEFT' ? source.slice(0, 1) : source.slice(-1);
  if (judge === 'from') return out === 'LEFT' ? source.slice(1) : source.slice(0, -1);
  const target = lists.get(to) ?? [];
  return into === 'LEFT' ? [...moved, ...target] : [...target, ...moved];
}
