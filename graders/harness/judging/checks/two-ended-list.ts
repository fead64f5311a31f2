/** An end of a list, as commands name it. */
export type End = 'LEFT' | 'RIGHT';

/** A list to which elements come at both ends, and of which they go, each in the same time however long it is. */
export class TwoEndedList {
  /** Both halves have their end of the list last. */
  readonly #halves: Record<End, string[]>;

  constructor(items: Iterable<string> = []) {
    this.#halves = { LEFT: [], RIGHT: [...items] };
  }

  get length(): number {
    return this.#halves.LEFT.length + this.#halves.RIGHT.length;
  }

  put(end: End, item: string): void {
    this.#halves[end].push(item);
  }

  /** The element at an end, which is not there any more; undefined for an empty list. */
  take(end: End): string | undefined {
    if (this.#halves[end].length === 0) this.#share(end);
    return this.#halves[end].pop();
  }

  /** The elements from left to right. */
  toArray(): string[] {
    return [...this.#halves.LEFT.toReversed(), ...this.#halves.RIGHT];
  }

  /** Gives half of the elements to the end that has none: so many can then be taken before it has none again. */
  #share(end: End): void {
    const other = this.#halves[end === 'LEFT' ? 'RIGHT' : 'LEFT'];
    this.#halves[end] = other.splice(0, Math.ceil(other.length / 2)).reverse();
  }
}
