import { consoleReports, scoreSummary } from '../report/console.ts';
import type { GradedSubmission } from '../report/formats/format.ts';
import { write } from '../stdout.ts';
import { wantsColors } from '../text/styles.ts';
import { type ReportOutput, type ReportPlan, writeReports } from '../write-reports.ts';

/** Options of every command that ends with a report. */
export interface ReportOptions extends ReportOutput {
  quiet?: boolean;
  color: boolean;
}

/** Shows reports and writes the files that were asked for. Throws UsageError. */
export async function publish(
  submissions: readonly GradedSubmission[],
  options: ReportOptions,
  plan: ReportPlan,
): Promise<void> {
  await writeReports(submissions, options, plan);
  if (options.json === '-') return;
  const { quiet, color } = options;
  const colors = wantsColors(process.stdout, color);
  const reports = submissions.map(({ report }) => report);
  if (quiet) await write(reports.map((report) => scoreSummary(report, colors)).join(''));
  else await write(consoleReports(reports, colors));
}
