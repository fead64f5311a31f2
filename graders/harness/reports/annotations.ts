import { failureText } from '../judging/report/failure-details.ts';
import { lineOf } from '../judging/report/line-of.ts';
import { causeText } from '../judging/report/remarks.ts';
import type { GradedSubmission } from './formats/format.ts';
import { pathInRepository } from './script-path.ts';

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
 * The first failed checks of which a line of the script is known, for GitHub; where no command ran, what kept the script
 * from its work, once. The rest stands in the job's summary. With `namesChallenge` titles begin with the challenge.
 */
export function annotationsOf(
  submissions: readonly Pick<GradedSubmission, 'report' | 'script'>[],
  root: string,
  namesChallenge = submissions.length > 1,
): Annotation[] {
  return submissions
    .flatMap(({ report, script }) => {
      const file = pathInRepository(script, root);
      if (file === undefined) return [];
      const { challenge, causes = [], nothingRan, checks } = report;
      const prefix = namesChallenge ? `${challenge.id}: ` : '';
      const [cause] = causes;
      if (nothingRan && cause?.line !== undefined)
        return [{ title: `${prefix}Fix this first`, message: causeText(cause), file, startLine: cause.line }];
      return checks.flatMap((check) => {
        const line = lineOf(check, report);
        if (line === undefined) return [];
        return [{ title: prefix + check.title, message: failureText(check), file, startLine: line }];
      });
    })
    .slice(0, LIMIT);
}
