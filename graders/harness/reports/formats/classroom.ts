import { printable, printableLines } from '../../base/text/printable.ts';
import { withoutWorkflowCommands } from '../../base/text/workflow-commands.ts';
import type { Report } from '../../judging/report/report.ts';
import { type GradedSubmission, isIncomplete, type ReportFormat, totalOf } from './format.ts';
import { gradebookChecks } from './gradebook-checks.ts';
import { pointUnit } from './points.ts';

/**
 * What classroom-resources/autograding-grading-reporter reads from `<RUNNER>_RESULTS`, there in base64.
 * Source: its main.js, console-results.js, test-helpers.js and notify-classroom.js.
 */
export interface ClassroomResult {
  version: 1;
  status: 'pass' | 'fail' | 'error';
  max_score: number;
  tests: ClassroomTest[];
}

interface ClassroomTest {
  name: string;
  status: 'pass' | 'fail' | 'error';
  score: number;
  message: string;
  /** Printed below the name, of every test. */
  test_code: string;
  filename: string;
  /** 0 hides it. */
  line_no: number;
  /** In ms. */
  duration: number;
}

/**
 * The reporter reckons twice: it prints `passed tests / tests × max_score` and sends the sum of the tests'
 * scores. So that both are our score, every test is worth the same: a check of 3 points is three tests of 1.
 * Where something of ours went wrong `max_score` is 0, which has it fail the job and send nothing.
 * `maxScore` is what a full score is worth, null for the graders' own points.
 */
export function classroomResult(
  submissions: readonly GradedSubmission[],
  maxScore: number | null = null,
): ClassroomResult {
  if (isIncomplete(submissions)) {
    const faults = submissions.filter(({ report }) => report.score === null);
    const tests = faults.map(({ report }) => testOf(report.challenge.id, 'error', 0, faultOf(report)));
    return { version: 1, status: 'error', max_score: 0, tests };
  }
  const total = totalOf(submissions).maxScore;
  const unit = pointUnit(submissions);
  const worth = maxScore === null ? unit : (maxScore * unit) / total;
  const several = submissions.length > 1;
  const tests = submissions.flatMap(({ report }) => {
    const prefix = several ? `${report.challenge.id}: ` : '';
    return partsOf(report, prefix, unit).map(({ name, passed, details }) =>
      testOf(name, passed ? 'pass' : 'fail', passed ? worth : 0, details),
    );
  });
  const allPassed = submissions.every(({ report }) => report.status === 'passed');
  return { version: 1, status: allPassed ? 'pass' : 'fail', max_score: maxScore ?? total, tests };
}

interface Part {
  name: string;
  passed: boolean;
  details: string;
}

/** What a challenge is worth, in parts of one unit each. The first part of a check has its details. */
function partsOf(report: Report, prefix: string, unit: number): Part[] {
  return gradebookChecks(report).flatMap(({ title, score, maxScore, details }) => {
    const parts = Math.round(maxScore / unit);
    // Hints may have cost some of the points of a check that passed.
    const gained = Math.round(score / unit);
    return Array.from({ length: parts }, (_, index) => ({
      name: prefix + title + (parts > 1 ? ` (${index + 1}/${parts})` : ''),
      passed: index < gained,
      details: index === 0 ? details : '',
    }));
  });
}

/** The reporter prints texts as they are into the log of a workflow. */
function testOf(name: string, status: ClassroomTest['status'], score: number, text: string): ClassroomTest {
  const safe = withoutWorkflowCommands(text);
  return {
    name: withoutWorkflowCommands(printable(name)),
    status,
    score,
    message: safe,
    test_code: status === 'error' ? '' : safe,
    filename: '',
    line_no: 0,
    duration: 0,
  };
}

function faultOf({ fault }: Report): string {
  return printableLines(fault ?? 'not graded');
}

/** For the reporter: the JSON that a workflow hands over in base64. */
export const classroomFormat: ReportFormat = {
  files: (submissions, path) => [
    { path, content: `${JSON.stringify(classroomResult(submissions), null, 2)}\n` },
  ],
};
