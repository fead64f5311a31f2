import { dirname, join } from 'node:path';
import { UsageError } from '../../base/errors.ts';
import { list } from '../../base/text/count.ts';
import { printable } from '../../base/text/printable.ts';
import { type GradedSubmission, isIncomplete, type ReportContext, type ReportFormat } from './format.ts';
import { gradebookChecks } from './gradebook-checks.ts';
import { markdownReport } from './markdown.ts';
import { pointUnit } from './points.ts';

/** What Classroom 50's runner gives an autograder to say whose work it is. */
const REQUIRED = ['CLASSROOM', 'ASSIGNMENT', 'SUBMISSION_TAG', 'COMMIT_URL', 'RELEASE_URL'];
/** Any other assignment is one of a single person, as its runner has it. */
const SHARED = ['group', 'team'];
/** It shows this on the submission's release, whose text GitHub limits to 125,000 characters. */
const RELEASE_BODY_BYTES = 100_000;

/**
 * Classroom 50's contract: `result.json` (`classroom50/result/v1`) and `release-body.md` beside it. Nothing is
 * written where something of ours went wrong: the exit code tells its runner.
 */
export const classroom50Format: ReportFormat = {
  tellsCommit: true,
  check(environment) {
    const missing = REQUIRED.filter((name) => !environment[name]);
    if (!environment.OWNER && !environment.USERNAME) missing.push('OWNER (or USERNAME)');
    if (missing.length > 0) {
      throw new UsageError(
        `The report classroom50 needs ${list(missing)} in the environment: Classroom 50's runner sets them. Elsewhere use another format, such as --report json.`,
      );
    }
  },
  files(submissions, path, context) {
    if (isIncomplete(submissions)) return [];
    return [
      { path, content: `${JSON.stringify(resultDocument(submissions, context), null, 2)}\n` },
      {
        path: join(dirname(path), 'release-body.md'),
        content: markdownReport(submissions, RELEASE_BODY_BYTES),
      },
    ];
  },
};

function resultDocument(submissions: readonly GradedSubmission[], context: ReportContext) {
  const { environment } = context;
  const tests = testsOf(submissions);
  const sum = (name: 'score' | 'max-score') => tests.reduce((total, test) => total + test[name], 0);
  return {
    schema: 'classroom50/result/v1',
    classroom: environment.CLASSROOM,
    assignment: environment.ASSIGNMENT,
    assignment_type: assignmentType(environment.ASSIGNMENT_TYPE),
    // Of a team it is `group-<n>`.
    owner: environment.OWNER || environment.USERNAME,
    submission: environment.SUBMISSION_TAG,
    commit: environment.COMMIT_URL,
    release: environment.RELEASE_URL,
    // Older runners give none, and show the commit.
    review: environment.REVIEW_URL || environment.COMMIT_URL,
    datetime: seconds(context.commitDate ?? context.now),
    graded_at: seconds(context.now),
    score: sum('score'),
    'max-score': sum('max-score'),
    tests,
  };
}

function assignmentType(told: string | undefined): string {
  const type = told?.trim().toLowerCase() ?? '';
  return SHARED.includes(type) ? type : 'individual';
}

/** One test for each check. Scores must be whole: points with fractions are told in parts of the smallest. */
function testsOf(submissions: readonly GradedSubmission[]) {
  const unit = pointUnit(submissions);
  const whole = (points: number) => Math.round(Number.isInteger(unit) ? points : points / unit);
  const several = submissions.length > 1;
  return submissions.flatMap(({ report }) => {
    const prefix = several ? `${report.challenge.id}: ` : '';
    return gradebookChecks(report).map(({ title, status, score, maxScore }) => ({
      'test-name': printable(prefix + title),
      passed: status === 'passed',
      score: whole(score),
      'max-score': whole(maxScore),
    }));
  });
}

/** `2026-06-01T14:32:01Z` */
function seconds(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}
