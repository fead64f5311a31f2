import { isDeepStrictEqual } from 'node:util';
import { isCut, toBuffer } from '../../base/bytes.ts';
import { applyChange } from '../../evidence/change.ts';
import type { KeySnapshot, Step } from '../../evidence/evidence.ts';
import { claimsHyperLogLog, withoutNotedCount } from '../../evidence/hyperloglog.ts';
import type { RunView } from './run-view.ts';

/** The state that a key had from one step on; the first one, which the set-up made, has no step. */
export interface KeyState {
  step: Step | undefined;
  /** The index of the first command of the trace behind that step. */
  from: number;
  state: KeySnapshot | null;
  /** When it began, Unix time in ms by the server's clock. */
  at: number;
  /** True where it was written as it is, and not worked out by the server from what was there: SET, and not INCR. */
  isWritten: boolean;
}

/** The states of a key, in order. Ask first whether its history is known. */
export function* statesOf(run: RunView, key: string, db = 0): Generator<KeyState> {
  let state = run.keyBefore(key, db) ?? null;
  yield { step: undefined, from: 0, state, at: run.evidence.clock.serverStart, isWritten: false };
  for (const { step, change, at } of run.history.changesOf(key, db)) {
    state = applyChange(state, change);
    const writer = run.commandsOf(step).findLast((command) => run.writes(command, key));
    const isWritten = writer !== undefined && run.useOf(writer, key)?.use === 'write';
    yield { step, from: step.entry + step.entries, state, at, isWritten };
  }
}

/**
 * The state in which a key first held what it holds in the end, or held last before it went; undefined for one that
 * was never there. Ask first whether its history is known.
 */
export function finalState(run: RunView, key: string): KeyState | undefined {
  let found: KeyState | undefined;
  for (const one of statesOf(run, key)) {
    if (one.state === null) continue;
    if (!found?.state || !isDeepStrictEqual(contentOf(found.state), contentOf(one.state))) found = one;
  }
  return found;
}

/** What a key holds, whenever it expires and whoever has counted it. */
function contentOf({ expireAt: _, ...content }: KeySnapshot): unknown {
  if (content.type !== 'string' || isCut(content.value)) return content;
  const value = toBuffer(content.value);
  return claimsHyperLogLog(value) ? { ...content, value: withoutNotedCount(value) } : content;
}
