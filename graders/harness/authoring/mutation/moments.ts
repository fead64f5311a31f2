import { toBuffer, type Value } from '../../base/bytes.ts';
import { applyChange, changedKey } from '../../evidence/change.ts';
import type { RunEvidence, Step } from '../../evidence/evidence.ts';
import { keysOf } from './edit.ts';
import type { Keys, Moment, Words } from './mutant.ts';

/**
 * The moment of each command in a run of a command file that has one on each line; undefined where the replay does
 * not tell.
 */
export function momentsOf(commands: readonly Words[], run: RunEvidence | undefined): (Moment | undefined)[] {
  const moments: (Moment | undefined)[] = commands.map(() => undefined);
  if (run?.replay?.until !== 'end') return moments;
  const unlike = run.replay.unlike.map(({ key }) => wordOf(key));
  const states = new States(run);
  for (const step of run.replay.steps) {
    // The step is a whole transaction: what its earlier commands did is told of all of them together.
    const worked: string[] = [];
    for (const { line, db, source } of run.trace.entries.slice(step.entry, step.entry + step.entries)) {
      const words = commands[(line ?? 0) - 1];
      if (line === null || !words || source === 'lua') continue;
      const own = keysOf([words]);
      moments[line - 1] = {
        keys: states.of(db),
        unknown: new Set([...unlike, ...worked]),
        changed: hasChanged(step, db, own),
      };
      worked.push(...own);
    }
    states.apply(step);
  }
  return moments;
}

/** A text or the bytes of evidence, as a word has them. */
export function wordOf(value: Value): string {
  return toBuffer(value).toString('latin1');
}

/** In a transaction, a command counts for what became of the keys that it names. */
function hasChanged({ changes, replies }: Step, db: number, own: readonly string[]): boolean {
  if (!replies) return changes.length > 0;
  return changes.some((change) => change.db === db && own.includes(wordOf(changedKey(change))));
}

/** What all databases hold, step by step. */
class States {
  readonly #databases: Map<number, Keys>;

  constructor({ before }: RunEvidence) {
    this.#databases = new Map(
      before.databases.map(({ index, keys }) => [index, new Map(keys.map((key) => [wordOf(key.key), key]))]),
    );
  }

  of(db: number): Keys {
    return this.#databases.get(db) ?? new Map();
  }

  apply({ changes }: Step): void {
    for (const change of changes) {
      // What was given out stays as it was.
      const keys = new Map(this.of(change.db));
      const name = wordOf(changedKey(change));
      const after = applyChange(keys.get(name) ?? null, change);
      if (after) keys.set(name, after);
      else keys.delete(name);
      this.#databases.set(change.db, keys);
    }
  }
}
