import { trimContinuation, trimPartialCharacter } from '../evidence/bytes.ts';
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
    for (let first = this.#tail[0]; first; first = this.#tail[0]) {
      if (this.#tailBytes - first.length < this.#half) break;
      this.#tail.shift();
      this.#tailBytes -= first.length;
    }
  }

  /** What was kept, as text, with a note of what was cut. */
  result(): Output {
    const head = Buffer.concat(this.#head);
    const tail = lastBytes(Buffer.concat(this.#tail), this.#half);
    if (head.length + tail.length === this.#bytes) {
      return { text: Buffer.concat([head, tail]).toString(), bytes: this.#bytes, cut: false };
    }
    const first = trimPartialCharacter(head);
    const last = trimContinuation(tail);
    const note = `\n… ${this.#bytes - first.length - last.length} bytes of output were cut here …\n`;
    return { text: text(first) + note + text(last), bytes: this.#bytes, cut: true };
  }
}

function lastBytes(bytes: Buffer, count: number): Buffer {
  return bytes.subarray(Math.max(0, bytes.length - count));
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}
