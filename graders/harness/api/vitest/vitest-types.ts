// What our parts of vitest tell each other.
import 'vitest';
import type { Report } from '../../judging/report/report.ts';

/** What one challenge of a test file came to. */
export interface GradedChallenge {
  report: Report;
  /** The script's absolute path; null where none was found. */
  script: string | null;
}

declare module 'vitest' {
  interface ProvidedContext {
    /**
     * There where the plugin is at work, whose reporter tells the total: what challenges came to of whose
     * scripts nothing was saved since, by test file.
     */
    keyspaceGrader?: Record<string, GradedChallenge[]>;
  }

  interface TaskMeta {
    /** On a file: its challenges that a filter left, in order. */
    keyspaceGrader?: GradedChallenge[];
    /** On a file: what comes next for whoever solved something in it; empty where nothing was solved. */
    keyspaceNext?: string;
  }
}
