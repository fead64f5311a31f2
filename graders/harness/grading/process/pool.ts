import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { trackCleanup } from '../../base/cleanup.ts';
import { InfrastructureError } from '../../base/errors.ts';
import { PROJECT_ROOT } from '../../base/project.ts';
import { printable } from '../../base/text/printable.ts';
import { environmentAsGiven } from '../../base/which.ts';
import { prepareTestbed } from '../testbed.ts';
import type { FromProcess, GradedOnce, GradingSetUp, GradingTask, ToProcess } from './protocol.ts';
import { PROCESS_LIMITS, type ProcessLimits, watchProcess } from './watch.ts';

/** How long processes may take to stop what is under way and to remove it, in ms. */
const END_LIMIT_MS = 2_000;
/** What JavaScript may hold in a process, in MiB. */
const HEAP_MIB = 768;
/** What is kept of what a process complains of, in characters. */
const COMPLAINT_LIMIT = 16_000;

/** The process that graded a submission has died, or was killed: nothing of another one is lost with it. */
export class GradingProcessError extends InfrastructureError {
  /** True where it would only take too much again. */
  readonly isFinal: boolean;

  constructor(message: string, isFinal: boolean) {
    super(message);
    this.isFinal = isFinal;
  }
}

/**
 * Processes that grade submissions, one at a time each. One that takes too much, or dies, ends with the submission that
 * it was at, and another takes its place.
 */
export class GradingPool {
  /** Ends all processes; what they are at is stopped, and its promise never settles. May be called again. */
  readonly close: () => Promise<void>;
  readonly #setUp: GradingSetUp;
  readonly #limits: ProcessLimits;
  readonly #processes = new Set<GradingProcess>();
  readonly #idle: GradingProcess[] = [];
  /** What the last processes that were killed left behind is being removed. */
  #sweeping: Promise<void> = Promise.resolve();
  #closed = false;

  /** Begins with so many processes, which start meanwhile; others are made if more is graded at a time. */
  constructor(setUp: GradingSetUp, processes: number, limits = PROCESS_LIMITS) {
    this.#setUp = setUp;
    this.#limits = limits;
    for (let index = 0; index < processes; index += 1) this.#idle.push(this.#start());
    this.close = trackCleanup(async () => {
      this.#closed = true;
      const killed = await Promise.all([...this.#processes].map((one) => one.end()));
      if (killed.includes(true)) this.#sweep();
      await this.#sweeping;
    });
  }

  /** Grades a submission. Throws GradingProcessError where its process had to be killed, or died. */
  async grade(task: GradingTask): Promise<GradedOnce> {
    const one = this.#idle.pop() ?? this.#start();
    try {
      const graded = await one.grade(task);
      this.#idle.push(one);
      return graded;
    } catch (error) {
      // It was ended, and its fault is nobody's.
      if (this.#closed) return new Promise(() => undefined);
      this.#sweep();
      this.#idle.push(this.#start());
      throw error;
    }
  }

  #start(): GradingProcess {
    const one = new GradingProcess(this.#setUp, this.#limits);
    this.#processes.add(one);
    void one.ended.then(() => {
      this.#processes.delete(one);
      const index = this.#idle.indexOf(one);
      if (index !== -1) this.#idle.splice(index, 1);
    });
    return one;
  }

  /** Ends servers and scripts of processes that were killed, as the next run would. */
  #sweep(): void {
    const sweep = () => prepareTestbed(this.#setUp.testbed, () => undefined).then(() => undefined);
    // An engine that cannot be asked now is asked by the next run.
    this.#sweeping = this.#sweeping.then(sweep).catch(() => undefined);
  }
}

/** One process of a pool. */
class GradingProcess {
  readonly ended: Promise<void>;
  readonly #limits: ProcessLimits;
  readonly #child: ChildProcess;
  #complaints = '';
  /** Why it was killed. */
  #excess: string | undefined;

  constructor(setUp: GradingSetUp, limits: ProcessLimits) {
    this.#limits = limits;
    this.#child = fork(join(PROJECT_ROOT, 'dist', 'grading-process.js'), [], {
      execArgv: [`--max-old-space-size=${HEAP_MIB}`],
      env: environmentAsGiven(),
      // Bytes stay bytes.
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // What a terminal sends to the group of the one that made the pool is for that one alone.
      detached: true,
    });
    this.ended = new Promise((resolve) => {
      this.#child.once('close', () => resolve());
      this.#child.once('error', (error) => {
        this.#complaints += error.message;
        resolve();
      });
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      this.#complaints = (this.#complaints + chunk).slice(-COMPLAINT_LIMIT);
    });
    this.#say({ say: 'set up', ...setUp });
  }

  async grade(task: GradingTask): Promise<GradedOnce> {
    const { pid } = this.#child;
    const stopWatch =
      pid === undefined
        ? () => undefined
        : watchProcess(pid, task.limits.timeMs, this.#limits, (what) => {
            this.#excess = what;
            this.#child.kill('SIGKILL');
          });
    try {
      return await Promise.race([this.#answer(task), this.#death()]);
    } finally {
      stopWatch();
    }
  }

  /** Lets it remove all that belongs to it. True where it had to be killed. */
  async end(): Promise<boolean> {
    this.#say({ say: 'end' });
    await Promise.race([this.ended, sleep(END_LIMIT_MS, undefined, { ref: false })]);
    const wasKilled = this.#child.kill('SIGKILL');
    await this.ended;
    return wasKilled;
  }

  #answer(task: GradingTask): Promise<GradedOnce> {
    return new Promise((resolve) => {
      this.#child.once('message', ({ report, evidence }: FromProcess) => resolve({ report, evidence }));
      this.#say({ say: 'grade', ...task });
    });
  }

  async #death(): Promise<never> {
    await this.ended;
    // What V8 says before it aborts.
    if (/heap out of memory/i.test(this.#complaints)) this.#excess ??= `${HEAP_MIB} MiB of memory`;
    if (this.#excess === undefined)
      throw new GradingProcessError(`The process that graded it has died: ${this.#lastWords()}`, false);
    throw new GradingProcessError(
      `Grading it took more than ${this.#excess}, and was ended. No other submission is concerned.`,
      true,
    );
  }

  #lastWords(): string {
    const { signalCode, exitCode } = this.#child;
    const said = printable(this.#complaints.trim().split('\n').at(-1) ?? '');
    return `${signalCode ?? `exit code ${exitCode}`}${said === '' ? '' : `, ${said}`}`;
  }

  #say(message: ToProcess): void {
    // One that has died is missed by whoever waits for it.
    this.#child.send(message, () => undefined);
  }
}
