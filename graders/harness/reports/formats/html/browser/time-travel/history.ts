import type { TravelData } from './data.ts';
import { KeyHistory } from './key-history.ts';
import type { KeyAtStep } from './key-view.ts';

/** Keys of which the page shows what they hold. */
const SHOWN = 50;

/** The keys at a step, by databases. */
export interface DatabaseAtStep {
  db: number;
  /** Those that are shown, in their order, each with its index in the data. */
  keys: { index: number; key: KeyAtStep }[];
  /** How many there are after the step. */
  size: number;
}

/** The history of all keys of a run. */
export class History {
  readonly data: TravelData;
  readonly #keys: readonly KeyHistory[];

  constructor(data: TravelData) {
    this.data = data;
    this.#keys = data.start.map((start) => new KeyHistory(start, data));
    data.steps.forEach(({ changes }, index) => {
      for (const change of changes) this.#keys[change.key]?.changes.push({ step: index + 1, change });
    });
  }

  /** The keys after this step; before the script for 0. */
  at(step: number): DatabaseAtStep[] {
    const { keys, others, steps } = this.data;
    const changed = new Set((steps[step - 1]?.changes ?? []).slice(0, SHOWN).map(({ key }) => key));
    const found = new Map(others.map(([db, size]) => [db, { db, keys: [], size } as DatabaseAtStep]));
    let room = SHOWN - changed.size;
    keys.forEach(([db], index) => {
      const isThere = this.#keys[index]?.isThere(step) ?? false;
      if (!isThere && !changed.has(index)) return;
      const database = found.get(db) ?? { db, keys: [], size: 0 };
      found.set(db, database);
      if (isThere) database.size += 1;
      if (!changed.has(index) && --room < 0) return;
      database.keys.push({ index, key: this.#key(index, step) });
    });
    return [...found.values()].sort((one, other) => one.db - other.db);
  }

  #key(index: number, step: number): KeyAtStep {
    const { keys, texts } = this.data;
    const history = this.#keys[index];
    const change = history?.changeAt(step) ?? null;
    return {
      name: texts[keys[index]?.[1] ?? -1] ?? '',
      state: history?.stateAt(step) ?? null,
      before: change ? (history?.stateAt(step - 1) ?? null) : null,
      change,
    };
  }
}
