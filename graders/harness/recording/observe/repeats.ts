/** The longest loop that is seen, in commands. */
const LONGEST = 8;
/** How many turns of a loop there must be before others are left out. */
const TURNS = 20;

/** Something of a sequence that may go round in a loop: what is the same in two turns has the same print. */
export interface Printed {
  print: string;
}

/**
 * Leaves out turns of loops from a sequence: of the same items over and over again the first turns come
 * through, and the last one. Turns are left out as a whole, so that a machine that goes through its states once
 * a turn ends in the same one.
 */
export class Repeats<Item extends Printed> {
  /** What came through or would have, the latest last. */
  readonly #recent: string[] = [];
  /** For each length of a loop, how many items were the same as the ones so far before them. */
  readonly #runs = new Array<number>(LONGEST + 1).fill(0);
  #loop: string[] | undefined;
  /** The last turn that was whole, and the one that is under way. */
  #turn: Item[] = [];
  #held: Item[] = [];

  /** Takes the next item. Gives back those that come through now, and those that are left out. */
  take(item: Item): { through: Item[]; out: Item[] } {
    if (!this.#loop) {
      this.#learn(item);
      return { through: [item], out: [] };
    }
    if (item.print !== this.#loop[this.#held.length]) {
      const through = [...this.end(), item];
      this.#learn(item);
      return { through, out: [] };
    }
    this.#held.push(item);
    if (this.#held.length < this.#loop.length) return { through: [], out: [] };
    const out = this.#turn;
    this.#turn = this.#held;
    this.#held = [];
    return { through: [], out };
  }

  /** What comes through where the sequence ends, or the loop does. */
  end(): Item[] {
    const through = [...this.#turn, ...this.#held];
    this.#turn = [];
    this.#held = [];
    this.#loop = undefined;
    this.#runs.fill(0);
    this.#recent.length = 0;
    return through;
  }

  #learn({ print }: Item): void {
    this.#recent.push(print);
    for (let length = 1; length <= LONGEST; length += 1) {
      const same = this.#recent.at(-1 - length) === print;
      const run = same ? (this.#runs[length] ?? 0) + 1 : 0;
      this.#runs[length] = run;
      if (run >= length * TURNS) {
        this.#loop = this.#recent.slice(-length);
        return;
      }
    }
    if (this.#recent.length > LONGEST) this.#recent.shift();
  }
}
