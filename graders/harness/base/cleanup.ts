import { messageOf } from './errors.ts';
import { notify } from './stdout.ts';

type Cleanup = () => Promise<void>;

/**
 * Work that must be done. Once it is in the hands of somebody who finishes it without us, it says so with
 * `handOver`, and gives a way to stop keeping this process alive for the answer.
 */
export type TrackedCleanup = (handOver: (letGo: () => void) => void) => Promise<void>;

/** What is waited for at the end: each begins its work where it has not begun, until it is done or handed over. */
const pending = new Set<Cleanup>();
/** What still keeps the process alive for an answer that nobody has to wait for. */
const handedOver = new Set<() => void>();
const failures: string[] = [];

/**
 * Registers work that must be done on every way out: success, failure, exception or signal.
 * Returns a function that does it now, once, however often it is called, and resolves when it is done.
 */
export function trackCleanup(cleanup: TrackedCleanup): Cleanup {
  let begun: { done: Promise<void>; inOtherHands: Promise<void> } | undefined;
  const begin = () => {
    begun ??= start(cleanup, () => pending.delete(released));
    return begun;
  };
  const released = () => Promise.race([begin().done, begin().inOtherHands]);
  pending.add(released);
  return () => begin().done;
}

function start(cleanup: TrackedCleanup, release: () => void) {
  let handOver: () => void = () => undefined;
  const inOtherHands = new Promise<void>((resolve) => {
    handOver = resolve;
  });
  let letGo: () => void = () => undefined;
  const done = cleanup((whenLetGo) => {
    letGo = whenLetGo;
    handedOver.add(letGo);
    release();
    handOver();
  }).finally(() => {
    handedOver.delete(letGo);
    release();
  });
  return { done, inOtherHands };
}

/**
 * Begins a cleanup without waiting: nobody should wait for a container to go before reading a report.
 * What fails is told by {@link runCleanups}, which every way out passes.
 */
export function cleanUpLater(cleanup: Cleanup): void {
  cleanup().catch((error: unknown) => failures.push(messageOf(error)));
}

/**
 * Does all registered work, whatever fails on the way, and says what failed. What is registered meanwhile
 * is done too: a signal may come while a server is about to start. What was handed over is not waited for,
 * and keeps the process no longer alive.
 */
export async function runCleanups(): Promise<string[]> {
  const failed: string[] = [];
  while (pending.size > 0) {
    const results = await Promise.allSettled([...pending].reverse().map((cleanup) => cleanup()));
    for (const result of results) if (result.status === 'rejected') failed.push(messageOf(result.reason));
  }
  for (const letGo of handedOver) letGo();
  return [...new Set([...failures.splice(0), ...failed])];
}

/** The signals that ask a process to end, with the numbers that exit codes are made of. */
export const SIGNALS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;

/** True once the process has been asked to end. */
let stopping = false;

/**
 * Cleans up and ends the process when a signal asks it to end. Exit code 128 + signal number, as shells
 * have it. A second signal ends it at once.
 */
export function cleanUpOnSignals(): void {
  for (const [signal, number] of Object.entries(SIGNALS)) process.on(signal, () => endOnSignal(number));
}

/** Cleans up and ends the process with exit code 128 + signal number; at once where it is ending already. */
export function endOnSignal(number: number): void {
  endProcess(128 + number);
}

/** Cleans up and ends the process, at once where it is ending already: nothing that is under way is told any more. */
export function endProcess(code: number): void {
  if (stopping) process.exit(code);
  stopping = true;
  process.exitCode = code;
  void runCleanups().then((failures) => {
    for (const failure of failures) notify(`keyspace-grader: clean-up: ${failure}`);
    process.exit(code);
  });
}

/** True once the process has been asked to end, or something has gone wrong that ends it. */
export function isEnding(): boolean {
  return stopping;
}

/**
 * Does some work and gives on what it ends with, unless the process is to end by now: the clean-up took away what the
 * work relied on, so nothing it says is worth telling, and the process ends before anything follows.
 */
export async function unlessStopping<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    if (stopping) await new Promise<never>(() => undefined);
  }
}
