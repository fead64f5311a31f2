/** How much of a run is kept as evidence. What is cut says so. */
export const EvidenceLimits = {
  /** Keys of one database, beside those that checks ask for by name. */
  keys: 10_000,
  /** Elements of one list, set, sorted set or hash. */
  elements: 10_000,
  /** Bytes of one value or argument. */
  valueBytes: 64 * 1024,
  /** Commands from the start of the trace, and from its end. */
  traceHead: 20_000,
  traceTail: 5_000,
  /** Arguments of one command. */
  args: 1_000,
  /** Bytes of the script's source. */
  sourceBytes: 256 * 1024,
} as const;
