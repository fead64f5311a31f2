import { type Command, InvalidArgumentError, Option } from 'commander';
import { DEFAULT_IMAGE, RUNTIME_IMAGE } from '../engine/image.ts';
import { REPORT_FORMATS } from '../report/formats/index.ts';
import { type RequestedReport, requestedReport } from '../report/formats/requested.ts';
import { list } from '../text/count.ts';

/** Takes the exit code of the command that ran. */
export type Finish = (exitCode: number) => void;

/** The option that names a collection of somebody's own. */
export function withCollection(command: Command): Command {
  return command.option(
    '--challenges <dir>',
    'the root of a repository with challenges of your own, in place of the workshop',
  );
}

/** The options that say where submissions are graded. */
export function withTestbed(command: Command, sandbox = 'process'): Command {
  return withEngine(command)
    .addOption(
      new Option(
        '--sandbox <sandbox>',
        'how far the script is kept from this machine; container: for scripts you do not trust',
      )
        .choices(['process', 'container'])
        .default(sandbox),
    )
    .option(
      '--runtime-image <ref>',
      'the image in which scripts run in the container sandbox',
      RUNTIME_IMAGE,
    );
}

/** The options that say where servers come from. */
export function withEngine(command: Command): Command {
  return command
    .addOption(
      new Option('--engine <engine>', 'where the server runs; auto: Docker where it answers, else local')
        .choices(['auto', 'docker', 'local'])
        .default('auto'),
    )
    .option('--image <ref>', 'the image for the docker engine', DEFAULT_IMAGE);
}

/** The options of a command that ends with a report. */
export function withReport(command: Command): Command {
  return command
    .option('--json <file>', 'write the whole report as JSON; - for stdout, and then nothing else there')
    .addOption(
      new Option(
        '--report <format>[=<file>]',
        `write a report for others to read; may be given several times: ${formatNames()}`,
      )
        .argParser(addReport)
        .default([], 'none'),
    )
    .addOption(
      new Option('--fail-on <what>', 'error: exit with 0 unless a fault of ours kept it from being graded')
        .choices(['failed', 'error'])
        .default('failed'),
    )
    .option('-q, --quiet', 'print one line: the score')
    .addOption(colorOption());
}

function formatNames(): string {
  return list(Object.keys(REPORT_FORMATS), 'or');
}

function addReport(text: string, before: RequestedReport[]): RequestedReport[] {
  return [...before, requestedReport(text)];
}

/** The option that turns colours off. */
export function colorOption(): Option {
  return new Option('--no-color', 'no colours (NO_COLOR does the same)');
}

/** Reads a number of seconds. Throws InvalidArgumentError. */
export function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && value <= 3600) return value;
  throw new InvalidArgumentError('It must be a number of seconds, more than 0 and at most 3600.');
}

/** Reads how many are to be worked on at a time. Throws InvalidArgumentError. */
export function jobs(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 64) return value;
  throw new InvalidArgumentError('It must be a whole number from 1 to 64.');
}
