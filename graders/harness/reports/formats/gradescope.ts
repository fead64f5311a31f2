import { count } from '../../base/text/count.ts';
import { printable, printableLines } from '../../base/text/printable.ts';
import { sumOf } from '../../judging/points.ts';
import { remarksOn } from '../../judging/report/remarks.ts';
import type { Report } from '../../judging/report/report.ts';
import { type GradedSubmission, type ReportFormat, totalOf } from './format.ts';
import { gradebookChecks } from './gradebook-checks.ts';

/**
 * Gradescope's results.json, one test for each check. A challenge that could not be graded, through no fault of the
 * learner, takes nothing from the others: it is a test without points. Where nothing was graded there is no score,
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
    output: [...ungradedLines(reports), ...reports.flatMap(remarkLines)].join('\n'),
    output_format: 'text',
    visibility: 'visible',
  };
  const graded = submissions.filter(({ report }) => report.score !== null);
  if (graded.length === 0) return output;
  return {
    score: totalOf(graded).score,
    ...output,
    tests: reports.flatMap((report, index) => testsOf(report, index + 1, reports.length > 1)),
  };
}

function testsOf(report: Report, challenge: number, several: boolean) {
  const prefix = several ? `${report.challenge.title}: ` : '';
  const shown = { output_format: 'text', visibility: 'visible' };
  if (report.score === null)
    return [
      {
        name: printable(`${prefix}not graded`),
        number: String(challenge),
        output:
          `No points lost (${count(report.maxScore, 'point')}). ${printableLines(report.fault ?? '')}`.trim(),
        ...shown,
      },
    ];
  return gradebookChecks(report).map(({ title, status, score, maxScore, details }, index) => ({
    name: printable(prefix + title),
    number: several ? `${challenge}.${index + 1}` : String(index + 1),
    status: status === 'passed' ? 'passed' : 'failed',
    score,
    max_score: maxScore,
    output: details,
    ...shown,
  }));
}

/** What the score is of, where it is not of all. */
function ungradedLines(reports: readonly Report[]): string[] {
  const ungraded = reports.filter(({ score }) => score === null);
  if (ungraded.length === 0 || ungraded.length === reports.length) return [];
  const points = sumOf(reports.flatMap(({ score, maxScore }) => (score === null ? [] : maxScore)));
  return [
    `${count(ungraded.length, 'challenge')} could not be graded. The score is of ${count(points, 'point')}, those of the others.`,
  ];
}

function remarkLines(report: Report): string[] {
  const { challenge, fault } = report;
  const all = [...remarksOn(report), ...(fault === null ? [] : [fault])];
  return all.map((remark) => `${challenge.id}: ${printableLines(remark)}`);
}
