import type { Reply } from './reply.ts';

/** The peer sent bytes that are not RESP. */
export class ProtocolError extends Error {}

const CR = 13;
const NEEDS_MORE = Symbol('needs more bytes');

type Aggregate = Extract<Reply, { items: Reply[] }>;

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
  /** The aggregates that are under way, the outermost first, each with the number of its items. */
  readonly #open: { reply: Aggregate; size: number }[] = [];

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
      start = this.#offset;
      const whole = this.#close(reply);
      if (whole) replies.push(whole);
    }
    const rest = this.#buffer.subarray(start);
    this.#wanted = Math.max(0, this.#wanted - start);
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#chunksLength = rest.length;
    this.#buffer = Buffer.alloc(0);
    return replies;
  }

  /** Puts what was parsed in its place. Returns the outermost reply when that is complete by it. */
  #close(parsed: Reply | { reply: Aggregate; size: number }): Reply | undefined {
    if ('size' in parsed && parsed.size > 0) {
      this.#open.push(parsed);
      return undefined;
    }
    let done: Reply = 'size' in parsed ? parsed.reply : parsed;
    for (let parent = this.#open.at(-1); parent; parent = this.#open.at(-1)) {
      parent.reply.items.push(done);
      if (parent.reply.items.length < parent.size) return undefined;
      done = parent.reply;
      this.#open.pop();
    }
    return done;
  }

  /** Parses one reply, of an aggregate its head alone. */
  #parse(): Reply | { reply: Aggregate; size: number } | typeof NEEDS_MORE {
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
        return aggregate('array', length(rest));
      case '~':
        return aggregate('set', length(rest));
      case '>':
        return aggregate('push', length(rest));
      case '%':
        return aggregate('map', length(rest) * 2);
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
}

function aggregate(type: Aggregate['type'], size: number): Reply | { reply: Aggregate; size: number } {
  return size < 0 ? { type: 'nil' } : { reply: { type, items: [] }, size };
}

function length(text: string): number {
  const value = Number(text);
  if (text === '' || !Number.isInteger(value))
    throw new ProtocolError(`not a RESP length: ${JSON.stringify(text)}`);
  return value;
}
