import { applyChange } from '../../evidence/change.ts';
import type { KeySnapshot, Step } from '../../evidence/evidence.ts';
import type { RunView } from './run-view.ts';

/** The state that a key had from one step on; the first one, which the set-up made, has no step. */
export interface KeyState {
  step: Step | undefined;
  state: KeySnapshot | null;
  /** When it began, Unix time in ms by the server's clock. */
  at: number;
}

/** The states of a key, in order. Ask first whether its history is known. */
export function* statesOf(run: RunView, key: string, db = 0): Generator<KeyState> {
  let state = run.keyBefore(key, db) ?? null;
  yield { step: undefined, state, at: run.evidence.clock.serverStart };
  for (const { step, change, at } of run.history.changesOf(key, db)) {
    state = applyChange(state, change);
    yield { step, state, at };
  }
}
