import type { Step } from '../../evidence/evidence.ts';
import { ReplayLimits } from '../../evidence/limits.ts';

/** What a step takes beside what was learned of it, in bytes. */
const STEP_BYTES = 60;

/** The steps of a replay, as many as there is room for. */
export class StepLedger {
  readonly #steps: Step[] = [];
  #bytes = 0;
  /** How many steps there was room for. */
  #kept: number | undefined;

  /** False where there was no room for some. */
  get isWhole(): boolean {
    return this.#kept === undefined;
  }

  /** Those that there was room for. */
  get kept(): readonly Step[] {
    return this.#steps.slice(0, this.#kept);
  }

  get length(): number {
    return this.#steps.length;
  }

  add(step: Step): void {
    this.#steps.push(step);
  }

  /** Counts what was learned of a step: what there is no room for is not kept, nor is any step behind it. */
  count(step: Step, learned: unknown): void {
    this.#bytes += JSON.stringify(learned).length + STEP_BYTES;
    if (this.#bytes > ReplayLimits.bytes) this.#kept ??= this.#steps.indexOf(step);
  }
}
