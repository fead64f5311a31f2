/** Takes a mark out of what a process writes, wherever its chunks are cut, and calls back for each. */
export class MarkFilter {
  readonly #mark: Buffer;
  readonly #seen: () => void;
  /** What may be the beginning of a mark. */
  #held = Buffer.alloc(0);

  constructor(mark: string, seen: () => void) {
    this.#mark = Buffer.from(mark);
    this.#seen = seen;
  }

  /** What of a chunk, and of what was held back before it, is no mark. */
  pass(chunk: Buffer): Buffer {
    let rest = Buffer.concat([this.#held, chunk]);
    const passed: Buffer[] = [];
    for (let at = rest.indexOf(this.#mark); at !== -1; at = rest.indexOf(this.#mark)) {
      passed.push(rest.subarray(0, at));
      rest = rest.subarray(at + this.#mark.length);
      this.#seen();
    }
    const held = this.#begunAtEnd(rest);
    this.#held = rest.subarray(rest.length - held);
    return Buffer.concat([...passed, rest.subarray(0, rest.length - held)]);
  }

  /** What is still held back, when nothing more comes: it was no mark. */
  end(): Buffer {
    const held = this.#held;
    this.#held = Buffer.alloc(0);
    return held;
  }

  /** How many bytes at the end are the beginning of a mark. */
  #begunAtEnd(bytes: Buffer): number {
    for (let length = Math.min(this.#mark.length - 1, bytes.length); length > 0; length -= 1)
      if (bytes.subarray(bytes.length - length).equals(this.#mark.subarray(0, length))) return length;
    return 0;
  }
}
