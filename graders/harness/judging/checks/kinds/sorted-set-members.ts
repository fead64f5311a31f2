import { defineKind } from '../check-kind.ts';
import { NUMBER_CONDITIONS } from '../conditions.ts';
import { PASS } from '../finding.ts';
import { isFailure, KEY, keyOfType } from '../key-param.ts';
import {
  isScore,
  memberScores,
  memberScoresFailure,
  startingMemberScores,
  type WantedScore,
} from '../member-scores.ts';
import { byName, either, flag, number, object, optional, type Static, yes } from '../parameters.ts';

const WANTED_SCORE = either([
  number(),
  object({ increasedBy: number({ description: 'The score that the set-up left, and so much more.' }) }),
  object(NUMBER_CONDITIONS, { minProperties: 1 }),
  object({ any: yes('Any score.') }),
]);

type WantedInFile = Static<typeof WANTED_SCORE>;

export const sortedSetMembers = defineKind({
  kind: 'sorted-set-members',
  description: 'The sorted set holds exactly these members with these scores, compared as numbers.',
  parameters: object({
    ...KEY,
    members: byName(WANTED_SCORE, { minProperties: 1, description: 'The score of each member.' }),
    orMore: optional(flag({ description: 'True: it may hold other members as well.' })),
    orFewer: optional(
      flag({ description: 'True: members may be missing, where another check asks for them.' }),
    ),
  }),
  example: {
    purpose: 'For a board whose members are known, and whose scores are, too, or follow from the set-up.',
    yaml: 'key: board\nmembers:\n  wedge: 85.2\n  biggs: { increasedBy: 10 }',
    mistake: 'the score was set, not raised',
    seen: {
      before: { board: { zset: { biggs: 70 } } },
      after: { board: { zset: { biggs: 10, wedge: 85.2 } } },
      commands: ['ZADD board 85.2 wedge 10 biggs'],
    },
  },
  keys: ({ key }) => [key],
  judge(parameters, run) {
    const found = keyOfType(run, parameters, 'zset');
    if (isFailure(found)) return found;
    const { key, members, orMore = false, orFewer = false } = parameters;
    const board = memberScores(found);
    const outcomes = startingMemberScores(run, key).map((start) =>
      Object.entries(members).map(([member, wanted]) => {
        const score = wantedScore(wanted, start.get(member));
        const there = board.get(member);
        const holds = there === undefined ? orFewer : isScore(score, there);
        return { member, score, holds };
      }),
    );
    const others = orMore ? [] : [...board.keys()].filter((member) => !(member in members));
    const cut = orMore ? 0 : found.size - board.size;
    if (others.length + cut === 0 && outcomes.some((wanted) => wanted.every(({ holds }) => holds)))
      return PASS;
    const wanted = (outcomes.at(-1) ?? []).filter(({ member }) => !orFewer || board.has(member));
    return memberScoresFailure(
      run,
      key,
      new Map(wanted.map(({ member, score }) => [member, score])),
      new Map([...board].filter(([member]) => !orMore || member in members)),
    );
  },
});

function wantedScore(wanted: WantedInFile, initial = 0): WantedScore {
  if (typeof wanted === 'number') return wanted;
  if ('increasedBy' in wanted) return initial + wanted.increasedBy;
  return 'any' in wanted ? undefined : wanted;
}
