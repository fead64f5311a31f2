import { textOf } from '../../base/bytes.ts';
import { applyChange, changedKey } from '../../evidence/change.ts';
import type {
  KeyChange,
  KeySnapshot,
  RivalTrial,
  RunEvidence,
  Step,
  StepReply,
  UsedKey,
} from '../../evidence/evidence.ts';

/** What a step changed of one key. */
export interface PlacedChange {
  step: Step;
  /** When it ran, unix time in ms. */
  at: number;
  change: KeyChange;
}

/** A step, and what it changed of some keys. */
export interface ChangingStep {
  step: Step;
  changes: Map<string, KeyChange>;
}

/** How a run came to its end, step by step, as far as it is known. */
export class RunHistory {
  readonly #run: RunEvidence;
  readonly #unlike: ReadonlySet<string>;
  // What is worked out when it is first asked for.
  readonly #known = new Map<string, boolean>();
  #orders: ReadonlyMap<Step, number> | undefined;
  #replies: ReadonlyMap<number, StepReply> | undefined;
  #changes: ReadonlyMap<string, PlacedChange[]> | undefined;
  #uses: ReadonlyMap<number, UsedKey[]> | undefined;

  constructor(run: RunEvidence) {
    this.#run = run;
    this.#unlike = new Set(run.replay?.unlike.map(({ db, key }) => placeOf(db, textOf(key) ?? null)));
  }

  /** The steps, in order. */
  get steps(): readonly Step[] {
    return this.#run.replay?.steps ?? [];
  }

  /** What became of those that came between. */
  get trials(): readonly RivalTrial[] {
    return this.#run.replay?.rivals ?? [];
  }

  /** What the command at an index of the trace was answered; undefined where that is not known. */
  replyTo(index: number): StepReply | undefined {
    this.#replies ??= new Map(this.steps.flatMap((step) => this.#repliesOf(step)));
    return this.#replies.get(index);
  }

  /** The keys that the command at an index of the trace used; none where that is not known. */
  usedBy(index: number): readonly UsedKey[] {
    this.#uses ??= this.#collectUses();
    return this.#uses.get(index) ?? [];
  }

  /** True where each change of a key is known, with all of it that differs. */
  knows(key: string, db = 0): boolean {
    if (this.#run.replay?.until !== 'end') return false;
    const place = placeOf(db, key);
    const known = this.#known.get(place);
    if (known !== undefined) return known;
    const found = !this.#unlike.has(place) && !this.changesOf(key, db).some(({ change }) => change.cut);
    this.#known.set(place, found);
    return found;
  }

  /** True for a command whose step is known to have changed a key; undefined where that is not known. */
  changed(index: number, key: string, db = 0): boolean | undefined {
    if (!this.knows(key, db)) return undefined;
    const last = this.#lastChange(key, index, db);
    return last !== undefined && index < last.step.entry + last.step.entries;
  }

  /** True for a key that was there when the command at an index of the trace ran; undefined where that is not known. */
  wasThere(key: string, index: number, before: KeySnapshot | undefined, db = 0): boolean | undefined {
    if (!this.knows(key, db)) return undefined;
    const last = this.#lastChange(key, index, db);
    return last ? last.change.after !== null : before !== undefined;
  }

  /** The step of the command at an index of the trace; undefined where that is not known. */
  stepOf(index: number): Step | undefined {
    const steps = this.#run.replay?.steps ?? [];
    let [low, high] = [0, steps.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((steps[middle]?.entry ?? 0) <= index) low = middle + 1;
      else high = middle;
    }
    const step = steps[low - 1];
    return step && index < step.entry + step.entries ? step : undefined;
  }

  /** The steps that changed some of the keys, in order, each with what it changed of them. Ask first whether that is known. */
  stepsOf(keys: readonly string[], db = 0): ChangingStep[] {
    const steps = new Map<number, ChangingStep>();
    for (const key of keys)
      for (const { step, change } of this.changesOf(key, db)) {
        const order = this.orderOf(step);
        const found = steps.get(order) ?? { step, changes: new Map() };
        steps.set(order, found);
        found.changes.set(key, change);
      }
    return [...steps].sort(([one], [other]) => one - other).map(([, found]) => found);
  }

  /**
   * What keys held after each step that changed one of them, in order. `before` tells what they held before the first.
   * Ask first whether they are known.
   */
  statesOf(
    keys: readonly string[],
    before: (key: string) => KeySnapshot | undefined,
    db = 0,
  ): ReadonlyMap<string, KeySnapshot | null>[] {
    let state = new Map(keys.map((key) => [key, before(key) ?? null]));
    return this.stepsOf(keys, db).map(({ changes }) => {
      state = new Map(state);
      for (const [key, change] of changes) state.set(key, applyChange(state.get(key) ?? null, change));
      return state;
    });
  }

  /** The changes of a key, in order. Ask first whether they are known. */
  changesOf(key: string, db = 0): readonly PlacedChange[] {
    this.#changes ??= this.#collect();
    return this.#changes.get(placeOf(db, key)) ?? [];
  }

  /** The databases in which a key was changed. */
  databasesOf(key: string): number[] {
    this.#changes ??= this.#collect();
    return [...this.#changes.keys()].flatMap((place) =>
      place.endsWith(` ${key}`) && place.indexOf(' ') === place.length - key.length - 1
        ? [Number(place.slice(0, -key.length - 1))]
        : [],
    );
  }

  /** The changes of all keys of a database, by the names of the keys. */
  changedKeys(db = 0): ReadonlyMap<string, readonly PlacedChange[]> {
    this.#changes ??= this.#collect();
    const prefix = `${db} `;
    return new Map(
      [...this.#changes].flatMap(([place, changes]) =>
        place.startsWith(prefix) ? [[place.slice(prefix.length), changes] as const] : [],
      ),
    );
  }

  /** The last change of a key by the step of a command, or by one before it. */
  #lastChange(key: string, index: number, db: number): PlacedChange | undefined {
    const changes = this.changesOf(key, db);
    let [low, high] = [0, changes.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((changes[middle]?.step.entry ?? 0) <= index) low = middle + 1;
      else high = middle;
    }
    return changes[low - 1];
  }

