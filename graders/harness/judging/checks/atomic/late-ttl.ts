import { showArgument } from '../../../base/text/printable.ts';
import { notesOn } from '../effects.ts';
import type { Failure } from '../finding.ts';
import type { RunView } from '../run-view.ts';
import { commandsOn } from './loss.ts';
import type { Write } from './writes.ts';

/** The failure of a write that left its key without a TTL, which came in a step of its own; undefined for any other. */
export function lateTtl(run: RunView, { target: { key }, step }: Write): Failure | undefined {
  const changes = run.history.changesOf(key);
  const at = changes.findIndex((one) => one.step === step);
  if (changes[at]?.change.after?.expireAt !== null) return undefined;
  const later = changes.slice(at + 1).find(({ change }) => change.after && change.after.expireAt !== null);
  if (!later) return undefined;
  return {
    passed: false,
    expected: `${showArgument(key)}: written with its TTL in one step`,
    actual:
      'written without a TTL, which came in a second step: whoever is cut off in between leaves it there for ever',
    commands: notesOn(
      run,
      [step, later.step].flatMap((one) => commandsOn(run, one, key)),
    ),
  };
}
