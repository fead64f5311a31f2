import { textOf } from '../../base/bytes.ts';
import type { KeySnapshot } from '../../evidence/evidence.ts';
import { statesOf } from './key-states.ts';
import { fieldText, type RunView } from './run-view.ts';

/**
 * What a hash field held before the script did its work. In a variant this is the variant's own set-up,
 * unless the script ran the challenge's set-up itself, with all fields of the hash: then it began from that, and must
 * not lose by it.
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
  const main = run.keyOfMainSetup(key, db);
  const fromMain = textIn(main);
  if (run.main === run.evidence || fromMain === undefined || !run.history.knows(key, db)) return before;
  const states = [...statesOf(run, key, db)];
  // It may come to the same by chance, as the outcome of the work: then nothing follows it.
  const isSetUpAgain = states
    .slice(0, -1)
    .some(
      ({ state, isWritten }) =>
        isWritten && state !== null && textIn(state) === fromMain && hasFieldsOf(main, state),
    );
  return isSetUpAgain ? fromMain : before;
}

/** False for a hash that lacks a field of another one, or holds something else in it. */
function hasFieldsOf(main: KeySnapshot | undefined, state: KeySnapshot): boolean {
  if (main?.type !== 'hash') return true;
  return main.fields.every(({ field, value }) => {
    const name = textOf(field);
    return name === undefined || fieldText(state, name) === textOf(value);
  });
}
