import { printable, printableLines } from '../../base/text/printable.ts';
import { remarksOn } from '../../judging/report/remarks.ts';
import type { Report } from '../../judging/report/report.ts';
import { type GradedSubmission, isIncomplete, type ReportFormat, totalOf } from './format.ts';
import { gradebookChecks } from './gradebook-checks.ts';

/**
 * Gradescope's results.json, one test for each check. Where something of ours went wrong there is no score,
 * which Gradescope shows as an autograder that failed, and counts for nothing.
 * Source: https://gradescope-autograders.readthedocs.io/en/latest/specs/#output-format
 */
export const gradescopeFormat: ReportFormat = {
  files: (submissions, path) => [
    { path, content: `${JSON.stringify(gradescopeResults(submissions), null, 2)}\n` },
  ],
};

function gradescopeResults(submissions: readonly GradedSubmission[]) {
  const reports = submissions.map(({ report }) => report);
  const output = {
    execution_time: reports.reduce((total, { elapsedMs }) => total + (elapsedMs ?? 0), 0) / 1000,
    output: reports.flatMap(remarkLines).join('\n'),
    output_format: 'text',
    visibility: 'visible',
  };
  if (isIncomplete(submissions)) return output;
  const { score, maxScore } = totalOf(submissions);
  return {
    score,
    max_score: maxScore,
    ...output,
    tests: reports.flatMap((report, index) => testsOf(report, index + 1, reports.length > 1)),
  };
}

function testsOf(report: Report, challenge: number, several: boolean) {
  const prefix = several ? `${report.challenge.title}: ` : '';
  return gradebookChecks(report).map(({ title, status, score, maxScore, details }, index) => ({
    name: printable(prefix + title),
    number: several ? `${challenge}.${index + 1}` : String(index + 1),
    status: status === 'passed' ? 'passed' : 'failed',
    score,
    max_score: maxScore,
    output: details,
    output_format: 'text',
    visibility: 'visible',
  }));
}

function remarkLines(report: Report): string[] {
  const { challenge, fault } = report;
  const all = [...remarksOn(report), ...(fault === null ? [] : [fault])];
  return all.map((remark) => `${challenge.id}: ${printableLines(remark)}`);
}
