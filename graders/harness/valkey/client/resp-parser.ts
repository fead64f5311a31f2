import type { Reply } from './reply.ts';

/** The peer sent bytes that are not RESP. */
export class ProtocolError extends Error {}

/** How much is kept of one reply. What is beyond that is read and counted, and never held. */
export interface ReplyLimits {
  /** Bytes as they come from the server. */
  bytes: number;
  /** Arrays within arrays. */
  depth: number;
}

const CR = 13;
/** The longest line that tells how long something is: it is kept whatever the limits are. */
const LENGTH_LINE = 64;

type Aggregate = Extract<Reply, { items: Reply[] }>;
type Bulk = '$' | '=' | '!';
const AGGREGATES = { '*': 'array', '~': 'set', '>': 'push', '%': 'map' } as const;

/**
 * Parses a stream of RESP2/RESP3 bytes into replies.
 * Feed it chunks; it gives back the replies that they complete and keeps the rest, within limits if it has some.
 */
export class RespParser {
  readonly #limits: ReplyLimits;
  /** How many bytes may still be kept of the reply that is under way. */
  #room: number;
  /** Bytes to be read before the next line or value begins, of which nothing is kept. */
  #drop = 0;
  /** The line that is under way. */
  #line: Pieces | undefined;
  /** The bulk that is under way. */
  #bulk: { kind: Bulk; left: number; pieces: Pieces } | undefined;
  /** The aggregates that are under way, the outermost first, each with the number of items that are still to come. */
  readonly #open: { reply: Aggregate; left: number }[] = [];
  /** How many values are still to come of what is not kept: aggregates in it add to them. */
  #skip = 0;
  #skippedBytes = 0;
  /** What stands for an aggregate that is nested too deep. */
  #tooDeep: Aggregate | undefined;
  #replies: Reply[] = [];

  constructor(limits: ReplyLimits = { bytes: Number.POSITIVE_INFINITY, depth: Number.POSITIVE_INFINITY }) {
    this.#limits = limits;
    this.#room = limits.bytes;
  }

  /** Takes a chunk and returns the replies that are now complete, in order. Throws ProtocolError. */
  feed(chunk: Buffer): Reply[] {
    this.#replies = [];
    for (let offset = 0; offset < chunk.length; ) {
      const dropped = Math.min(this.#drop, chunk.length - offset);
      this.#drop -= dropped;
      offset += dropped;
      if (offset === chunk.length) break;
      offset = this.#bulk ? this.#readBulk(chunk, offset) : this.#readLine(chunk, offset);
    }
    return this.#replies;
  }

  #readLine(chunk: Buffer, start: number): number {
    const end = chunk.indexOf(CR, start);
    const limit = Math.max(this.#room, LENGTH_LINE);
    if (!this.#line && end !== -1 && end - start <= limit) {
      // As nearly all lines are.
      this.#begin(chunk.toString('utf8', start, end), end - start, 0);
      return end + 1;
    }
    this.#line ??= new Pieces(limit);
    this.#line.add(chunk, start, end === -1 ? chunk.length : end);
    if (end === -1) return chunk.length;
    const line = this.#line;
    this.#line = undefined;
    this.#begin(line.take().toString(), line.size, line.missing);
    return end + 1;
  }

  /** Takes the first line of a value, or all of it. */
  #begin(text: string, size: number, missing: number): void {
    this.#drop = 1;
    const rest = text.slice(1);
    // Once nothing more is kept of a reply, what is still to come of it is counted alone.
    if (this.#skip === 0 && this.#room <= 0 && this.#open.length > 0) this.#skip = 1;
    this.#spend(size + 2);
    const kind = text[0] ?? '';
    if (isBulk(kind)) this.#beginBulk(kind, length(rest));
    else if (isAggregate(kind)) this.#beginAggregate(AGGREGATES[kind], length(rest) * (kind === '%' ? 2 : 1));
    else this.#done(oneLine(text, missing));
  }

  #beginBulk(kind: Bulk, size: number): void {
    if (size < 0) {
      this.#done({ type: 'nil' });
      return;
    }
    this.#bulk = { kind, left: size, pieces: new Pieces(this.#skip > 0 ? 0 : Math.max(0, this.#room)) };
    this.#spend(size + 2);
    if (size === 0) this.#endBulk();
  }

