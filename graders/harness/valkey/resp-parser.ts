import type { Reply } from './reply.ts';

/** The peer sent bytes that are not RESP. */
export class ProtocolError extends Error {}

const CR = 13;
const NEEDS_MORE = Symbol('needs more bytes');

/**
 * Parses a stream of RESP2/RESP3 bytes into replies.
 * Feed it chunks; it gives back the replies that they complete and keeps the rest.
 */
export class RespParser {
  #buffer: Buffer = Buffer.alloc(0);
  #offset = 0;
  #chunks: Buffer[] = [];
  #chunksLength = 0;
  /** How many bytes must be there before parsing is worth another try: a large bulk is not parsed anew for each chunk. */
  #wanted = 0;

  /** Takes a chunk and returns the replies that are now complete, in order. Throws ProtocolError. */
  feed(chunk: Buffer): Reply[] {
    this.#chunks.push(chunk);
    this.#chunksLength += chunk.length;
    if (this.#chunksLength < this.#wanted) return [];
    this.#buffer = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
    this.#wanted = 0;
    const replies: Reply[] = [];
    let start = 0;
    for (;;) {
      this.#offset = start;
      const reply = this.#parse();
      if (reply === NEEDS_MORE) break;
      replies.push(reply);
      start = this.#offset;
    }
    const rest = this.#buffer.subarray(start);
    this.#wanted = Math.max(0, this.#wanted - start);
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#chunksLength = rest.length;
    this.#buffer = Buffer.alloc(0);
    return replies;
  }

  #parse(): Reply | typeof NEEDS_MORE {
    const line = this.#line();
    if (line === NEEDS_MORE) return NEEDS_MORE;
    const rest = line.slice(1);
    switch (line[0]) {
      case '+':
        return { type: 'status', value: rest };
      case '-':
        return { type: 'error', value: rest };
      case ':':
      case '(':
        return { type: 'integer', value: rest };
      case ',':
        return { type: 'double', value: rest };
      case '#':
        return { type: 'boolean', value: rest === 't' };
      case '_':
        return { type: 'nil' };
      case '$':
        return this.#bulk('bulk', length(rest));
      case '=':
        return this.#bulk('verbatim', length(rest));
      case '!': {
        const error = this.#bulk('bulk', length(rest));
        return error !== NEEDS_MORE && error.type === 'bulk'
          ? { type: 'error', value: error.value.toString() }
          : error;
      }
      case '*':
        return this.#items('array', length(rest));
      case '~':
        return this.#items('set', length(rest));
      case '>':
        return this.#items('push', length(rest));
      case '%':
        return this.#items('map', length(rest) * 2);
      default:
        throw new ProtocolError(`not a RESP reply: ${JSON.stringify(line.slice(0, 60))}`);
    }
  }

  #line(): string | typeof NEEDS_MORE {
    const end = this.#buffer.indexOf(CR, this.#offset);
    if (end === -1 || end + 1 >= this.#buffer.length) return NEEDS_MORE;
    const line = this.#buffer.toString('utf8', this.#offset, end);
    this.#offset = end + 2;
    return line;
  }

  #bulk(type: 'bulk' | 'verbatim', size: number): Reply | typeof NEEDS_MORE {
    if (size < 0) return { type: 'nil' };
    const end = this.#offset + size;
    if (end + 2 > this.#buffer.length) {
      this.#wanted = end + 2;
      return NEEDS_MORE;
    }
    const value = Buffer.from(this.#buffer.subarray(this.#offset, end));
    this.#offset = end + 2;
    // A verbatim string begins with its format and a colon: `txt:`.
    return { type, value: type === 'verbatim' ? value.subarray(4) : value };
  }

  #items(type: 'array' | 'set' | 'push' | 'map', size: number): Reply | typeof NEEDS_MORE {
    if (size < 0) return { type: 'nil' };
    const items: Reply[] = [];
    for (let index = 0; index < size; index += 1) {
      const item = this.#parse();
      if (item === NEEDS_MORE) return NEEDS_MORE;
      items.push(item);
    }
    return { type, items };
  }
}

function length(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value)) throw new ProtocolError(`not a RESP length: ${JSON.stringify(text)}`);
  return value;
}
