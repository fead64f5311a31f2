import { isDeepStrictEqual } from 'node:util';
import { textOf } from '../../base/bytes.ts';
import type { TraceEntry } from '../../evidence/evidence.ts';

/** How far apart two expiries may be that are the same, in ms: a script that asks how much is left is told less later. */
const SLACK_MS = 1_000;

/** True for two commands that are the same, but that what they say of an expiry may be a little off. */
export function isSameCall(one: TraceEntry, other: TraceEntry): boolean {
  return (
    one.db === other.db &&
    one.args.length === other.args.length &&
    one.args.every((arg, index) => {
      const against = other.args[index];
      if (isDeepStrictEqual(arg, against)) return true;
      const unit = expiryUnit(one.args, index);
      return unit !== undefined && Math.abs(Number(arg) - Number(against)) * unit <= SLACK_MS;
    })
  );
}

/** The unit in ms of an argument that says when a key expires; undefined for any other. */
function expiryUnit(args: TraceEntry['args'], index: number): number | undefined {
  const word = (at: number) => textOf(args[at] ?? '')?.toUpperCase() ?? '';
  const name = word(0);
  if (index === 2 && /^(?:P?EXPIRE(?:AT)?|P?SETEX|RESTORE)$/.test(name))
    return name.startsWith('P') || name === 'RESTORE' ? 1 : 1_000;
  const option = index > 2 ? word(index - 1) : '';
  if (!/^(?:EX|PX)(?:AT)?$/.test(option)) return undefined;
  return option.startsWith('P') ? 1 : 1_000;
}
