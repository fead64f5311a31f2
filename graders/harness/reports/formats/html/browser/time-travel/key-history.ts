import type { KeyState, ShownType, Told, TravelChange } from './data.ts';

/** A change of one key, and the step that made it, from 1. */
export interface DatedChange {
  step: number;
  change: TravelChange;
}

/** After so many changes, a state is kept: none is further than that from one. */
const CHECKPOINT = 64;

/** How one key went: what it is at each step. Only what is asked for is worked out. */
export class KeyHistory {
  readonly changes: DatedChange[] = [];
  readonly #start: KeyState | null;
  readonly #told: Told;
  /** The states behind so many changes, each CHECKPOINT changes apart. */
  readonly #kept: (KeyState | null)[];

  constructor(start: KeyState | null, told: Told) {
    this.#start = start;
    this.#told = told;
    this.#kept = [start];
  }

  /** True if the key is there after this step: quick, as its elements do not matter. */
  isThere(step: number): boolean {
    const count = this.#countAt(step);
    return count === 0 ? this.#start !== null : this.changes[count - 1]?.change.now !== null;
  }

  /** What this step changed of it. */
  changeAt(step: number): TravelChange | null {
    const latest = this.changes[this.#countAt(step) - 1];
    return latest?.step === step ? latest.change : null;
  }

  /** What it is after this step; null if it is not there. */
  stateAt(step: number): KeyState | null {
    const count = this.#countAt(step);
    while (this.#kept.length <= Math.floor(count / CHECKPOINT)) {
      const known = (this.#kept.length - 1) * CHECKPOINT;
      this.#kept.push(this.#run(this.#kept.at(-1) ?? null, known, known + CHECKPOINT));
    }
    const nearest = Math.floor(count / CHECKPOINT);
    return this.#run(this.#kept[nearest] ?? null, nearest * CHECKPOINT, count);
  }

  /** How many of its changes were made up to this step. */
  #countAt(step: number): number {
    let [low, high] = [0, this.changes.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.changes[middle]?.step ?? 0) <= step) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #run(from: KeyState | null, first: number, end: number): KeyState | null {
    let state = from && { ...from, elements: [...from.elements] };
    for (const { change } of this.changes.slice(first, end)) state = applied(state, change, this.#told);
    return state;
  }
}

/** The state behind a change. It takes the elements of the state before, which is of no use any more. */
function applied(state: KeyState | null, change: TravelChange, told: Told): KeyState | null {
  const { now, whole, cut } = change;
  if (now === null) return null;
  if (cut) return { ...now, elements: [] };
  if (whole || state === null) return { ...now, elements: [...change.in] };
  const { elements } = state;
  const { columns, order } = told.types[now.type] ?? { columns: [], order: 'place' };
  if (order === 'place') elements.splice(change.at ?? 0, change.out.length, ...change.in);
  else replace(elements, change, columns.length, orderOf(order, told.texts));
  return { ...now, elements };
}

type Order = (element: readonly number[], other: readonly number[]) => number;

function orderOf(order: ShownType['order'], texts: readonly string[]): Order {
  const byName: Order = ([one = 0], [other = 0]) => one - other;
  if (order === 'bytes') return byName;
  if (order === 'id')
    return ([one = 0], [other = 0]) => compareIds(texts[one] ?? '', texts[other] ?? '') || one - other;
  const score = (index = 0) => Number(texts[index]?.replace('inf', 'Infinity'));
  return (one, other) => score(one[1]) - score(other[1]) || byName(one, other);
}

/** Orders the ids of stream entries, each a time and a number; what is no id comes behind them. */
function compareIds(one: string, other: string): number {
  const [parts, others] = [one, other].map((id) => /^(\d+)-(\d+)$/.exec(id)?.slice(1).map(BigInt));
  if (!parts || !others) return Number(!parts) - Number(!others);
  const at = parts[0] === others[0] ? 1 : 0;
  const [part = 0n, otherPart = 0n] = [parts[at], others[at]];
  return part < otherPart ? -1 : part > otherPart ? 1 : 0;
}

/** Takes what went out of the elements, and puts what came where it belongs. `width`: numbers of one element. */
function replace(elements: number[], change: TravelChange, width: number, order: Order): void {
  const gone = new Set(namesOf(change.out, width));
  for (const name of namesOf(change.in, width)) gone.add(name);
  let kept = 0;
  for (let from = 0; from < elements.length; from += width) {
    if (gone.has(elements[from] ?? 0)) continue;
    for (let part = 0; part < width; part += 1) elements[kept + part] = elements[from + part] ?? 0;
    kept += width;
  }
  elements.length = kept;
  for (let at = 0; at < change.in.length; at += width)
    insert(elements, change.in.slice(at, at + width), order);
}

function insert(elements: number[], element: readonly number[], order: Order): void {
  const width = element.length;
  let [low, high] = [0, elements.length / width];
  while (low < high) {
    const middle = (low + high) >> 1;
    const there = elements.slice(middle * width, (middle + 1) * width);
    if (order(there, element) < 0) low = middle + 1;
    else high = middle;
  }
  elements.splice(low * width, 0, ...element);
}

/** The first number of each element. */
function namesOf(elements: readonly number[], width: number): number[] {
  return elements.filter((_, index) => index % width === 0);
}
