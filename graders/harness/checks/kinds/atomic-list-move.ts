import { showArgument } from '../../text/printable.ts';
import type { CheckKind } from '../check-kind.ts';
import { effectsOf } from '../effects.ts';
import { PASS } from '../finding.ts';
import { listMove, type MoveManner } from '../list-moves.ts';
import { aboutKey } from '../trace-questions.ts';

interface AtomicListMoveParams {
  from: string;
  to: string;
}

export const atomicListMove: CheckKind<AtomicListMoveParams> = {
  kind: 'atomic-list-move',
  description:
    'An element was moved from one list to another in one step: by LMOVE, RPOPLPUSH or their blocking kin, in a Lua script that takes and puts, or in a transaction under a WATCH that was set before the list was read. Whether it was the right element, and the right ends, is for moved-element.',
  properties: {
    from: { type: 'string', minLength: 1, description: 'The list that the element leaves (database 0).' },
    to: { type: 'string', minLength: 1, description: 'The list that it joins (database 0).' },
  },
  required: ['from', 'to'],
  asks: ({ from, to }) => [aboutKey(from), aboutKey(to)],
  judge({ from, to }, run) {
    const { manner, commands } = listMove(run, from, to);
    if (manner === 'atomic') return PASS;
    return {
      passed: false,
      expected: 'taken out of the one list and put into the other in one step',
      actual: describe(manner, showArgument(from), showArgument(to)),
      commands: effectsOf(run, commands),
    };
  },
};

function describe(manner: Exclude<MoveManner, 'atomic'>, from: string, to: string): string {
  const texts: Record<typeof manner, string> = {
    torn: 'taken out by one command and put in by another: in between it is in neither list or in both',
    unwatched: `done in a transaction that does not watch ${from}: what it takes out need not be what it puts in`,
    'watched too late': `${from} was watched, but not before it was read`,
    copied: `put into ${to}, and never taken out of ${from}`,
    none: `no command moved anything from ${from} to ${to}`,
  };
  return texts[manner];
}
