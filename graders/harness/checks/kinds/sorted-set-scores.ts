import { list, shortList } from '../../text/count.ts';
import { boardOf, describeScore, sameScore } from '../boards.ts';
import type { CheckKind } from '../check-kind.ts';
import { changesOf } from '../effects.ts';
import { PASS } from '../finding.ts';
import { isFailure, KEY_PROPERTIES, type KeyParam, keyOfType } from '../key-param.ts';

interface SortedSetScoresParams extends KeyParam {
  scores?: number[];
  orMore?: boolean;
  without?: number[];
}

export const sortedSetScores: CheckKind<SortedSetScoresParams> = {
  kind: 'sorted-set-scores',
  description:
    'The sorted set holds members with exactly these scores, compared as numbers, whatever the members are called.',
  properties: {
    ...KEY_PROPERTIES,
    scores: {
      type: 'array',
      minItems: 1,
      items: { type: 'number' },
      description: 'The scores, in any order; one that is given twice is that of two members.',
    },
    orMore: { type: 'boolean', description: 'True: it may hold members with other scores as well.' },
    without: {
      type: 'array',
      minItems: 1,
      items: { type: 'number' },
      description: 'Scores that no member may have.',
    },
  },
  required: ['key'],
  anyRequired: ['scores', 'without'],
  keys: ({ key }) => [key],
  judge(parameters, run) {
    const { key, scores, orMore = false, without = [] } = parameters;
    const found = keyOfType(run, parameters, 'zset');
    if (isFailure(found)) return found;
    const board = [...boardOf(found)];
    const times = (all: readonly number[], score: number) =>
      all.filter((other) => sameScore(other, score)).length;
    const there = board.map(([, score]) => score);
    const complete = (scores ?? []).every((score) => times(there, score) >= times(scores ?? [], score));
    const others = scores !== undefined && !orMore && found.size > scores.length;
    const unwanted = without.some((score) => times(there, score) > 0);
    if (complete && !others && !unwanted) return PASS;
    return {
      passed: false,
      expected: [
        ...(scores
          ? [`${scores.length === 1 ? 'the score' : 'the scores'} ${list(scores.map(String))}`]
          : []),
        ...(without.length > 0 ? [`no member with ${list(without.map(String), 'or')}`] : []),
      ].join(', '),
      actual: shortList(
        board.map(([member, score]) => describeScore(member, score)),
        12,
        found.size,
      ),
      commands: changesOf(run, key),
    };
  },
};
