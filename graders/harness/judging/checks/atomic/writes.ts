import { textOf } from '../../../base/bytes.ts';
import { applyChange } from '../../../evidence/change.ts';
import type { KeySnapshot, Step } from '../../../evidence/evidence.ts';
import type { Rival } from '../../../evidence/rival.ts';
import type { RunView } from '../run-view.ts';
import { Moments } from './slip.ts';
import { Trial } from './trial.ts';

/** What is to be changed in one step: a key of database 0, or a number in one. */
export interface Target {
  /** As the learner knows it. */
  name: string;
  key: string;
  /** Undefined where it is not there. */
  valueIn(key: KeySnapshot | null): string | number | undefined;
  /** True for a value that may be written whoever comes between, such as that of a set-up that is run again. */
  isFree(value: string | number, was: string | number | undefined): boolean;
  /** What somebody else does who comes between, as one types it in valkey-cli. */
  rivals(was: string | number | undefined, is: string | number | undefined): string[];
  /** True where each step that changed the key is meant, if only its TTL. */
  isWholeKey?: boolean;
  /** True where a step in whose trial these were the values did right by the rival. */
  isKept(values: TriedValues): boolean;
}

type Value = string | number | undefined;

/** A step that gave a target another value, or wrote the one again that it had. */
export interface Write {
  target: Target;
  step: Step;
  was: Value;
  is: Value;
  rival: Rival;
}

/** What a step made of a target. */
interface TriedValues {
  /** In the run. */
  is: Value;
  /** In a trial, before it and after it. */
  before: Value;
  after: Value;
}

/** So many of the writes that look alike are tried: the first ones. */
const TRIED_ALIKE = 2;
/** So many writes of one target are tried. */
const TRIED = 8;

/**
 * The steps that gave a target a value, and the rival that is to come before each of those that are tried. Those that
 * wrote the value which was there already come last: whoever comes between loses by them, too.
 */
export function writesOf(run: RunView, target: Target): Write[] {
  const { key } = target;
  const moments = new Moments(run, [key]);
  const values = valuesOf(run, target);
  const changes = values.filter(({ isChange }) => isChange);
  const writes = (steps: readonly TakenValue[]) => steps.flatMap((one) => writeOf(one));
  return [...writes(changes), ...writes(values.filter(({ isChange }) => !isChange))];

  function writeOf(one: TakenValue): Write[] {
    const { step, was, is } = one;
    // That it expires is nobody's doing.
    if (step.entries === 0) return [];
    // To take it away is no more than a part of what comes next.
    const next = is ?? changes[changes.indexOf(one) + 1]?.is;
    if (next === undefined || target.isFree(next, was)) return [];
    const commands = target.rivals(was, is);
    return [{ target, step, was, is, rival: { commands, entry: moments.slipBefore(step), keys: [key] } }];
  }
}

/** Those of the writes that are tried: a few of those that look alike. */
export function triedOf(run: RunView, writes: readonly Write[]): Write[] {
  const alike = new Map<string, number>();
  return writes
    .filter((write) => {
      const looks = lookOf(run, write);
      const number = alike.get(looks) ?? 0;
      alike.set(looks, number + 1);
      return number < TRIED_ALIKE;
    })
    .slice(0, TRIED);
}

/** The first of the writes that overwrites what somebody else did in between; undefined where none does. */
export function lossIn(run: RunView, writes: readonly Write[]): Write | undefined {
  return triedOf(run, writes).find(({ target, step, is, rival }) => {
    const around = Trial.of(run, rival).around(step.entry);
    const valueIn = (held: typeof around.before) => target.valueIn(held.get(target.key) ?? null);
    return !target.isKept({ is, before: valueIn(around.before), after: valueIn(around.after) });
  });
}

interface TakenValue {
  step: Step;
  was: Value;
  is: Value;
  /** False where it was written as it was before. */
  isChange: boolean;
}

/** The values that a target took, one after the other. */
function valuesOf(run: RunView, { key, valueIn, isWholeKey = false }: Target): TakenValue[] {
  const changes = new Map(run.history.changesOf(key).map(({ step, change }) => [step, change]));
  let state = run.keyBefore(key) ?? null;
  return run.history.steps.flatMap((step): TakenValue[] => {
    const change = changes.get(step);
    const was = valueIn(state);
    if (change) state = applyChange(state, change);
    const is = valueIn(state);
    const isChange = change !== undefined && (was !== is || isWholeKey);
    return isChange || (is !== undefined && putsAnew(step, key)) ? [{ step, was, is, isChange }] : [];
  });
}

/** True for a step with a command that writes a key of database 0 whatever is there: SET, and not INCR. */
function putsAnew({ keys = [] }: Step, name: string): boolean {
  return keys.some(
    ({ db, key, use, writes }) => db === 0 && use === 'write' && writes === 'put' && textOf(key) === name,
  );
}

/** What a write looks like without its numbers: its commands, their words, and how far somebody else is from it. */
function lookOf(run: RunView, { step, rival }: Write): string {
  const words = run
    .commandsOf(step)
    .map(({ name, args }) => [name, ...args.filter((arg) => /^[a-z]+$/i.test(arg ?? ''))]);
  const isNext = rival.entry === step.entry;
  return JSON.stringify([isNext, words]);
}
