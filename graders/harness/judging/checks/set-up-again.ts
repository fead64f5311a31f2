import type { KeySnapshot } from '../../evidence/evidence.ts';
import { statesOf } from './key-states.ts';
import type { RunView } from './run-view.ts';

/** A state that a script brought a key into by running the challenge's set-up again. */
interface SetUpAgain {
  state: KeySnapshot;
  /** True where nothing changed the key any more. */
  isLast: boolean;
}

/**
 * The states into which a script brought a key by running the challenge's set-up again: in a variant, what it makes of
 * them counts as well. They are told by `isSetUp`, and by being written: what was worked out from what the key held
 * before may come to the same by chance. None in the main run, where the set-up is the run's own, nor where it is not
 * known what each step changed.
 */
export function setUpAgain(
  run: RunView,
  key: string,
  isSetUp: (state: KeySnapshot) => boolean,
  db = 0,
): SetUpAgain[] {
  if (run.main === run.evidence || !run.history.knows(key, db)) return [];
  const states = [...statesOf(run, key, db)];
  return states.flatMap(({ step, state }, index) => {
    const writer = step && run.commandsOf(step).findLast((command) => run.writes(command, key));
    if (!writer || state === null || !isSetUp(state) || run.useOf(writer, key)?.use !== 'write') return [];
    return [{ state, isLast: index === states.length - 1 }];
  });
}
