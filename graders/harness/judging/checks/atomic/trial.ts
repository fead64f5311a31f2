import { isDeepStrictEqual } from 'node:util';
import { textOf } from '../../../base/bytes.ts';
import { applyChange, changedKey } from '../../../evidence/change.ts';
import type { KeySnapshot, RivalTrial } from '../../../evidence/evidence.ts';
import type { Rival } from '../../../evidence/rival.ts';
import { NotRecordedError, requireHistory } from '../require-history.ts';
import type { RunView } from '../run-view.ts';

/** What the keys of a trial hold at some time; null for one that is not there. */
export type Held = ReadonlyMap<string, KeySnapshot | null>;

/** What became of a rival that was slipped into a run. */
export class Trial {
  readonly #trial: RivalTrial;
  /** What the keys held right behind the rival's commands. */
  readonly held: Held;

  private constructor(trial: RivalTrial) {
    this.#trial = trial;
    const held = new Map(trial.held.map((key) => [textOf(key.key), key]));
    this.held = new Map(trial.keys.map((key) => [key, held.get(key) ?? null]));
  }

  /**
   * The trial of a rival that a check asked for. Throws NotRecordedError where the evidence has none, and what
   * {@link requireHistory} throws where it did not come to its end.
   */
  static of(run: RunView, rival: Rival): Trial {
    const found = trialIn(run, rival);
    if (!found) throw new NotRecordedError(rival.commands);
    requireHistory(run, [], found.until);
    return new Trial(found);
  }

  /** True where the evidence has the trial of a rival. */
  static isOf(run: RunView, rival: Rival): boolean {
    return trialIn(run, rival) !== undefined;
  }

  /** What the keys held before and after the step that begins at an index of the trace. */
  around(entry: number): { before: Held; after: Held } {
    const before = this.#until((step) => step < entry);
    return { before, after: this.#until((step) => step <= entry) };
  }

  /** What they held in the end. */
  get end(): Held {
    return this.#until(() => true);
  }

  #until(isBefore: (entry: number) => boolean): Held {
    const state = new Map(this.held);
    for (const { entry, changes } of this.#trial.steps) {
      if (!isBefore(entry)) break;
      for (const change of changes) {
        const key = textOf(changedKey(change)) ?? '';
        state.set(key, applyChange(state.get(key) ?? null, change));
      }
    }
    return state;
  }
}

function trialIn(run: RunView, rival: Rival): RivalTrial | undefined {
  return run.history.trials.find(({ entry, commands, keys }) =>
    isDeepStrictEqual({ entry, commands, keys }, { ...rival }),
  );
}
