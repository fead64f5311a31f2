import { showArgument } from '../../../base/text/printable.ts';
import { timeInWords } from '../../words/ttl-words.ts';
import { notesOn } from '../effects.ts';
import type { Failure } from '../finding.ts';
import type { PlacedChange } from '../run-history.ts';
import type { RunView } from '../run-view.ts';
import { commandsOn } from './loss.ts';
import type { Write } from './writes.ts';

/** By which part of itself a TTL may differ from one that it renews: the time that a script takes is no other TTL. */
const SLACK = 0.1;

/**
 * The failure of a write that left its key without a TTL, or with another one than that which came in a step of its
 * own; undefined for any other.
 */
export function lateTtl(run: RunView, { target: { key }, step }: Write): Failure | undefined {
  const changes = run.history.changesOf(key);
  const at = changes.findIndex((one) => one.step === step);
  const first = changes[at];
  if (!first?.change.after) return undefined;
  const given = ttlOf(first);
  const later = changes.slice(at + 1).find((one) => {
    const ttl = ttlOf(one);
    return ttl !== null && (given === null || Math.abs(ttl - given) > given * SLACK);
  });
  if (!later) return undefined;
  return {
    passed: false,
    expected: `${showArgument(key)}: written with its TTL in one step`,
    actual:
      given === null
        ? 'written without a TTL, which came in a second step: whoever is cut off in between leaves it there for ever'
        : `written with a TTL of about ${timeInWords(given)}, and given another one in a second step`,
    commands: notesOn(
      run,
      [step, later.step].flatMap((one) => commandsOn(run, one, key)),
    ),
  };
}

/** The TTL in ms that a step left a key with; null where it left none. */
function ttlOf({ change: { after }, at }: PlacedChange): number | null {
  return after === null || after.expireAt === null ? null : after.expireAt - at;
}
