import { show } from '../../../base/text/printable.ts';
import { defineKind } from '../check-kind.ts';
import { PASS } from '../finding.ts';
import { describeKey, isFailure, keyOfType } from '../key-param.ts';
import {
  describeScore,
  type MemberScores,
  memberScores,
  memberScoresFailure,
  ranking,
  sameMemberScores,
  startingMemberScores,
} from '../member-scores.ts';
import {
  distinct,
  flag,
  integer,
  number,
  object,
  oneOf,
  optional,
  type Static,
  text,
} from '../parameters.ts';
import type { RunView } from '../run-view.ts';

const PARAMETERS = object({
  key: text({ minLength: 1, description: "The key's name (database 0)." }),
  from: distinct(text(), 'The sorted sets that it is worked out from, as the set-up left them (database 0).'),
  asNow: optional(flag({ description: 'True: as they are after the script instead.' })),
  combine: optional(
    oneOf(['union', 'intersection'], {
      description: 'Members of any of them, or of all; any where it is left out.',
    }),
  ),
  aggregate: optional(
    oneOf(['SUM', 'MIN', 'MAX'], {
      description: 'What becomes of the scores of one member; SUM where it is left out.',
    }),
  ),
  atLeast: optional(number({ description: 'Only members with this score or a higher one.' })),
  best: optional(
    integer({ minimum: 1, description: 'Only so many members, those with the highest scores.' }),
  ),
});

type Params = Static<typeof PARAMETERS>;

export const sortedSetFrom = defineKind({
  kind: 'sorted-set-from',
  description:
    'The sorted set holds exactly what is worked out from others, or from what the set-up had put in its own place. A script that ran the set-up again is judged by what it began with from then on. No key is right where nothing is left.',
  parameters: PARAMETERS,
  example: {
    purpose:
      'For what is left of a board, or made of several: the right answer is worked out from the set-up.',
    yaml: 'key: board\nfrom: [board]\nbest: 2',
    mistake: 'the best two were removed instead of kept',
    seen: {
      before: { board: { zset: { biggs: 70, wedge: 85, luke: 99 } } },
      after: { board: { zset: { biggs: 70 } } },
      commands: ['ZREMRANGEBYRANK board -2 -1'],
    },
  },
  keys: ({ key, from }) => [key, ...from],
  judge(parameters, run) {
    const { key, from, asNow = false } = parameters;
    if (asNow) {
      const missing = from.find((source) => run.key(source)?.type !== 'zset');
      if (missing !== undefined) {
        return {
          passed: false,
          expected: `a sorted set ${show(missing)} to work it out from`,
          actual: describeKey(run, missing),
        };
      }
    }
    const sources = asNow ? [from.map((source) => memberScores(run.key(source)))] : startsOf(run, from);
    const outcomes = sources.map((boards) => workOut(boards, parameters));
    const after = run.key(key);
    const found = memberScores(after);
    const isWhole = after === undefined || (after.type === 'zset' && after.size === found.size);
    if (isWhole && outcomes.some((outcome) => sameMemberScores(outcome, found))) return PASS;
    const wanted = outcomes.at(-1) ?? new Map<string, number>();
    if (after?.type !== 'zset') {
      const failure = keyOfType(run, { key }, 'zset');
      if (isFailure(failure)) return { ...failure, expected: say(wanted).join(', ') || 'no such key' };
    }
    return memberScoresFailure(run, key, wanted, found);
  },
});

function say(board: MemberScores): string[] {
  return ranking(board).map((member) => describeScore(member, board.get(member) ?? Number.NaN));
}

/** Every combination of the states from which a script may have begun. */
function startsOf(run: RunView, keys: readonly string[]): MemberScores[][] {
  return keys.reduce<MemberScores[][]>(
    (combinations, key) =>
      combinations.flatMap((boards) => startingMemberScores(run, key).map((start) => [...boards, start])),
    [[]],
  );
}

const AGGREGATES: Record<string, (left: number, right: number) => number> = {
  SUM: (left, right) => left + right,
  MIN: Math.min,
  MAX: Math.max,
};

function workOut(boards: readonly MemberScores[], parameters: Params): MemberScores {
  const { combine = 'union', aggregate = 'SUM', atLeast, best } = parameters;
  const scores = new Map<string, number>();
  const members = new Set(boards.flatMap((board) => [...board.keys()]));
  for (const member of members) {
    const found = boards.flatMap((board) => board.get(member) ?? []);
    if (combine === 'intersection' && found.length < boards.length) continue;
    const score = found.reduce((left, right) => AGGREGATES[aggregate]?.(left, right) ?? left);
    if (atLeast === undefined || score >= atLeast) scores.set(member, score);
  }
  return new Map(
    ranking(scores)
      .slice(0, best)
      .map((member) => [member, scores.get(member) ?? Number.NaN]),
  );
}
