import { count } from '../../base/text/count.ts';
import { printable, printableLines } from '../../base/text/printable.ts';
import { withoutWorkflowCommands } from '../../base/text/workflow-commands.ts';
import { exactShares } from '../../judging/points.ts';
import type { Report } from '../../judging/report/report.ts';
import { type ClassroomTest, documentWithin, type Verdicts } from './classroom-document.ts';
import { type GradedSubmission, isIncomplete, publishedTotal, type ReportFormat } from './format.ts';
import { gradebookChecks } from './gradebook-checks.ts';
import { pointUnit } from './points.ts';

/** Tests beyond so many are not even tried. */
const MANY = 5_000;

/**
 * What classroom-resources/autograding-grading-reporter reads, as JSON, short enough for the variable that it travels
 * in. The reporter reckons twice: it prints `passed tests / tests × max_score` and sends the sum of the tests' scores.
 * So that both are our score, every test is worth the same: a check of 3 points is three tests of 1. If something of
 * ours went wrong, `max_score` is 0, which has it fail the job and send nothing.
 * `maxScore` is what a full score is worth, null for the graders' own points.
 */
export function classroomDocument(
  submissions: readonly GradedSubmission[],
  maxScore: number | null = null,
): string {
  return documentWithin(
    isIncomplete(submissions)
      ? [() => faultsOf(submissions), () => oneFault(submissions)]
      : [
          () => graded(submissions, maxScore, partsOf),
          // Where the tests alone would be too long, fewer tell of more. The sum stays right; the table goes by checks.
          () => graded(submissions, maxScore, checksOf),
          () => graded(submissions, maxScore, challengesOf),
          () => graded(submissions, maxScore, oneOf),
        ],
  );
}

/** A test before it is worth anything: `points` are what was gained, in the graders' own. */
interface Told extends Pick<ClassroomTest, 'name' | 'story' | 'isFurther'> {
  passed: boolean;
  points: number;
}

function graded(
  submissions: readonly GradedSubmission[],
  scale: number | null,
  testsOf: (submissions: readonly GradedSubmission[]) => Told[] | null,
): Verdicts | null {
  const told = testsOf(submissions);
  if (told === null) return null;
  const { score, maxScore } = publishedTotal(submissions, scale);
  const shares = exactShares(
    score,
    told.map(({ points }) => points),
  );
  const tests = told.map(({ passed, name, story, isFurther }, index): ClassroomTest => {
    const status = passed ? 'pass' : 'fail';
    return { ...safe(name, story), status, score: shares[index] ?? 0, isFurther };
  });
  const allPassed = submissions.every(({ report }) => report.status === 'passed');
  return { status: allPassed ? 'pass' : 'fail', max_score: maxScore, tests };
}

/** What the challenges are worth, in parts of one unit each. The first part of a check has its story. */
function partsOf(submissions: readonly GradedSubmission[]): Told[] | null {
  const unit = pointUnit(submissions);
  const parts = submissions.reduce((sum, { report }) => sum + report.maxScore / unit, 0);
  if (parts > MANY) return null;
  return perCheck(submissions, ({ title, score, maxScore, details }) => {
    const length = Math.round(maxScore / unit);
    // Hints may have cost some of the points of a check that passed.
    const gained = Math.round(score / unit);
    return Array.from({ length }, (_, index) => ({
      name: title + (length > 1 ? ` (${index + 1}/${length})` : ''),
      passed: index < gained,
      points: index < gained ? unit : 0,
      story: index === 0 ? details : '',
      isFurther: index > 0,
    }));
  });
}

function checksOf(submissions: readonly GradedSubmission[]): Told[] {
  return perCheck(submissions, ({ title, status, score, details }) => [
    { name: title, passed: status === 'passed', points: score, story: details, isFurther: false },
  ]);
}

function perCheck(
  submissions: readonly GradedSubmission[],
  testsOf: (check: ReturnType<typeof gradebookChecks>[number]) => Told[],
): Told[] {
  return submissions.flatMap(({ report }) => {
    const prefix = submissions.length > 1 ? `${report.challenge.id}: ` : '';
    return gradebookChecks(report)
      .flatMap(testsOf)
      .map((test) => ({ ...test, name: prefix + test.name }));
  });
}

function challengesOf(submissions: readonly GradedSubmission[]): Told[] {
  return submissions.map(({ report: { challenge, status, score } }) => ({
    name: challenge.id,
    passed: status === 'passed',
    points: score ?? 0,
    story: '',
    isFurther: false,
  }));
}

function oneOf(submissions: readonly GradedSubmission[]): Told[] {
  const passed = submissions.every(({ report }) => report.status === 'passed');
  const { score: points } = publishedTotal(submissions, null);
  return [{ name: count(submissions.length, 'challenge'), passed, points, story: '', isFurther: false }];
}

function faultsOf(submissions: readonly GradedSubmission[]): Verdicts {
  const tests = submissions.flatMap(({ report }) =>
    report.score === null ? [errorTest(report.challenge.id, faultOf(report))] : [],
  );
  return { status: 'error', max_score: 0, tests };
}

function oneFault(submissions: readonly GradedSubmission[]): Verdicts {
  const ungraded = submissions.filter(({ report }) => report.score === null);
  const test = errorTest(count(ungraded.length, 'challenge'), 'not graded');
  return { status: 'error', max_score: 0, tests: [test] };
}

function errorTest(name: string, story: string): ClassroomTest {
  return { ...safe(name, story), status: 'error', score: 0, isFurther: false };
}

function faultOf({ fault }: Report): string {
  return printableLines(fault ?? 'not graded');
}

/** The reporter prints texts as they are into the log of a workflow. */
function safe(name: string, story: string): Pick<ClassroomTest, 'name' | 'story'> {
  return { name: withoutWorkflowCommands(printable(name)), story: withoutWorkflowCommands(story) };
}

/** For the reporter: the JSON that a workflow hands over in base64. */
export const classroomFormat: ReportFormat = {
  files: (submissions, path) => [{ path, content: classroomDocument(submissions) }],
};
