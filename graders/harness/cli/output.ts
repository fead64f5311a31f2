import { checkOutputFile, writeOutputFile } from '../output-file.ts';
import { consoleReport, scoreSummary } from '../report/console.ts';
import type { Report } from '../report/report.ts';
import { wantsColors } from '../text/styles.ts';

/** Options of every command that ends with a report. */
export interface ReportOptions {
  json?: string;
  quiet?: boolean;
  color: boolean;
}

/** Refuses files that cannot be written before any work is done. Throws UsageError. */
export async function checkReportOptions(
  { json }: ReportOptions,
  ...others: (string | undefined)[]
): Promise<void> {
  for (const file of [json === '-' ? undefined : json, ...others])
    if (file !== undefined) await checkOutputFile(file);
}

/** Writes the report as JSON where that was asked for. Throws UsageError. */
export async function publishJson(report: Report, { json }: ReportOptions): Promise<void> {
  if (json === undefined) return;
  const text = `${JSON.stringify(report, null, 2)}\n`;
  if (json === '-') await write(text);
  else await writeOutputFile(json, text);
}

/** Shows a report and writes the files that were asked for. Throws UsageError. */
export async function publish(report: Report, options: ReportOptions): Promise<void> {
  await publishJson(report, options);
  if (options.json === '-') return;
  const { quiet, color } = options;
  const colors = wantsColors(process.stdout, color);
  await write(quiet ? scoreSummary(report, colors) : consoleReport(report, colors));
}

/** Writes to stdout; resolves when it is through, however slowly a pipe is read. */
export function write(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    // A reader that has enough (`| head`) closes the pipe: no fault of anybody.
    process.stdout.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EPIPE' ? resolve() : reject(error),
    );
    process.stdout.write(text, () => resolve());
  });
}
