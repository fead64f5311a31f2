import { resolve } from 'node:path';
import { ExitCode, UsageError } from './errors.ts';
import { checkOutputFile, writeOutputFile } from './output-file.ts';
import type { GradedSubmission, ReportContext } from './report/formats/format.ts';
import { REPORT_FORMATS } from './report/formats/index.ts';
import { jsonDocument } from './report/formats/json.ts';
import type { RequestedReport } from './report/formats/requested.ts';
import { exitCodeOf } from './report/judge.ts';
import type { Report } from './report/report.ts';
import { write } from './stdout.ts';
import { jsonWithoutWorkflowCommands } from './text/workflow-commands.ts';

/** What is to come of reports, beside what is shown of them. */
export interface ReportOutput {
  json?: string;
  report: RequestedReport[];
  /** `error`: only a fault of ours gives another exit code than 0, as a workflow that reads the report wants it. */
  failOn?: 'failed' | 'error';
}

/** The files that the options name, and others. */
export function namedFiles({ json, report }: ReportOutput, ...others: (string | undefined)[]): string[] {
  const files = [json === '-' ? undefined : json, ...report.map(({ path }) => path), ...others];
  return files.filter((file) => file !== undefined);
}

/** What reports are written from beside the verdicts; `now` is when they are written. */
export type ReportPlan = Omit<ReportContext, 'now'>;

/**
 * Before any work is done, and before anything of the learner's runs: refuses what cannot be written, and
 * reads what reports say of the commit. Throws UsageError.
 */
export async function planReports(
  options: ReportOutput,
  ...others: (string | undefined)[]
): Promise<ReportPlan> {
  const files = namedFiles(options, ...others);
  for (const file of files) await checkOutputFile(file);
  const twice = files.find(
    (file, index) => files.findIndex((other) => resolve(other) === resolve(file)) < index,
  );
  if (twice !== undefined) throw new UsageError(`${twice} is to hold two things. Name two files.`);
  const formats = await Promise.all(options.report.map(({ format }) => REPORT_FORMATS[format]?.load()));
  for (const format of formats) format?.check?.(process.env);
  const tellsCommit = formats.some((format) => format?.tellsCommit);
  return { environment: process.env, commitDate: tellsCommit ? await readCommitDate() : null };
}

/** When the commit in the current folder was made; null where it is no repository. */
async function readCommitDate(): Promise<Date | null> {
  const { exec } = await import('tinyexec');
  // A repository may name programs to be run: none is needed for this.
  const { stdout, exitCode } = await exec('git', [
    ...['-c', 'log.showSignature=false', '-c', 'core.fsmonitor=false'],
    ...['log', '-1', '--format=%cI'],
  ]);
  const date = new Date(stdout.trim());
  return exitCode === 0 && !Number.isNaN(date.getTime()) ? date : null;
}

/** Writes the files that were asked for, `--json` among them. Throws UsageError. */
export async function writeReports(
  submissions: readonly GradedSubmission[],
  { json, report }: ReportOutput,
  plan: ReportPlan,
): Promise<void> {
  if (json !== undefined) {
    // It may be printed into the log of a workflow.
    const text = jsonWithoutWorkflowCommands(jsonDocument(submissions));
    if (json === '-') await write(text);
    else await writeOutputFile(json, text);
  }
  const context = { ...plan, now: new Date() };
  for (const { format, path } of report) {
    const writer = await REPORT_FORMATS[format]?.load();
    // All of them are made before the first is written: what cannot be made leaves nothing behind.
    for (const file of writer?.files(submissions, path, context) ?? [])
      await writeOutputFile(file.path, file.content);
  }
}

/** The exit code of a command that ends with these reports: the worst of theirs. */
export function exitCodeFor(reports: readonly Report[], { failOn, report }: ReportOutput): number {
  const codes = reports.map(exitCodeOf);
  if (codes.includes(ExitCode.infrastructure)) return ExitCode.infrastructure;
  const onlyOurs = failOn === 'error' || report.some(({ format }) => REPORT_FORMATS[format]?.readsExitCode);
  if (onlyOurs || codes.every((code) => code === ExitCode.passed)) return ExitCode.passed;
  const [first] = codes;
  return codes.length === 1 && first !== undefined ? first : ExitCode.failed;
}
