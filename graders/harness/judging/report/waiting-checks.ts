import { count } from '../../base/text/count.ts';
import type { CheckReport, Report } from './report.ts';

/** The checks of a report as people are shown them. */
export interface ShownChecks {
  /** Those that are shown one by one. */
  shown: CheckReport[];
  /** Those that had nothing to look at, which are told in one line; none where something ran. */
  waiting: CheckReport[];
  /** That line; null where none waits. */
  line: string | null;
}

/** Tells checks that wait for a command apart from those that say something of what the script did. */
export function shownChecks({ checks, nothingRan }: Pick<Report, 'checks' | 'nothingRan'>): ShownChecks {
  const waiting = nothingRan
    ? checks.filter(({ status }) => status === 'failed' || status === 'skipped')
    : [];
  if (waiting.length === 0) return { shown: checks, waiting, line: null };
  const line = `${count(waiting.length, 'check waits', 'checks wait')} for the first command that does something.`;
  return { shown: checks.filter((check) => !waiting.includes(check)), waiting, line };
}
