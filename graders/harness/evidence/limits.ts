/** How much of a run is kept as evidence. What is cut says so. */
export const EvidenceLimits = {
  /** Keys of one database, beside those that checks ask for by name. */
  keys: 100_000,
  /** Bytes of a key's name: one with a longer name is counted, and not listed. */
  keyNameBytes: 64 * 1024,
  /** Elements of one list, set, sorted set or hash. */
  elements: 10_000,
  /** Bytes of these together. */
  keyBytes: 4 * 1024 * 1024,
  /** Bytes of all keys together, with their names: where these are read, no more keys are. */
  keyspaceBytes: 16 * 1024 * 1024,
  /** Elements of all keys together. */
  keyspaceElements: 500_000,
  /** Bytes of one value or argument. */
  valueBytes: 64 * 1024,
  /** Commands from the start of the trace, and from its end. */
  traceHead: 20_000,
  traceTail: 5_000,
  /** Bytes of these commands together, as MONITOR prints them: what is made to be slow to read takes seconds. */
  traceHeadBytes: 4 * 1024 * 1024,
  traceTailBytes: 4 * 1024 * 1024,
  /** What is kept between them of each question of the grader: the first and the last commands that it is about. */
  traceAskedHead: 5_000,
  traceAskedTail: 500,
  /** Bytes of the first ones for all questions together, and of the last ones for each. */
  traceAskedHeadBytes: 4 * 1024 * 1024,
  traceAskedTailBytes: 256 * 1024,
  /** Bytes of one command, as MONITOR prints it: as many arguments are kept as are whole in that. */
  traceLineBytes: 1024 * 1024,
  /** Messages that were published, and bytes of these together, channels included. */
  messages: 1_000,
  messagesBytes: 1024 * 1024,
  /** Replies to the commands of a file. */
  replies: 20_000,
  /** Bytes of one reply as it is printed, and of all together: behind these a reply is told by its length. */
  replyBytes: 64 * 1024,
  repliesBytes: 4 * 1024 * 1024,
  /** Bytes of the commands that stand with them: behind these, no more replies are listed. */
  replyArgsBytes: 4 * 1024 * 1024,
  /** Bytes of one answer to what a check asks the server, and of all together: behind these nothing of an answer is kept. */
  answerBytes: 64 * 1024,
  answersBytes: 1024 * 1024,
  /** Bytes of the script's source. */
  sourceBytes: 256 * 1024,
} as const;

/** Those of the limits that are about how many commands are kept. */
export type TraceLimits = Record<Extract<keyof typeof EvidenceLimits, `trace${string}`>, number> & {
  /** So many of the commands that matter are kept before loops are looked for; many where it is left out. */
  traceBeforeLoops?: number;
};

/** How much is kept of what a trace does when it is run once more. */
export const ReplayLimits = {
  /** How long it may take, in ms. */
  ms: 5_000,
  /** Commands: as many as a trace has at most without a gap. */
  commands: EvidenceLimits.traceHead + EvidenceLimits.traceTail,
  /** Elements and bytes of one key that are looked at after each step: of a larger one it is only told that it changed. */
  elements: 2_000,
  keyBytes: 256 * 1024,
  /** Elements that are looked at in all: behind these, of keys that have elements it is only told that they changed. */
  allElements: 150_000,
  /** Bytes of one reply. */
  replyBytes: 1024,
  /** Bytes of all changes and replies together, as JSON. */
  bytes: 8 * 1024 * 1024,
  /** How often a trace is run once more with a rival. */
  rivals: 100,
} as const;
