import { type Command, InvalidArgumentError, Option, type OptionValues } from '@commander-js/extra-typings';
import { list } from '../base/text/count.ts';
import { ENGINE_CHOICES, SANDBOXES } from '../evidence/environment.ts';
import { DEFAULT_IMAGE, RUNTIME_IMAGE } from '../recording/engine/image.ts';
import { DEFAULT_LIMITS } from '../recording/script/limits.ts';
import type { SandboxKind } from '../recording/script/sandbox.ts';
import { REPORT_FORMATS } from '../reports/formats/index.ts';
import { type RequestedReport, requestedReport } from '../reports/formats/requested.ts';

// The options that several commands take. Each function adds some, and their types, to a command.

const PLACE = 'Where the server and the script run:';
const REPORTS = 'Reports:';
const SOURCES = 'Whose work is graded:';

/** The option that names a collection of somebody's own. */
export function challengesOption() {
  return new Option(
    '--challenges <dir>',
    'the root of a repository with challenges of your own, in place of the workshop',
  );
}

/** The option that limits a script's time; `whose` is `the script`, or `each script`. */
export function timeoutOption(whose: string) {
  return new Option('--timeout <seconds>', `how long ${whose} may run`)
    .argParser(seconds)
    .default(DEFAULT_LIMITS.timeMs / 1000);
}

/** The option that turns colours off. */
export function colorOption() {
  return new Option('--no-color', 'no colours (NO_COLOR does the same)');
}

/** The option that says how many are graded at a time, of commands that know it best themselves. */
export function jobsOption() {
  return new Option(
    '--jobs <number>',
    'how many are graded at a time; by the processors where it is left out',
  ).argParser(jobs);
}

/** The option that says how stubborn grading is. */
export function retriesOption() {
  return new Option('--retries <number>', 'how often a fault of ours is tried again')
    .argParser(wholeNumber(0, 10))
    .default(2);
}

/** The option that names the queue. */
export function queueOption() {
  return (
    new Option('--queue <url>', 'the Valkey that holds the queue: valkey://user:password@host:6379/0')
      // A password on a command line can be seen by all who may list processes.
      .env('KEYSPACE_GRADER_QUEUE')
      .makeOptionMandatory()
  );
}

/** The option that names the folder of what is in a queue. */
export function storeOption() {
  return new Option(
    '--store <dir>',
    'a folder that workers see too, in which archives lie; in the queue itself where it is left out',
  );
}

/** The options that say where submissions are graded. */
export function withTestbed<
  Args extends unknown[],
  Options extends OptionValues,
  Inherited extends OptionValues,
>(command: Command<Args, Options, Inherited>, sandbox: SandboxKind = 'process') {
  return withEngine(command)
    .addOption(
      new Option(
        '--sandbox <sandbox>',
        'how far the script is kept from this machine; container: for scripts you do not trust',
      )
        .choices(SANDBOXES)
        .default(sandbox)
        .helpGroup(PLACE),
    )
    .addOption(
      new Option('--runtime-image <ref>', 'the image in which scripts run in the container sandbox')
        .default(RUNTIME_IMAGE)
        .helpGroup(PLACE),
    );
}

/** The options that say where servers come from. */
export function withEngine<
  Args extends unknown[],
  Options extends OptionValues,
  Inherited extends OptionValues,
>(command: Command<Args, Options, Inherited>) {
  return command
    .addOption(
      new Option('--engine <engine>', 'where the server runs; auto: Docker where it answers, else local')
        .choices(ENGINE_CHOICES)
        .default('auto')
        .helpGroup(PLACE),
    )
    .addOption(
      new Option('--image <ref>', 'the image for the docker engine').default(DEFAULT_IMAGE).helpGroup(PLACE),
    );
}

/** The options of a command that ends with a report. */
export function withReport<
  Args extends unknown[],
  Options extends OptionValues,
  Inherited extends OptionValues,
>(command: Command<Args, Options, Inherited>) {
  return command
    .addOption(
      new Option(
        '--json <file>',
        'write the whole report as JSON; - for stdout, and then nothing else there',
      ).helpGroup(REPORTS),
    )
    .addOption(reportOption())
    .addOption(
      new Option('--fail-on <what>', 'error: exit with 0 unless a fault of ours kept it from being graded')
        .choices(['failed', 'error'])
        .default('failed')
        .helpGroup(REPORTS),
    )
    .addOption(new Option('-q, --quiet', 'print one line: the score').helpGroup(REPORTS))
    .addOption(colorOption());
}

function reportOption() {
  const option = new Option(
    '--report <format>',
    `write a report for others to read; may be given several times: ${list(Object.keys(REPORT_FORMATS), 'or')}`,
  );
  // Told, and not given above: its type would be that of a flag without a value.
  option.flags = '--report <format>[=<file>]';
  return option.argParser(addReport).default([], 'none').helpGroup(REPORTS);
}

/** The exit codes of a command that ends with a report. */
export const EXIT_CODES_OF_REPORTS = `
Exit codes:
  0  every check passed
  1  graded, and not every check passed
  2  the call is wrong: unknown challenge, no script, bad option, broken grader
  3  infrastructure: no engine to be had, or the server died by itself
`;

/** The options that say whose work is graded. */
export function withSources<
  Args extends unknown[],
  Options extends OptionValues,
  Inherited extends OptionValues,
>(command: Command<Args, Options, Inherited>) {
  return command
    .addOption(
      new Option(
        '--submissions <where>',
        "a folder of submissions; a glob in which {id} stands for the submitter's name, * for any; or a roster (.csv) beside the folders",
      ).helpGroup(SOURCES),
    )
    .addOption(
      new Option(
        '--roster <csv>',
        'who is in the class: identifier, github_username, github_id, name',
      ).helpGroup(SOURCES),
    )
    .addOption(
      new Option(
        '--roster-columns <names>',
        'what it calls them: identifier=E-mail,github_username=GitHub',
      ).helpGroup(SOURCES),
    )
    .addOption(
      new Option(
        '--clone <list>',
        'fetch these repositories and grade them: a text file with a URL a line, then an id; or a .csv with url, id, at',
      ).helpGroup(SOURCES),
    )
    .addOption(
      new Option('--at <revision>', 'of what is cloned, grade this commit or tag').helpGroup(SOURCES),
    )
    .addOption(
      new Option(
        '--deadline <time>',
        'tell who is late; of what is cloned, grade the last commit before it, such as 2026-06-01T23:59+02:00',
      )
        .argParser(time)
        .helpGroup(SOURCES),
    );
}

function addReport(text: string, before: readonly RequestedReport[]): readonly RequestedReport[] {
  return [...before, requestedReport(text)];
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && value <= 3600) return value;
  throw new InvalidArgumentError('It must be a number of seconds, more than 0 and at most 3600.');
}

function time(text: string): Date {
  const date = new Date(text);
  const [, year, month, day] =
    /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)$/.exec(text) ?? [];
  // A 31st of June would be taken for the 1st of July.
  const isDay = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day);
  if (!Number.isNaN(date.getTime()) && isDay) return date;
  throw new InvalidArgumentError('It must be a time with its zone, such as 2026-06-01T23:59+02:00.');
}

/** Reads a whole number within bounds, both included. What it gives back throws InvalidArgumentError. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

/** Reads how many are to be worked on at a time. Throws InvalidArgumentError. */
export const jobs = wholeNumber(1, 64);
