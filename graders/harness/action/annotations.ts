import { failureText } from '../judging/report/failure-details.ts';
import type { GradedSubmission } from '../reports/formats/format.ts';

/** GitHub shows so many annotations of one kind for a step. */
const LIMIT = 10;

/** A note on a line of the learner's script. */
export interface Annotation {
  message: string;
  title: string;
  file: string;
  startLine: number;
}

/**
 * The first failed checks of which a line of the script is known. `fileOf` gives the script's path in the
 * repository. The rest stands in the job's summary.
 */
export function annotationsOf(
  submissions: readonly GradedSubmission[],
  fileOf: (challenge: string) => string | undefined,
): Annotation[] {
  return submissions
    .flatMap(({ report }) => {
      const file = fileOf(report.challenge.id);
      if (file === undefined) return [];
      return report.checks.flatMap((check) => {
        const line = check.failure?.commands.findLast((command) => command.line !== null)?.line;
        if (check.status !== 'failed' || line === undefined || line === null) return [];
        return [{ title: check.title, message: failureText(check), file, startLine: line }];
      });
    })
    .slice(0, LIMIT);
}