  /** The place of a step among the steps. */
  orderOf(step: Step): number {
    this.#orders ??= new Map(this.steps.map((one, index) => [one, index]));
    return this.#orders.get(step) ?? 0;
  }

  #repliesOf(step: Step): [number, StepReply][] {
    if (step.entries === 0) return [];
    const entries = this.#run.trace.entries;
    const own: number[] = [];
    for (let index = step.entry; index < step.entry + step.entries; index += 1)
      if (entries[index]?.source !== 'lua') own.push(index);
    const answers = step.replies ? [...step.replies, step.reply] : [step.reply];
    // What a transaction answered that was aborted belongs to its EXEC.
    const first = own.length - answers.length;
    return answers.flatMap((reply, position): [number, StepReply][] => {
      const index = own[first + position];
      return reply && index !== undefined && this.#isTold(index) ? [[index, reply]] : [];
    });
  }

  /** False for a command on a key of which this run may not know what it held. */
  #isTold(index: number): boolean {
    if (this.#unlike.size === 0) return true;
    const entry = this.#run.trace.entries[index];
    return !entry?.args.some((arg) => this.#unlike.has(placeOf(entry.db, textOf(arg) ?? null)));
  }

  #collectUses(): Map<number, UsedKey[]> {
    const found = new Map<number, UsedKey[]>();
    for (const { entry, keys = [] } of this.steps)
      for (const used of keys) {
        const index = entry + (used.command ?? 0);
        const others = found.get(index);
        if (others) others.push(used);
        else found.set(index, [used]);
      }
    return found;
  }

  #collect(): Map<string, PlacedChange[]> {
    const found = new Map<string, PlacedChange[]>();
    const { trace, clock, replay } = this.#run;
    for (const step of replay?.steps ?? []) {
      const time = trace.entries[step.entry]?.at;
      const at = time === undefined ? clock.serverEnd : Math.floor(time / 1000);
      for (const change of step.changes) {
        const place = placeOf(change.db, textOf(changedKey(change)) ?? null);
        const changes = found.get(place) ?? [];
        found.set(place, changes);
        changes.push({ step, at, change });
      }
    }
    return found;
  }
}

/** Keys whose names are not text cannot be asked for. */
function placeOf(db: number, key: string | null): string {
  return `${db} ${key ?? '\0'}`;
}
