/** How the value of every HyperLogLog begins. */
const MAGIC = Buffer.from('HYLL');
/** Where in its head the last count is noted, which PFCOUNT renews. Source: hyperloglog.c of Valkey 8.1. */
const NOTED_COUNT = { start: 8, end: 16 } as const;

/** True for a value that begins like a HyperLogLog, with a whole head. Whether it is one, only the server can tell. */
export function claimsHyperLogLog(value: Uint8Array): boolean {
  return value.length >= NOTED_COUNT.end && MAGIC.equals(value.subarray(0, MAGIC.length));
}

/** The value of a HyperLogLog without the count that is noted in it: what it is whoever has read it. */
export function withoutNotedCount(value: Uint8Array): Buffer {
  return Buffer.from(value).fill(0, NOTED_COUNT.start, NOTED_COUNT.end);
}