  #readBulk(chunk: Buffer, start: number): number {
    const bulk = this.#bulk;
    if (!bulk) return start;
    const end = Math.min(chunk.length, start + bulk.left);
    bulk.pieces.add(chunk, start, end);
    bulk.left -= end - start;
    if (bulk.left === 0) this.#endBulk();
    return end;
  }

  #endBulk(): void {
    const bulk = this.#bulk;
    if (!bulk) return;
    this.#bulk = undefined;
    this.#drop += 2;
    const cut = missing(bulk.pieces.missing);
    const value = bulk.pieces.take();
    if (bulk.kind === '!') this.#done({ type: 'error', value: value.toString(), ...cut });
    // A verbatim string begins with its format and a colon: `txt:`.
    else if (bulk.kind === '=') this.#done({ type: 'verbatim', value: value.subarray(4), ...cut });
    else this.#done({ type: 'bulk', value, ...cut });
  }

  #beginAggregate(type: Aggregate['type'], size: number): void {
    const reply: Aggregate = { type, items: [] };
    if (size <= 0) {
      this.#done(size < 0 ? { type: 'nil' } : reply);
    } else if (this.#skip > 0) {
      this.#skip += size - 1;
    } else if (this.#open.length >= this.#limits.depth) {
      this.#tooDeep = reply;
      this.#skip = size;
    } else {
      this.#open.push({ reply, left: size });
    }
  }

  /** Accounts for bytes of the reply that is under way. */
  #spend(bytes: number): void {
    if (this.#skip > 0) this.#skippedBytes += bytes;
    else this.#room -= bytes;
  }

  /** Takes a value that is complete. */
  #done(reply: Reply): void {
    if (this.#skip === 0) {
      this.#close(reply);
      return;
    }
    this.#skip -= 1;
    if (this.#skip > 0) return;
    const holder = this.#tooDeep ?? this.#open.at(-1)?.reply;
    if (holder) holder.missing = (holder.missing ?? 0) + this.#skippedBytes;
    this.#skippedBytes = 0;
    const placed = this.#tooDeep;
    this.#tooDeep = undefined;
    this.#close(placed);
  }

  /** Puts a value in its place, undefined for one that is not kept, and gives out the outermost reply when that is complete. */
  #close(value: Reply | undefined): void {
    let done = value;
    for (let parent = this.#open.at(-1); parent; parent = this.#open.at(-1)) {
      if (done) parent.reply.items.push(done);
      parent.left -= 1;
      if (parent.left > 0) return;
      done = parent.reply;
      this.#open.pop();
    }
    if (done) this.#replies.push(done);
    this.#room = this.#limits.bytes;
  }
}

/** Collects the pieces of a text, within a limit. */
class Pieces {
  readonly #limit: number;
  readonly #kept: Buffer[] = [];
  #keptBytes = 0;
  /** How many bytes there were, kept or not. */
  size = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get missing(): number {
    return this.size - this.#keptBytes;
  }

  /** Adds a part of a chunk. */
  add(chunk: Buffer, start: number, end: number): void {
    const kept = Math.min(end - start, this.#limit - this.#keptBytes);
    this.size += end - start;
    if (kept <= 0) return;
    this.#keptBytes += kept;
    this.#kept.push(chunk.subarray(start, start + kept));
  }

  /** A copy of what was kept: it must not hold on to the chunks. */
  take(): Buffer {
    const [first] = this.#kept;
    return first && this.#kept.length === 1 ? Buffer.from(first) : Buffer.concat(this.#kept);
  }
}

function missing(bytes: number): { missing?: number } {
  return bytes > 0 ? { missing: bytes } : {};
}

function isBulk(kind: string): kind is Bulk {
  return kind === '$' || kind === '=' || kind === '!';
}

function isAggregate(kind: string): kind is keyof typeof AGGREGATES {
  return Object.hasOwn(AGGREGATES, kind);
}

/** A reply of one line, of which so many bytes are missing. */
function oneLine(text: string, cut: number): Reply {
  const value = text.slice(1);
  switch (text[0]) {
    case '+':
      return { type: 'status', value, ...missing(cut) };
    case '-':
      return { type: 'error', value, ...missing(cut) };
    case ':':
    case '(':
      return { type: 'integer', value, ...missing(cut) };
    case ',':
      return { type: 'double', value, ...missing(cut) };
    case '#':
      return { type: 'boolean', value: value === 't' };
    case '_':
      return { type: 'nil' };
    default:
      throw new ProtocolError(`not a RESP reply: ${JSON.stringify(text.slice(0, 60))}`);
  }
}

function length(text: string): number {
  const value = Number(text);
  if (text === '' || !Number.isInteger(value))
    throw new ProtocolError(`not a RESP length: ${JSON.stringify(text)}`);
  return value;
}
