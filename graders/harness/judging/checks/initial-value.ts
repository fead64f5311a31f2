import { textOf } from '../../base/bytes.ts';
import type { KeySnapshot } from '../../evidence/evidence.ts';
import { statesOf } from './key-states.ts';
import { fieldText, type RunView } from './run-view.ts';

/**
 * What a hash field held before the script did its work. In a variant this is the variant's own set-up,
 * unless the script ran the challenge's set-up itself: then it began from that, and must not lose by it.
 * Who writes the same value by chance, as the outcome of the work, has not begun anew: nothing follows it.
 */
export function initialField(run: RunView, key: string, field: string, db = 0): string | undefined {
  return initialText(run, { key, db }, (state) => fieldText(state, field));
}

/** What a string held before the script did its work; see {@link initialField}. */
export function initialString(run: RunView, key: string, db = 0): string | undefined {
  return initialText(run, { key, db }, (state) =>
    state?.type === 'string' ? textOf(state.value) : undefined,
  );
}

function initialText(
  run: RunView,
  { key, db }: { key: string; db: number },
  textIn: (state: KeySnapshot | undefined) => string | undefined,
): string | undefined {
  const before = textIn(run.keyBefore(key, db));
  const fromMain = textIn(run.keyOfMainSetup(key, db));
  if (run.main === run.evidence || fromMain === undefined || !run.history.knows(key, db)) return before;
  const states = [...statesOf(run, key, db)];
  // It may come to the same by chance, as the outcome of the work: then nothing follows it.
  const isSetUpAgain = states
    .slice(0, -1)
    .some(({ state, isWritten }) => isWritten && state !== null && textIn(state) === fromMain);
  return isSetUpAgain ? fromMain : before;
}
