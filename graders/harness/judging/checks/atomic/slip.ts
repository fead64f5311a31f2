import { textOf } from '../../../base/bytes.ts';
import { changedKey } from '../../../evidence/change.ts';
import type { Step } from '../../../evidence/evidence.ts';
import type { RunView } from '../run-view.ts';

/** The steps of a run, by how they stand to some keys of database 0. */
export class Moments {
  readonly #run: RunView;
  readonly #keys: ReadonlySet<string>;

  constructor(run: RunView, keys: readonly string[]) {
    this.#run = run;
    this.#keys = new Set(keys);
  }

  /** The last step before another one that asked something of one of the keys. */
  lookBefore(step: Step): Step | undefined {
    return this.#before(step).findLast((one) => this.#looks(one));
  }

  /**
   * The index of the command before which somebody else must come so that a step can overwrite what that one does:
   * right behind the last step that used one of the keys. What comes earlier, the script knows of.
   */
  slipBefore(step: Step): number {
    const { steps } = this.#run.history;
    let order = this.#run.history.orderOf(step);
    while (order > 0 && !this.#isOn(steps[order - 1])) order -= 1;
    return steps[order]?.entry ?? step.entry;
  }

  /** The steps that used one of the keys. */
  get all(): Step[] {
    return this.#run.history.steps.filter((one) => this.#isOn(one));
  }

  #before(step: Step): readonly Step[] {
    const { steps } = this.#run.history;
    return steps.slice(0, this.#run.history.orderOf(step));
  }

  #looks({ keys = [] }: Step): boolean {
    return keys.some(({ db, key, use }) => db === 0 && use !== 'write' && this.#isMeant(textOf(key)));
  }

  /** True for a step that used one of the keys, or changed it, or emptied all of the database. */
  #isOn(step: Step | undefined): boolean {
    const { keys = [], changes = [] } = step ?? {};
    return (
      (step !== undefined && this.#run.commandsOf(step).some(({ name, db }) => empties(name, db))) ||
      keys.some(({ db, key }) => db === 0 && this.#isMeant(textOf(key))) ||
      changes.some((change) => change.db === 0 && this.#isMeant(textOf(changedKey(change))))
    );
  }

  #isMeant(key: string | undefined): boolean {
    return key !== undefined && this.#keys.has(key);
  }
}

/** True for a command that takes away whatever there is in database 0: who begins anew knows of it. */
function empties(name: string, db: number): boolean {
  return name === 'FLUSHALL' || (name === 'FLUSHDB' && db === 0);
}
