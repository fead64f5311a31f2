/**
 * Bytes as JSON: text where the bytes are UTF-8, base64 where they are not, or where JSON would make a long text many
 * times as long. Valkey's strings hold any bytes, and evidence must give back exactly those that the server held.
 */
export type Bytes = string | { base64: string };

/** A value that was too large to keep whole: its first bytes, and how many there were. */
export interface CutBytes {
  head: Bytes;
  /** Length of the whole value in bytes. */
  length: number;
}

/** A value in evidence: whole, or cut. */
export type Value = Bytes | CutBytes;

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Beyond so many bytes it matters how long a text is as JSON. */
const LONG_BYTES = 1024;

/** Encodes a buffer as {@link Bytes}, without loss. */
export function toBytes(buffer: Uint8Array): Bytes {
  try {
    if (!isMostlyControls(buffer)) return strictUtf8.decode(buffer);
  } catch {
    // Not UTF-8: the only error that a fatal decoder throws.
  }
  return { base64: Buffer.from(buffer).toString('base64') };
}

/** True for a long text of which more than a quarter is controls: JSON would take six bytes for each. */
function isMostlyControls(buffer: Uint8Array): boolean {
  if (buffer.length <= LONG_BYTES) return false;
  let controls = 0;
  for (const byte of buffer) if (byte < 0x20) controls += 1;
  return controls * 4 > buffer.length;
}

/** Encodes a buffer, keeping at most `limit` bytes of it. */
export function toValue(buffer: Uint8Array, limit: number): Value {
  if (buffer.length <= limit) return toBytes(buffer);
  return cutValue(buffer.subarray(0, limit), buffer.length);
}

/** A value of which only the head was read. */
export function cutValue(head: Uint8Array, length: number): CutBytes {
  return { head: toBytes(trimPartialCharacter(head)), length };
}

/** True where the value was cut, so that nothing exact can be said of it. */
export function isCut(value: Value): value is CutBytes {
  return typeof value === 'object' && 'length' in value;
}

/** The bytes that a value (or the head of a cut one) stands for. */
export function toBuffer(value: Value): Buffer {
  if (isCut(value)) return toBuffer(value.head);
  return typeof value === 'string' ? Buffer.from(value) : Buffer.from(value.base64, 'base64');
}

/** The value as text, where it is text and whole; otherwise undefined. */
export function textOf(value: Value | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Orders values by their bytes, so that evidence has one order on every engine. */
export function compareValues(left: Value, right: Value): number {
  return Buffer.compare(toBuffer(left), toBuffer(right));
}

/** Drops the bytes of a UTF-8 character that a cut at a fixed length split at the end. */
export function trimPartialCharacter(head: Uint8Array): Uint8Array {
  for (let back = 1; back <= 4 && back <= head.length; back += 1) {
    const byte = head[head.length - back] ?? 0;
    if (byte < 0x80) return head;
    if (byte >= 0xc0) {
      const width = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return width > back ? head.subarray(0, head.length - back) : head;
    }
  }
  return head;
}

/** Drops the bytes of a UTF-8 character that a cut at a fixed length split at the start. */
export function trimContinuation(tail: Uint8Array): Uint8Array {
  let start = 0;
  while (start < 3 && start < tail.length && ((tail[start] ?? 0) & 0xc0) === 0x80) start += 1;
  return tail.subarray(start);
}
