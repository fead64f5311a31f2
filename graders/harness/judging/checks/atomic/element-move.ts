import type { Step } from '../../../evidence/evidence.ts';
import type { Rival } from '../../../evidence/rival.ts';
import { itemsOf } from '../list-history.ts';
import type { RunView } from '../run-view.ts';
import { Moments } from './slip.ts';
import { type Held, Trial } from './trial.ts';
import { typed } from './typed.ts';

/** How an element came from one list of database 0 to another. */
export type ElementMove =
  /** By one step; the rivals that are to come before it. */
  | { manner: 'one step'; step: Step; item: string; from: string; rivals: Rival[] }
  /** Taken out by one step and put in by another. */
  | { manner: 'torn'; steps: Step[] }
  /** Put in, and never taken out. */
  | { manner: 'copied'; steps: Step[] }
  | { manner: 'none'; steps: Step[] };

/** What somebody else adds. */
const ADDED = 'somebody else was here';

/**
 * How an element came from one list to the other, whichever way it goes: whether that was right is for the lists to
 * tell. What counts is the last element that came: what was taken and put before may have been a set-up run again.
 */
export function elementMove(run: RunView, from: string, to: string): ElementMove {
  const move = moveOneWay(run, from, to);
  if (move.manner !== 'none') return move;
  return moveOneWay(run, to, from);
}

/** The first rival who makes a step lose an element, or have one twice; undefined where none does. */
export function rivalOfLoss(
  run: RunView,
  { step, rivals }: Extract<ElementMove, { manner: 'one step' }>,
): Rival | undefined {
  return rivals.find((rival) => {
    const { before, after } = Trial.of(run, rival).around(step.entry);
    return !isSame(elementsOf(before), elementsOf(after));
  });
}

/** True where the element is in its place in the end, at one end of the list that it joined, and was not right behind the step. */
export function isPutInPlaceLater(
  run: RunView,
  { step, item }: Extract<ElementMove, { manner: 'one step' }>,
  to: string,
  into: 'LEFT' | 'RIGHT',
): boolean {
  const joined = run.history.stepsOf([to]).findIndex((one) => one.step === step);
  const states = run.history.statesOf([to], (key) => run.keyBefore(key));
  const isInPlace = (state: (typeof states)[number] | undefined) =>
    itemsOf(state?.get(to) ?? undefined).at(into === 'LEFT' ? 0 : -1) === item;
  return isInPlace(states.at(-1)) && !isInPlace(states[joined]);
}

interface ListStep {
  step: Step;
  /** What the list lost that the element leaves. */
  lost: string[];
  /** What the list got that it joins. */
  got: string[];
}

function moveOneWay(run: RunView, from: string, to: string): ElementMove {
  const steps = listSteps(run, from, to);
  const held = new Set([...itemsOf(run.keyBefore(from)), ...steps.flatMap(({ lost }) => lost)]);
  const put = steps.findLast(({ got }) => got.some((item) => held.has(item)));
  if (!put) return { manner: 'none', steps: [] };
  const item = put.got.find((one) => held.has(one)) ?? '';
  if (put.lost.includes(item))
    return { manner: 'one step', step: put.step, item, from, rivals: rivalsOf(run, put.step, from, to) };
  const taken = steps.findLast(({ lost }) => lost.includes(item));
  return {
    manner: taken ? 'torn' : 'copied',
    steps: [...(taken ? [taken.step] : []), put.step].sort(
      (one, other) => run.history.orderOf(one) - run.history.orderOf(other),
    ),
  };
}

/** Others who add elements to the list that is left, or take some, at either end. */
function rivalsOf(run: RunView, step: Step, from: string, to: string): Rival[] {
  const entry = new Moments(run, [from]).slipBefore(step);
  return ['R', 'L'].flatMap((end) =>
    [typed(`${end}PUSH`, from, ADDED), typed(`${end}POP`, from)].map((command) => ({
      commands: [command],
      entry,
      keys: [from, to],
    })),
  );
}

function listSteps(run: RunView, from: string, to: string): ListStep[] {
  return run.history.stepsOf([from, to]).map(({ step, changes }) => {
    const [source, target] = [changes.get(from), changes.get(to)];
    return {
      step,
      lost: without(itemsOf(source?.before ?? undefined), itemsOf(source?.after ?? undefined)),
      got: without(itemsOf(target?.after ?? undefined), itemsOf(target?.before ?? undefined)),
    };
  });
}

function elementsOf(held: Held): string[] {
  return [...held.values()].flatMap((key) => itemsOf(key ?? undefined));
}

function isSame(items: readonly string[], others: readonly string[]): boolean {
  return items.length === others.length && without(items, others).length === 0;
}

/** The elements of a list that are not in the other, each as often as it is more often there. */
function without(items: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const item of others) left.set(item, (left.get(item) ?? 0) + 1);
  return items.filter((item) => {
    const number = left.get(item) ?? 0;
    left.set(item, number - 1);
    return number <= 0;
  });
}
