import type { GradedSubmission, ReportFormat } from './format.ts';

/** The report document (`report.schema.json`), or a list of them for several challenges, as text. */
export function jsonDocument(submissions: readonly GradedSubmission[]): string {
  const reports = submissions.map(({ report }) => report);
  return `${JSON.stringify(reports.length === 1 ? reports[0] : reports, null, 2)}\n`;
}

/** The same as `--json`. */
export const jsonFormat: ReportFormat = {
  files: (submissions, path) => [{ path, content: jsonDocument(submissions) }],
};
