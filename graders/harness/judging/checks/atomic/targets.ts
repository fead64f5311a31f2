import { textOf } from '../../../base/bytes.ts';
import { showArgument } from '../../../base/text/printable.ts';
import type { KeySnapshot } from '../../../evidence/evidence.ts';
import { memberScores } from '../member-scores.ts';
import { fieldText, type RunView } from '../run-view.ts';
import { typed } from './typed.ts';
import type { Target } from './writes.ts';

/** What is different from number to number. */
interface NumberIn {
  name: string;
  key: string;
  valueIn: Target['valueIn'];
  /** The command that adds to it. */
  add(amount: number): string;
  /** True where it may be put to 0 as well. */
  isZeroFree?: boolean;
}

/** A string that is a counter. */
export function counter(run: RunView, key: string): Target {
  return numberTarget(run, {
    name: showArgument(key),
    key,
    valueIn: stringText,
    add: (amount) => typed('INCRBYFLOAT', key, amount),
    isZeroFree: true,
  });
}

/** A field of a hash that is a number. */
export function fieldOf(run: RunView, key: string, field: string): Target {
  return numberTarget(run, {
    name: showArgument(key),
    key,
    valueIn: (found) => fieldText(found ?? undefined, field),
    add: (amount) => typed('HINCRBYFLOAT', key, field, amount),
  });
}

/** The score of a member of a sorted set. */
export function scoreOf(run: RunView, key: string, member: string, name: string): Target {
  return numberTarget(run, {
    name,
    key,
    valueIn: (found) => memberScores(found ?? undefined).get(member),
    add: (amount) => typed('ZINCRBY', key, amount, member),
  });
}

/** A string that is written only where nobody else has written it: what somebody else writes in between stays. */
export function guardedString(run: RunView, key: string, commands: readonly string[]): Target {
  const setUp = setUpValues(run, key, stringText);
  return {
    name: showArgument(key),
    key,
    valueIn: stringText,
    isFree: (value) => setUp.includes(value),
    rivals: () => [...commands],
    isWholeKey: true,
    isKept: ({ before, after }) => before === after,
  };
}

/** Whoever comes between adds to the number, and what is written takes that into account or is not written at all. */
function numberTarget(run: RunView, { add, isZeroFree = false, ...number }: NumberIn): Target {
  const setUp = setUpValues(run, number.key, number.valueIn).map((value) =>
    value === undefined ? undefined : Number(value),
  );
  return {
    ...number,
    // Whoever begins with 0 where there is no number yet adds to it then.
    isFree: (value, was) =>
      setUp.includes(Number(value)) || (Number(value) === 0 && (isZeroFree || was === undefined)),
    // Against what the script does: so it shows, too, where only the higher number stays, or only the lower one.
    rivals: (was = 0, is = 0) => [add(Number(is) < Number(was) ? 1 : -1)],
    isKept: ({ is, before, after }) => after !== is || before === is,
  };
}

function setUpValues(run: RunView, key: string, valueIn: Target['valueIn']): (string | number | undefined)[] {
  return [run.keyBefore(key), run.keyOfMainSetup(key)].map((found) => valueIn(found ?? null));
}

function stringText(key: KeySnapshot | null): string | undefined {
  return key?.type === 'string' ? textOf(key.value) : undefined;
}
