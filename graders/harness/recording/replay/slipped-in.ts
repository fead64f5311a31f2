import { textOf } from '../../base/bytes.ts';
import { changedKey } from '../../evidence/change.ts';
import type { KeySnapshot, ReplayEnd, RivalTrial, Step } from '../../evidence/evidence.ts';
import type { Rival } from '../../evidence/rival.ts';
import { splitArguments } from '../../valkey/notation/quoting.ts';
import type { GraderSession } from '../observe/grader-session.ts';
import type { Place } from './place.ts';

/** Somebody else who comes between two steps of a replay. */
export class SlippedIn {
  readonly #rival: Rival;
  readonly #names: ReadonlySet<string>;
  /** The keys to look at after each step: what a script does to them may be another thing than it did in the run. */
  readonly places: readonly Place[];
  #held: KeySnapshot[] | undefined;
  /** How many steps came before. */
  #position = 0;

  constructor(rival: Rival) {
    this.#rival = rival;
    this.#names = new Set(rival.keys);
    this.places = rival.keys.map((key) => ({ db: 0, key: Buffer.from(key) }));
  }

  /** True where the step that begins at an index of the trace is the one to come before, or behind it. */
  isDue(entry: number): boolean {
    return this.#held === undefined && entry >= this.#rival.entry;
  }

  /** Runs the commands. One that is refused, since the key is of another type there, changes nothing. */
  async run(session: GraderSession): Promise<void> {
    await session.tryAll(this.#rival.commands.map(splitArguments));
  }

  /** Takes note of what the keys hold right behind the commands. */
  note(held: readonly (KeySnapshot | null)[], position: number): void {
    this.#held = held.filter((key) => key !== null);
    this.#position = position;
  }

  /** What became of it. */
  trial(steps: readonly Step[], until: ReplayEnd): RivalTrial {
    return {
      ...this.#rival,
      commands: [...this.#rival.commands],
      keys: [...this.#rival.keys],
      held: this.#held ?? [],
      steps: this.#held === undefined ? [] : steps.slice(this.#position).flatMap((step) => this.#part(step)),
      until: this.#held === undefined && until === 'end' ? 'gap' : until,
    };
  }

  #part({ entry, changes }: Step): RivalTrial['steps'] {
    const own = changes.filter(
      (change) => change.db === 0 && this.#names.has(textOf(changedKey(change)) ?? ''),
    );
    return own.length === 0 ? [] : [{ entry, changes: own }];
  }
}
