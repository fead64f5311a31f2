import { boardFailure, boardOf, boardStarts, sameScore } from '../boards.ts';
import type { CheckKind } from '../check-kind.ts';
import { PASS } from '../finding.ts';
import { isFailure, KEY_PROPERTIES, type KeyParam, keyOfType } from '../key-param.ts';

type WantedScore = number | { increasedBy: number } | { any: true };

interface SortedSetMembersParams extends KeyParam {
  members: Record<string, WantedScore>;
  orMore?: boolean;
  orFewer?: boolean;
}

export const sortedSetMembers: CheckKind<SortedSetMembersParams> = {
  kind: 'sorted-set-members',
  description: 'The sorted set holds exactly these members with these scores, compared as numbers.',
  properties: {
    ...KEY_PROPERTIES,
    members: {
      type: 'object',
      minProperties: 1,
      additionalProperties: {
        anyOf: [
          { type: 'number' },
          {
            type: 'object',
            additionalProperties: false,
            required: ['increasedBy'],
            properties: {
              increasedBy: {
                type: 'number',
                description: 'The score that the set-up left, and so much more.',
              },
            },
          },
          {
            type: 'object',
            additionalProperties: false,
            required: ['any'],
            properties: { any: { const: true, description: 'Any score.' } },
          },
        ],
      },
      description: 'The score of each member.',
    },
    orMore: { type: 'boolean', description: 'True: it may hold other members as well.' },
    orFewer: {
      type: 'boolean',
      description: 'True: members may be missing, where another check asks for them.',
    },
  },
  required: ['key', 'members'],
  keys: ({ key }) => [key],
  judge(parameters, run) {
    const found = keyOfType(run, parameters, 'zset');
    if (isFailure(found)) return found;
    const { key, members, orMore = false, orFewer = false } = parameters;
    const board = boardOf(found);
    const outcomes = boardStarts(run, key).map((start) =>
      Object.entries(members).map(([member, wanted]) => {
        const score = typeof wanted === 'number' ? wanted : wantedScore(wanted, start.get(member));
        const there = board.get(member);
        const holds = there === undefined ? orFewer : score === undefined || sameScore(there, score);
        return { member, score, holds };
      }),
    );
    const others = orMore ? [] : [...board.keys()].filter((member) => !(member in members));
    const cut = orMore ? 0 : found.size - board.size;
    if (others.length + cut === 0 && outcomes.some((wanted) => wanted.every(({ holds }) => holds)))
      return PASS;
    const wanted = (outcomes.at(-1) ?? []).filter(({ member }) => !orFewer || board.has(member));
    return boardFailure(
      run,
      key,
      new Map(wanted.map(({ member, score }) => [member, score])),
      new Map([...board].filter(([member]) => !orMore || member in members)),
    );
  },
};

/** What the score must be; undefined where any will do. */
function wantedScore(wanted: Exclude<WantedScore, number>, initial = 0): number | undefined {
  return 'increasedBy' in wanted ? initial + wanted.increasedBy : undefined;
}
