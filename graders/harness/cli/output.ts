import { resolve } from 'node:path';
import { UsageError } from '../errors.ts';
import { checkOutputFile, writeOutputFile } from '../output-file.ts';
import { consoleReport, scoreSummary } from '../report/console.ts';
import type { Report } from '../report/report.ts';
import { wantsColors } from '../text/styles.ts';
import { jsonWithoutWorkflowCommands } from '../text/workflow-commands.ts';
import { write } from './stdout.ts';

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
  const files = [json === '-' ? undefined : json, ...others].filter((file) => file !== undefined);
  for (const file of files) await checkOutputFile(file);
  if (new Set(files.map((file) => resolve(file))).size < files.length)
    throw new UsageError(`${files[0]} is to hold two things. Name two files.`);
}

/** Writes the report as JSON where that was asked for. Throws UsageError. */
export async function publishJson(report: Report, { json }: ReportOptions): Promise<void> {
  if (json === undefined) return;
  // It may be printed into the log of a workflow.
  const text = `${jsonWithoutWorkflowCommands(JSON.stringify(report, null, 2))}\n`;
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
