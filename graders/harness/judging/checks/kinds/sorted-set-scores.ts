import { list, shortList } from '../../../base/text/count.ts';
import { defineKind } from '../check-kind.ts';
import { changesOf } from '../effects.ts';
import { PASS } from '../finding.ts';
import { isFailure, KEY, keyOfType } from '../key-param.ts';
import { describeScore, memberScores, sameScore } from '../member-scores.ts';
import { atLeastOne, flag, number, object, oneOrMore, optional } from '../parameters.ts';

export const sortedSetScores = defineKind({
  kind: 'sorted-set-scores',
  description:
    'The sorted set holds members with exactly these scores, compared as numbers, whatever the members are called.',
  parameters: object(
    {
      ...KEY,
      scores: optional(
        oneOrMore(number(), {
          description: 'The scores, in any order; one that is given twice is that of two members.',
        }),
      ),
      orMore: optional(flag({ description: 'True: it may hold members with other scores as well.' })),
      without: optional(oneOrMore(number(), { description: 'Scores that no member may have.' })),
    },
    atLeastOne('scores', 'without'),
  ),
  example: {
    purpose: 'For sorted sets whose members may be called anything, such as requests by their time.',
    yaml: 'key: hyperdrive:executor\nscores: [1671234567, 1671234568]',
    mistake: 'one request is missing',
    seen: {
      after: { 'hyperdrive:executor': { zset: { 'request-1': 1671234567 } } },
      commands: ['ZADD hyperdrive:executor 1671234567 request-1'],
    },
  },
  keys: ({ key }) => [key],
  judge(parameters, run) {
    const { key, scores, orMore = false, without = [] } = parameters;
    const found = keyOfType(run, parameters, 'zset');
    if (isFailure(found)) return found;
    const board = [...memberScores(found)];
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
});
