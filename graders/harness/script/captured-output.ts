import type { Output } from '../evidence/evidence.ts';

/**
 * Collects what a process writes, within a limit: the head and the tail are kept, what lies between is
 * counted and dropped while it streams.
 */
export class CapturedOutput {
  readonly #half: number;
  readonly #head: Buffer[] = [];
  #headBytes = 0;
  #tail: Buffer[] = [];
  #tailBytes = 0;
  #bytes = 0;

  /** `limit` is in bytes. */
  constructor(limit: number) {
    this.#half = Math.floor(limit / 2);
  }

  add(chunk: Buffer): void {
    this.#bytes += chunk.length;
    const room = Math.max(0, this.#half - this.#headBytes);
    if (room > 0) {
      this.#head.push(chunk.subarray(0, room));
      this.#headBytes += Math.min(room, chunk.length);
    }
    const rest = chunk.subarray(room);
    if (rest.length === 0) return;
    this.#tail.push(rest);
    this.#tailBytes += rest.length;
    while (this.#tailBytes - (this.#tail[0]?.length ?? 0) >= this.#half) {
      this.#tailBytes -= this.#tail.shift()?.length ?? 0;
    }
  }

  /** What was kept, as text, with a note of what was cut. */
  result(): Output {
    const head = Buffer.concat(this.#head);
    const tail = Buffer.concat(this.#tail).subarray(-this.#half);
    const dropped = this.#bytes - head.length - tail.length;
    if (dropped <= 0) {
      return { text: Buffer.concat([head, tail]).toString(), bytes: this.#bytes, cut: false };
    }
    const note = `\n… ${dropped} bytes of output were cut here …\n`;
    return { text: head.toString() + note + tail.toString(), bytes: this.#bytes, cut: true };
  }
}
