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
  isFree(value: string | number): boolean;
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

/** The steps that gave a target another value, and the rival that is to come before each of those that are tried. */
export function writesOf(run: RunView, target: Target): Write[] {
  const toWrite = writeMaker(run, target);
  const changes = valuesOf(run, target);
  return changes.flatMap(({ step, was, is }, index): Write[] => {
    // That it expires is nobody's doing.
    if (step.entries === 0) return [];
    // To take it away is no more than a part of what comes next.
    const next = is ?? changes[index + 1]?.is;
    return next === undefined || target.isFree(next) ? [] : [toWrite(step, was, is)];
  });
}

/**
 * The steps that wrote a number once more that was there by then, such as the one that a command has answered: it
 * changes nothing, unless somebody else comes in between.
 */
export function rewritesOf(run: RunView, target: Target): Write[] {
  const { key, valueIn, isFree, isWholeKey } = target;
  if (isWholeKey) return [];
  const toWrite = writeMaker(run, target);
  const changes = new Map(run.history.changesOf(key).map(({ step, change }) => [step, change]));
  let state = run.keyBefore(key) ?? null;
  return run.history.steps.flatMap((step): Write[] => {
    const was = valueIn(state);
    const change = changes.get(step);
    if (change) state = applyChange(state, change);
    const is = valueIn(state);
    if (is === undefined || is !== was || isFree(is)) return [];
    const isWritten = run.commandsOf(step).some((one) => run.useOf(one, key)?.use === 'write');
    return isWritten ? [toWrite(step, was, is)] : [];
  });
}

function writeMaker(run: RunView, target: Target): (step: Step, was: Value, is: Value) => Write {
  const keys = [target.key];
  const moments = new Moments(run, keys);
  return (step, was, is) => {
    const rival = { commands: target.rivals(was, is), entry: moments.slipBefore(step), keys };
    return { target, step, was, is, rival };
  };
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

/** The values that a target took, one after the other. */
function valuesOf(
  run: RunView,
  { key, valueIn, isWholeKey = false }: Target,
): { step: Step; was: Value; is: Value }[] {
  let state = run.keyBefore(key) ?? null;
  return run.history.changesOf(key).flatMap(({ step, change }) => {
    const was = valueIn(state);
    state = applyChange(state, change);
    const is = valueIn(state);
    return was === is && !isWholeKey ? [] : [{ step, was, is }];
  });
}

/** What a write looks like without its numbers: its commands, their words, and how far somebody else is from it. */
function lookOf(run: RunView, { step, rival }: Write): string {
  const words = run
    .commandsOf(step)
    .map(({ name, args }) => [name, ...args.filter((arg) => /^[a-z]+$/i.test(arg ?? ''))]);
  const isNext = rival.entry === step.entry;
  return JSON.stringify([isNext, words]);
}
