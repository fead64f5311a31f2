import { InfrastructureError, ReadableError } from '../../base/errors.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import { findAndGrade, type GradingRequest } from '../../grading/grade.ts';
import type { Grader } from '../../judging/grader.ts';
import { ungraded } from '../../judging/report/judge.ts';
import type { Report } from '../../judging/report/report.ts';
import type { Script } from '../../recording/submission/script.ts';
import { ProgressRecorder } from '../progress/recorder.ts';
import { SolutionWatcher } from './solution-watcher.ts';

/** What came of one grading. */
export interface LiveOutcome {
  report: Report;
  /** Null where nothing was run. */
  evidence: Evidence | null;
  /** From the save to the verdict, in ms. */
  tookMs: number;
  at: Date;
}

export interface LiveListener {
  onStart(): void;
  /** The script was found, and is about to run. */
  onScript(script: Script): void;
  onOutcome(outcome: LiveOutcome): void;
  /** Something beside the grading did not work, in words. */
  onTrouble(line: string): void;
  /** A fault of ours that nobody expected. */
  onError(error: unknown): void;
}

/** Grades a challenge now, and again whenever its script changes. One grading at a time. */
export class LiveGrading {
  readonly #grader: Grader;
  readonly #request: GradingRequest;
  readonly #listener: LiveListener;
  readonly #watcher: SolutionWatcher;
  readonly #progress: ProgressRecorder;
  #busy = false;
  #again = false;
  #closed = false;

  constructor(grader: Grader, request: GradingRequest, listener: LiveListener) {
    this.#grader = grader;
    this.#progress = new ProgressRecorder(process.cwd(), (line) => listener.onTrouble(line));
    this.#request = {
      ...request,
      onScript: async (script) => {
        await this.#progress.noteScript(script, grader);
        if (!this.#closed) listener.onScript(script);
      },
    };
    this.#listener = listener;
    this.#watcher = new SolutionWatcher(grader.id, request.path, () => this.grade());
  }

  async start(): Promise<void> {
    await this.#watcher.start();
    if (!this.#closed) this.grade();
  }

  /** Grades; where a grading is under way, once more after it. */
  grade(): void {
    if (this.#busy) {
      this.#again = true;
      return;
    }
    this.#busy = true;
    void this.#gradeUntilUpToDate();
  }

  /** Nothing is told from here on. */
  close(): void {
    this.#closed = true;
    this.#watcher.close();
  }

  async #gradeUntilUpToDate(): Promise<void> {
    do {
      this.#again = false;
      if (this.#closed) break;
      this.#listener.onStart();
      const began = performance.now();
      try {
        const { report, evidence } = await this.#gradeReportingFaults();
        await this.#progress.save(report);
        const outcome = { report, evidence, tookMs: Math.round(performance.now() - began), at: new Date() };
        if (!this.#closed) this.#listener.onOutcome(outcome);
      } catch (error) {
        if (!this.#closed) this.#listener.onError(error);
      }
    } while (this.#again);
    this.#busy = false;
  }

  async #gradeReportingFaults(): Promise<Pick<LiveOutcome, 'report' | 'evidence'>> {
    try {
      return await this.#gradeWithOneRetry();
    } catch (error) {
      if (isGone(error)) return this.#ungraded('not started', 'The script was removed while it was graded.');
      if (!(error instanceof ReadableError)) throw error;
      const status = error instanceof InfrastructureError ? 'error' : 'not started';
      return this.#ungraded(status, error.message);
    }
  }

  #ungraded(status: 'error' | 'not started', fault: string): Pick<LiveOutcome, 'report' | 'evidence'> {
    return { report: ungraded(this.#grader, status, fault), evidence: null };
  }

  /** A server that was kept ready may have died meanwhile, while the machine slept: the next one is a new one. */
  async #gradeWithOneRetry(): Promise<Pick<LiveOutcome, 'report' | 'evidence'>> {
    try {
      return await findAndGrade(this.#grader, this.#request);
    } catch (error) {
      if (!(error instanceof InfrastructureError)) throw error;
      return findAndGrade(this.#grader, this.#request);
    }
  }
}

/** A file may be taken away or renamed at any moment. */
function isGone(error: unknown): boolean {
  return !(error instanceof ReadableError) && (error as NodeJS.ErrnoException).code === 'ENOENT';
}

/** The ids of the checks that fail. */
export function failedChecks(outcome: LiveOutcome | null): string[] {
  return (outcome?.report.checks ?? []).filter(({ status }) => status === 'failed').map(({ id }) => id);
}
