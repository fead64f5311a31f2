import { show } from '../../../base/text/printable.ts';
import type { Rival } from '../../../evidence/rival.ts';
import { splitArguments } from '../../../valkey/notation/quoting.ts';
import { Moments } from '../atomic/slip.ts';
import { Trial } from '../atomic/trial.ts';
import { defineKind } from '../check-kind.ts';
import { changesOf } from '../effects.ts';
import { type Finding, PASS } from '../finding.ts';
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
  oneOrMore,
  optional,
  type Static,
  text,
} from '../parameters.ts';
import { requireHistory } from '../require-history.ts';
import type { PlacedChange } from '../run-history.ts';
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
  rival: optional(
    oneOrMore(text(), {
      description:
        'It is the server that works it out, right or wrong: what somebody else does to the sources meanwhile, as one types it in valkey-cli, makes a difference, and so for each member that is named there; or, with `best`, who is left goes by the rank. That is tried at each of the last steps that use them, and must be so at one of them.',
    }),
  ),
  exactly: optional(
    flag({
      description:
        'True: with `rival`, the outcome is right, too, for what is there when somebody else has come.',
    }),
  ),
});

type Params = Static<typeof PARAMETERS>;

/** Before so many steps somebody else comes: the last ones. */
const TRIED = 12;

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
  rivals: (parameters, run) => rivalsOf(parameters, run),
  judge(parameters, run) {
    if (parameters.rival) return judgeTrials(parameters, run, rivalsOf(parameters, run));
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

/** Somebody else, before each of the last steps that use one of the sorted sets. */
function rivalsOf({ key, from, rival }: Params, run: RunView): Rival[] {
  const keys = [...new Set([key, ...from])];
  if (!rival || !keys.every((one) => run.history.knows(one))) return [];
  const moments = new Moments(run, keys);
  // Right before each step, and as early as it may be: a WATCH that stands between the two would end the transaction.
  const entries = new Set(moments.all.flatMap((step) => [moments.slipBefore(step), step.entry]));
  return [...entries].slice(-TRIED).map((entry) => ({ commands: rival, entry, keys }));
}

/** Passes where what somebody else did shows in the outcomes of the trials. */
function judgeTrials(parameters: Params, run: RunView, rivals: readonly Rival[]): Finding {
  const { key, from, rival = [] } = parameters;
  requireHistory(run, [key, ...from]);
  const followed = rivals.flatMap((one): Followed[] => {
    const trial = Trial.of(run, one);
    const outcome = outcomeIn(parameters, run, trial);
    return outcome ? [{ trial, outcome }] : [];
  });
  if (followed.length > 0 && !isWritten(parameters, run, followed)) return PASS;
  return {
    passed: false,
    expected: `${show(key)} worked out by the server from what is there at that moment`,
    actual: `what somebody else changes meanwhile is not taken into account. Tried with \`${rival.join('; ')}\` from somebody else.`,
    commands: changesOf(run, key),
  };
}

/** A trial in which what somebody else did was taken into account, and what came of it. */
interface Followed {
  trial: Trial;
  outcome: MemberScores;
}

/** What came of a trial in which what somebody else did was taken into account; undefined where it was not. */
function outcomeIn(parameters: Params, run: RunView, trial: Trial): MemberScores | undefined {
  const { key, from, best, exactly = false } = parameters;
  // Who takes a source away in the same step has moved it.
  const step = run.history.changesOf(key).at(-1)?.step;
  const isGone = ({ change, ...one }: PlacedChange) => one.step === step && change.after === null;
  if (from.some((source) => source !== key && run.history.changesOf(source).some(isGone))) return undefined;
  if (exactly && !isExact(parameters, trial)) return undefined;
  const usual = memberScores(run.key(key));
  if (best === undefined) {
    const found = memberScores(trial.end.get(key) ?? undefined);
    return sameMemberScores(found, usual) ? undefined : found;
  }
  // Other members are the best now: whoever goes by the rank leaves the same places of the ranking. What comes after
  // the step that left the best in the run had nobody to remove there: it cannot have been the way.
  const held = step ? trial.around(step.entry).after : trial.end;
  const found = memberScores(held.get(key) ?? undefined);
  const [before, now] = [run.keyBefore(key), trial.held.get(key) ?? undefined].map(memberScores);
  if (!before || !now || found.size === now.size) return undefined;
  return places(found, now) === places(usual, before) ? found : undefined;
}

/** True where the outcome is right for what was there once somebody else had come. */
function isExact(parameters: Params, { held, end }: Trial): boolean {
  const found = memberScores(end.get(parameters.key) ?? undefined);
  // What the script changes of the sources itself, it may have changed before or after.
  return [held, end].some((state) => {
    const boards = parameters.from.map((source) => memberScores(state.get(source) ?? undefined));
    return sameMemberScores(workOut(boards, parameters), found);
  });
}

/**
 * True where somebody else has given a member other scores in the sources, and it has the score of the run in every
 * outcome: that was written by somebody who does not look at the sources.
 */
function isWritten({ key, from, best, rival = [] }: Params, run: RunView, followed: readonly Followed[]) {
  if (best !== undefined) return false;
  const named = new Set(rival.flatMap(splitArguments).map((argument) => argument.toString()));
  // Who writes the sources in the same step has given them back the scores of the run.
  const differs = (member: string, { trial }: Followed) =>
    from.some(
      (source) =>
        memberScores(trial.end.get(source) ?? undefined).get(member) !==
        memberScores(run.key(source)).get(member),
    );
  return [...memberScores(run.key(key))].some(
    ([member, score]) =>
      named.has(member) &&
      followed.every(({ outcome }) => outcome.get(member) === score) &&
      followed.some((one) => differs(member, one)),
  );
}

/** The places that members have in a ranking. */
function places(members: MemberScores, board: MemberScores): string {
  const order = ranking(board);
  return [...members.keys()]
    .map((member) => order.indexOf(member))
    .sort((one, other) => one - other)
    .join();
}

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
