import { isDeepStrictEqual } from 'node:util';
import { textOf } from '../../base/bytes.ts';
import type { TraceEntry } from '../../evidence/evidence.ts';

/** How far apart two expiries may be that are the same, in ms, beside the time that had passed. */
const SLACK_MS = 5_000;

/**
 * True for two commands that are the same, but that what they say of an expiry may be a little off: a script that asks
 * how much is left is told less later. `passedMs` is for how long the two had been running by then, in all.
 */
export function isSameCall(one: TraceEntry, other: TraceEntry, passedMs: number): boolean {
  return (
    one.db === other.db &&
    one.args.length === other.args.length &&
    one.args.every((arg, index) => {
      if (isDeepStrictEqual(arg, other.args[index])) return true;
      const [left, leftThen] = [one, other].map((entry) => timeLeft(entry, index));
      if (left === undefined || leftThen === undefined) return false;
      return Math.abs(left - leftThen) <= SLACK_MS + passedMs;
    })
  );
}

/** In how many ms a key expires by an argument of a command; undefined where it says something else. */
function timeLeft({ args, at }: TraceEntry, index: number): number | undefined {
  const word = (place: number) => textOf(args[place] ?? '')?.toUpperCase() ?? '';
  const name = word(0);
  const isPlace = index === 2 && /^(?:P?EXPIRE(?:AT)?|P?SETEX|RESTORE)$/.test(name);
  const says = isPlace ? name : index > 2 ? word(index - 1) : '';
  if (!isPlace && !/^(?:EX|PX)(?:AT)?$/.test(says)) return undefined;
  const unit = says.startsWith('P') || says === 'RESTORE' ? 1 : 1_000;
  return Number(word(index)) * unit - (says.endsWith('AT') ? at / 1_000 : 0);
}
