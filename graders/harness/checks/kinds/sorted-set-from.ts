import { distinct } from '../../document/schema.ts';
import { show } from '../../text/printable.ts';
import {
  type Board,
  boardFailure,
  boardOf,
  boardStarts,
  describeScore,
  ranking,
  sameBoard,
} from '../boards.ts';
import type { CheckKind } from '../check-kind.ts';
import { PASS } from '../finding.ts';
import { describeKey, isFailure, keyOfType } from '../key-param.ts';
import type { RunView } from '../run-view.ts';

interface SortedSetFromParams {
  key: string;
  from: string[];
  asNow?: boolean;
  combine?: 'union' | 'intersection';
  aggregate?: 'SUM' | 'MIN' | 'MAX';
  atLeast?: number;
  best?: number;
}

export const sortedSetFrom: CheckKind<SortedSetFromParams> = {
  kind: 'sorted-set-from',
  description:
    'The sorted set holds exactly what is worked out from others, or from what the set-up had put in its own place. A script that ran the set-up again is judged by what it began with from then on. No key is right where nothing is left.',
  properties: {
    key: { type: 'string', minLength: 1, description: "The key's name (database 0)." },
    from: distinct(
      { type: 'string' },
      'The sorted sets that it is worked out from, as the set-up left them (database 0).',
    ),
    asNow: { type: 'boolean', description: 'True: as they are after the script instead.' },
    combine: {
      enum: ['union', 'intersection'],
      description: 'Members of any of them, or of all; any where it is left out.',
    },
    aggregate: {
      enum: ['SUM', 'MIN', 'MAX'],
      description: 'What becomes of the scores of one member; SUM where it is left out.',
    },
    atLeast: { type: 'number', description: 'Only members with this score or a higher one.' },
    best: {
      type: 'integer',
      minimum: 1,
      description: 'Only so many members, those with the highest scores.',
    },
  },
  required: ['key', 'from'],
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
    const sources = asNow ? [from.map((source) => boardOf(run.key(source)))] : startsOf(run, from);
    const outcomes = sources.map((boards) => workOut(boards, parameters));
    const after = run.key(key);
    const found = boardOf(after);
    const isWhole = after === undefined || (after.type === 'zset' && after.size === found.size);
    if (isWhole && outcomes.some((outcome) => sameBoard(outcome, found))) return PASS;
    const wanted = outcomes.at(-1) ?? new Map<string, number>();
    if (after?.type !== 'zset') {
      const failure = keyOfType(run, { key }, 'zset');
      if (isFailure(failure)) return { ...failure, expected: say(wanted).join(', ') || 'no such key' };
    }
    return boardFailure(run, key, wanted, found);
  },
};

function say(board: Board): string[] {
  return ranking(board).map((member) => describeScore(member, board.get(member) ?? Number.NaN));
}

/** Every combination of the states from which a script may have begun. */
function startsOf(run: RunView, keys: readonly string[]): Board[][] {
  return keys.reduce<Board[][]>(
    (combinations, key) =>
      combinations.flatMap((boards) => boardStarts(run, key).map((start) => [...boards, start])),
    [[]],
  );
}

const AGGREGATES: Record<string, (left: number, right: number) => number> = {
  SUM: (left, right) => left + right,
  MIN: Math.min,
  MAX: Math.max,
};

function workOut(boards: readonly Board[], parameters: SortedSetFromParams): Board {
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
