import type { Collection } from '../../challenges/collection/collection.ts';
import type { Report } from '../../judging/report/report.ts';
import type { ScriptLimits } from '../../recording/script/limits.ts';
import type { TestbedChoice } from '../testbed.ts';

// What a pool and its processes say to each other. All of it is plain data.

/** What a process is told once: with what it grades, and where. */
export interface GradingSetUp {
  collection: Collection;
  testbed: TestbedChoice;
}

/** One challenge of one submission. */
export interface GradingTask {
  challenge: string;
  /** A script, or a folder of one or several challenges. */
  path: string;
  /** True for a script in whose folder those of others lie. */
  isApart?: boolean;
  limits: ScriptLimits;
}

/** What came of it. */
export interface GradedOnce {
  report: Report;
  /** As it is kept: JSON, compressed. Null where nothing was run. */
  evidence: Uint8Array | null;
}

export type ToProcess =
  | ({ say: 'set up' } & GradingSetUp)
  | ({ say: 'grade' } & GradingTask)
  | { say: 'end' };

export type FromProcess = { say: 'graded' } & GradedOnce;
