import { printable } from '../../text/printable.ts';
import { withoutWorkflowCommands } from '../../text/workflow-commands.ts';
import type { CheckReport, Report } from '../report.ts';
import { storyText } from '../story.ts';
import { type GradedSubmission, isIncomplete, type ReportFormat, totalOf } from './format.ts';
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
 */
export function classroomResult(submissions: readonly GradedSubmission[]): ClassroomResult {
  if (isIncomplete(submissions)) {
    const faults = submissions.filter(({ report }) => report.score === null);
    const tests = faults.map(({ report }) => testOf(report.challenge.id, 'error', 0, faultOf(report)));
    return { version: 1, status: 'error', max_score: 0, tests };
  }
  const unit = pointUnit(submissions);
  const several = submissions.length > 1;
  const allPassed = submissions.every(({ report }) => report.status === 'passed');
  return {
    version: 1,
    status: allPassed ? 'pass' : 'fail',
    max_score: totalOf(submissions).maxScore,
    tests: submissions.flatMap(({ report }) =>
      testsOf(report, unit, several ? `${report.challenge.id}: ` : ''),
    ),
  };
}

function testsOf(report: Report, unit: number, prefix: string): ClassroomTest[] {
  if (report.checks.length === 0) return [testOf(`${prefix}not started`, 'fail', 0, faultOf(report))];
  return report.checks.flatMap((check) => partsOf(check, unit, prefix));
}

function partsOf(check: CheckReport, unit: number, prefix: string): ClassroomTest[] {
  const parts = Math.round(check.maxScore / unit);
  const passed = check.status === 'passed';
  return Array.from({ length: parts }, (_, index) => {
    const name = prefix + check.title + (parts > 1 ? ` (${index + 1}/${parts})` : '');
    const story = index === 0 ? storyText(check) : '';
    return testOf(name, passed ? 'pass' : 'fail', passed ? unit : 0, story);
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
  return fault ?? 'not graded';
}

/** For the reporter: the JSON that a workflow hands over in base64. */
export const classroomFormat: ReportFormat = {
  files: (submissions, path) => [
    { path, content: `${JSON.stringify(classroomResult(submissions), null, 2)}\n` },
  ],
};
