import { showArgument } from '../../base/text/printable.ts';
import { effectsOf } from './effects.ts';
import { type Finding, PASS } from './finding.ts';
import type { MoveManner } from './list-move.ts';
import { listMove } from './list-moves.ts';
import type { RunView } from './run-view.ts';

/** Passes where an element came from one list to the other in one step, whichever element and by whichever ends. */
export function judgeOneStepMove(run: RunView, from: string, to: string): Finding {
  const { manner, commands } = listMove(run, from, to);
  if (manner === 'atomic') return PASS;
  return {
    passed: false,
    expected: 'taken out of the one list and put into the other in one step',
    actual: describe(manner, showArgument(from), showArgument(to)),
    commands: effectsOf(run, commands),
  };
}

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
