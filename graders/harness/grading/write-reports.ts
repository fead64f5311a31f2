import { isAbsolute, resolve } from 'node:path';
import { ExitCode, messageOf, UsageError } from '../base/errors.ts';
import { git, hasGit } from '../base/git.ts';
import { checkOutputFile, writeOutputFile } from '../base/output-file.ts';
import { notify, write } from '../base/stdout.ts';
import { printable } from '../base/text/printable.ts';
import { wantsColors } from '../base/text/styles.ts';
import { jsonWithoutWorkflowCommands } from '../base/text/workflow-commands.ts';
import { exitCodeOf } from '../judging/report/judge.ts';
import type { Report } from '../judging/report/report.ts';
import { consoleReports, scoreSummary } from '../reports/console.ts';
import type { GradedSubmission, ReportContext } from '../reports/formats/format.ts';
import { REPORT_FORMATS } from '../reports/formats/index.ts';
import { jsonDocument } from '../reports/formats/json.ts';
import type { RequestedReport } from '../reports/formats/requested.ts';
import { repositoryRoot } from '../reports/script-path.ts';

/** What is to come of reports, beside what is shown of them. */
export interface ReportOutput {
  json?: string;
  report: readonly RequestedReport[];
  /** `error`: only a fault of ours gives another exit code than 0, as a workflow that reads the report wants it. */
  failOn?: 'failed' | 'error';
}

/** What is to come of reports, and how they are shown. */
export interface ShownReports extends ReportOutput {
  /** One line: the score. */
  quiet?: boolean;
  color: boolean;
}

/** The files that the options name, and others. */
function namedFiles({ json, report }: ReportOutput, ...others: (string | undefined)[]): string[] {
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
  const formats = await Promise.all(options.report.map(({ format }) => REPORT_FORMATS[format].load()));
  for (const format of formats) format.check?.(process.env);
  const tellsCommit = formats.some((format) => format.tellsCommit);
  return {
    environment: process.env,
    commitDate: tellsCommit ? await readCommitDate() : null,
    root: repositoryRoot(process.env),
  };
}

/** Refuses a script that is to be written over. Throws UsageError. */
export function refuseToOverwrite(
  script: string,
  options: ReportOutput,
  ...others: (string | undefined)[]
): void {
  const file = namedFiles(options, ...others).find((name) => resolve(name) === script);
  if (file !== undefined) throw new UsageError(`${file} is the script itself. Name another file.`);
}

/** When the commit in the current folder was made; null where it is no repository. */
async function readCommitDate(): Promise<Date | null> {
  if (!hasGit()) return null;
  // A commit that is not there is not fetched either: how that is done, the repository says.
  const env = { GIT_ALLOW_PROTOCOL: 'none' };
  const { stdout, exitCode } = await git(['log', '-1', '--format=%cI'], { env });
  const date = new Date(stdout.trim());
  return exitCode === 0 && !Number.isNaN(date.getTime()) ? date : null;
}

/** Writes the files that were asked for, `--json` among them, and gives back a line for each. Throws UsageError. */
export async function writeReports(
  submissions: readonly GradedSubmission[],
  { json, report }: ReportOutput,
  plan: ReportPlan,
): Promise<string[]> {
  const written: string[] = [];
  const writeFile = async (file: string, content: string) => {
    await writeOutputFile(file, content);
    written.push(fileLine('Report', file));
  };
  if (json !== undefined) {
    // It may be printed into the log of a workflow.
    const text = jsonWithoutWorkflowCommands(jsonDocument(submissions));
    if (json === '-') await write(text);
    else await writeFile(json, text);
  }
  const context = { ...plan, now: new Date() };
  for (const { format, path } of report) {
    const writer = await REPORT_FORMATS[format].load();
    // All of them are made before the first is written: what cannot be made leaves nothing behind.
    for (const file of writer.files(submissions, path, context)) await writeFile(file.path, file.content);
  }
  return written;
}

/** Says where a file was written, so that a terminal leads to it. */
export function fileLine(what: string, path: string): string {
  const isPlain = !isAbsolute(path) && !/^\.{1,2}[/\\]/.test(path);
  return `${what}: ${isPlain ? './' : ''}${printable(path)}`;
}

/**
 * Shows reports on stdout, writes the files that were asked for, and gives back the exit code of a command that ends
 * with them. `written` are lines on files that were written before. Throws UsageError.
 */
export async function publish(
  submissions: readonly GradedSubmission[],
  options: ShownReports,
  plan: ReportPlan,
  written: readonly string[] = [],
): Promise<number> {
  const files = [...(await writeReports(submissions, options, plan)), ...written];
  const reports = submissions.map(({ report }) => report);
  if (options.json !== '-') {
    const colors = wantsColors(process.stdout, options.color);
    if (options.quiet) await write(reports.map((report) => scoreSummary(report, colors)).join(''));
    else await write(consoleReports(reports, colors) + linesOf(files));
  } else if (files.length > 0) {
    // The document has stdout to itself.
    notify(files.join('\n'));
  }
  return exitCodeFor(reports, options);
}

/** Lines as they stand below a report, with a gap after them. */
function linesOf(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${lines.map((line) => `  ${line}\n`).join('')}\n`;
}

/**
 * Writes the files that were asked for on what kept the one challenge from being graded, and throws it again, to be
 * told on stderr; where only faults of ours count and it is none, it is told here, and the exit code given back.
 */
export async function publishFault(
  fault: GradedSubmission,
  error: unknown,
  options: ReportOutput,
  plan: ReportPlan,
): Promise<number> {
  try {
    // The fault comes first, and it alone: where its document is, whoever asked for it knows.
    const written = await writeReports([fault], options, plan);
    if (written.length > 0) notify(written.join('\n'));
  } catch (second) {
    // The fault comes first: a disk that is full for its document is one thing more to tell.
    notify(`keyspace-grader: ${messageOf(second)}`);
  }
  // Where only faults of ours count, a folder without a script is as well graded as any.
  const exitCode = exitCodeFor([fault.report], options);
  if (exitCode !== ExitCode.passed) throw error;
  notify(messageOf(error));
  return exitCode;
}

/** The exit code of a command that ends with these reports: the worst of theirs. */
export function exitCodeFor(reports: readonly Report[], { failOn, report }: ReportOutput): number {
  const codes = reports.map(exitCodeOf);
  if (codes.includes(ExitCode.infrastructure)) return ExitCode.infrastructure;
  const onlyOurs = failOn === 'error' || report.some(({ format }) => REPORT_FORMATS[format].readsExitCode);
  if (onlyOurs || codes.every((code) => code === ExitCode.passed)) return ExitCode.passed;
  const [first] = codes;
  return codes.length === 1 && first !== undefined ? first : ExitCode.failed;
}
