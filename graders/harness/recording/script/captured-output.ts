import { trimContinuation, trimPartialCharacter } from '../../base/bytes.ts';
import type { Output } from '../../evidence/evidence.ts';

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
  #cutBefore = 0;

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
    // Not for each chunk: there may be one for each byte.
    if (this.#tailBytes <= 2 * this.#half) return;
    this.#tail = [Buffer.from(lastBytes(Buffer.concat(this.#tail), this.#half))];
    this.#tailBytes = this.#half;
  }

  /** Counts bytes that were cut before they came here, and are told of in what was added. */
  countCut(bytes: number): void {
    this.#cutBefore += bytes;
  }

  /** What was kept, as text, with a note of what was cut. */
  result(): Output {
    const head = Buffer.concat(this.#head);
    const tail = lastBytes(Buffer.concat(this.#tail), this.#half);
    const bytes = this.#bytes + this.#cutBefore;
    if (head.length + tail.length === this.#bytes) {
      return { text: Buffer.concat([head, tail]).toString(), bytes, cut: this.#cutBefore > 0 };
    }
    const first = trimPartialCharacter(head);
    const last = trimContinuation(tail);
    const note = `\n… ${this.#bytes - first.length - last.length} bytes of output were cut here …\n`;
    return { text: text(first) + note + text(last), bytes, cut: true };
  }
}

function lastBytes(bytes: Buffer, count: number): Buffer {
  return bytes.subarray(Math.max(0, bytes.length - count));
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}
