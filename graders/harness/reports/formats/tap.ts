import { stringify } from 'yaml';
import { count } from '../../base/text/count.ts';
import { printable } from '../../base/text/printable.ts';
import { failureDetails } from '../../judging/report/failure-details.ts';
import { remarksOn } from '../../judging/report/remarks.ts';
import type { CheckReport, Report } from '../../judging/report/report.ts';
import type { GradedSubmission, ReportFormat } from './format.ts';

/** TAP, version 14: a test point for each check, a subtest for each challenge where there are several. */
export const tapFormat: ReportFormat = {
  files: (submissions, path) => [{ path, content: tapDocument(submissions) }],
};

function tapDocument(submissions: readonly GradedSubmission[]): string {
  const reports = submissions.map(({ report }) => report);
  const [only] = reports;
  const lines = reports.length === 1 && only ? bodyOf(only) : subtests(reports);
  const broken = reports.find(({ status }) => status === 'error');
  const end = broken ? [`Bail out! ${plain(broken.fault ?? 'the grader failed')}`] : [];
  return `${['TAP version 14', ...lines, ...end].join('\n')}\n`;
}

function subtests(reports: readonly Report[]): string[] {
  return [
    `1..${reports.length}`,
    ...reports.flatMap((report, index) => {
      const skipped = report.checks.length === 0 ? ` # SKIP ${plain(report.fault ?? report.status)}` : '';
      const passed = report.status === 'passed' || skipped !== '';
      return [
        `# Subtest: ${plain(report.challenge.id)}`,
        ...bodyOf(report).map((line) => `    ${line}`),
        `${passed ? 'ok' : 'not ok'} ${index + 1} - ${plain(report.challenge.id)}${skipped}`,
      ];
    }),
  ];
}

function bodyOf(report: Report): string[] {
  const { checks, status, fault, score, maxScore } = report;
  // A fault of ours ends the document: a plan of no tests would have ended it before.
  if (checks.length === 0) return status === 'error' ? [] : [`1..0 # SKIP ${plain(fault ?? status)}`];
  return [
    `1..${checks.length}`,
    ...checks.flatMap((check, index) => testPoint(check, index + 1)),
    ...remarksOn(report).map((note) => `# ${plain(note)}`),
    ...(score === null ? [] : [`# ${score} of ${count(maxScore, 'point')}`]),
  ];
}

/** A check that was not judged did not pass: `# SKIP` would count it as passed. */
function testPoint(check: CheckReport, number: number): string[] {
  const point = `${check.status === 'passed' ? 'ok' : 'not ok'} ${number} - ${plain(check.title)}`;
  if (check.status === 'passed') return [point];
  const rows = failureDetails(check).map(({ label, kind, text }) => ({ [label || kind]: text }));
  const diagnostics = { status: check.status, score: check.score, maxScore: check.maxScore, story: rows };
  const yaml = stringify(diagnostics, { lineWidth: 0 }).trimEnd().split('\n');
  return [point, ...['---', ...yaml, '...'].map((line) => `  ${line}`)];
}

/** One line in which nothing is a directive. */
function plain(text: string): string {
  return printable(text.replaceAll(/\s+/g, ' ')).replaceAll('\\', '\\\\').replaceAll('#', '\\#');
}
