import { createInterface } from 'node:readline/promises';
import { cleanUpOnSignals } from '../cleanup.ts';
import { type CollectionChoice, collectionToGradeWith } from '../collection/choose.ts';
import { ExitCode, InfrastructureError, NotStartedError, UsageError } from '../errors.ts';
import { gradeChallenge } from '../grade-challenges.ts';
import type { Check, Grader } from '../grader/grader.ts';
import { loadGrader } from '../grader/load.ts';
import { hintFolder } from '../hints/folder.ts';
import { type HintState, hintState, takeHint } from '../hints/next-hint.ts';
import { HINTS_NAME } from '../hints/taken.ts';
import { checkBlock } from '../report/console.ts';
import { storyLines } from '../report/console-failure.ts';
import type { CheckReport, Report } from '../report/report.ts';
import { hintRows } from '../report/story.ts';
import { DEFAULT_LIMITS } from '../script/limits.ts';
import { notify, write } from '../stdout.ts';
import { prepareTestbed, type TestbedChoice } from '../testbed.ts';
import { count } from '../text/count.ts';
import { didYouMean } from '../text/nearest.ts';
import { printable } from '../text/printable.ts';
import { type Colors, styles, wantsColors } from '../text/styles.ts';
import { wrapText } from '../text/wrap.ts';

export interface HintOptions extends TestbedChoice, CollectionChoice {
  /** A script, or a folder in which it is looked for. */
  path: string;
  /** Seconds. */
  timeout: number;
  /** Take a hint that costs points without being asked. */
  yes?: boolean;
  color: boolean;
}

/** Columns of a line. */
const WIDTH = 78;

/** `keyspace-grader hint`: the next hint of a check, of the first one that fails where none is named. */
export async function hintCommand(
  challenge: string,
  checkId: string | undefined,
  options: HintOptions,
): Promise<number> {
  cleanUpOnSignals();
  const grader = await loadGrader(challenge, await collectionToGradeWith(options));
  if (grader.hints === 'off')
    throw new UsageError(`There are no hints for ${challenge}: they are turned off.`);
  const style = styles(wantsColors(process.stdout, options.color));
  const folder = await hintFolder(challenge, options.path);
  const found = checkId === undefined ? await firstToDo(grader, options) : namedCheck(grader, checkId);
  if (found === null) {
    await write(`\n  ${style.green('Every check passes: there is nothing left to give a hint on.')}\n\n`);
    return ExitCode.passed;
  }
  const before = await hintState(grader, found.check, folder);
  if (before.problem !== null) notify(`keyspace-grader: ${before.problem}`);
  const state = (await isWanted(before, options)) ? await takeHint(grader, before, folder) : before;
  if (state.problem !== null && state.problem !== before.problem) notify(`keyspace-grader: ${state.problem}`);
  await write(hintText(grader, state, found.report, style));
  return ExitCode.passed;
}

interface FoundCheck {
  check: Check;
  /** How it went; null where nothing was graded. */
  report: CheckReport | null;
}

function namedCheck(grader: Grader, id: string): FoundCheck {
  const check = grader.checks.find((one) => one.id === id);
  if (check) return { check, report: null };
  const ids = grader.checks.map((one) => one.id);
  throw new UsageError(
    `${grader.id} has no check named ${JSON.stringify(id)}${didYouMean(id, ids)}\nIts checks are:\n${grader.checks
      .map((one) => `  ${one.id.padEnd(Math.max(...ids.map(({ length }) => length)))}  ${one.title}`)
      .join('\n')}`,
  );
}

/** The first check that fails as things stand; the first of all where there is no script yet; null for none. */
async function firstToDo(grader: Grader, options: HintOptions): Promise<FoundCheck | null> {
  const report = await gradeNow(grader, options);
  if (report === null) {
    const [check] = grader.checks;
    return check ? { check, report: null } : null;
  }
  if (report.status === 'not gradable' || report.status === 'error')
    throw new InfrastructureError(report.fault ?? 'The challenge could not be graded.');
  const failed = report.checks.find(({ status }) => status === 'failed');
  const check = grader.checks.find(({ id }) => id === failed?.id);
  return failed && check ? { check, report: failed } : null;
}

/** Null where there is no script yet. */
async function gradeNow(grader: Grader, options: HintOptions): Promise<Report | null> {
  try {
    const { report } = await gradeChallenge(grader, {
      path: options.path,
      testbed: () => prepareTestbed(options, notify),
      limits: { ...DEFAULT_LIMITS, timeMs: options.timeout * 1000 },
    });
    return report;
  } catch (error) {
    if (error instanceof NotStartedError) return null;
    throw error;
  }
}

/** Whether the next hint is to be taken: one that costs points is only taken by somebody who knows. */
async function isWanted({ given, total, cost }: HintState, { yes }: HintOptions): Promise<boolean> {
  if (given.length >= total || cost === 0 || yes) return true;
  if (!process.stdin.isTTY || !process.stderr.isTTY) return false;
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  // Ctrl-C and Ctrl-D are a no.
  const left = new Promise<string>((resolve) => asking.once('close', () => resolve('')));
  try {
    const question = `The next hint costs ${count(cost, 'point')} of this check. Show it? [y/N] `;
    return /^y(?:es)?$/i.test((await Promise.race([asking.question(question), left])).trim());
  } finally {
    asking.close();
  }
}

function hintText(grader: Grader, state: HintState, report: CheckReport | null, style: Colors): string {
  const { check, given, total } = state;
  const title = `${style.bold(printable(grader.title))}  ${style.dim(printable(grader.id))}`;
  const lines = [
    title,
    '',
    ...(report === null
      ? [
          ...wrapText(printable(check.title), WIDTH - 2).map(style.bold),
          ...storyLines(hintRows(given, 1, total), WIDTH, style),
        ]
      : checkBlock(report, style, hintRows(given.slice(1), 2, total))),
    '',
    ...wrapText(whatIsLeft(grader, state), WIDTH).map(style.dim),
  ];
  return `\n${lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n')}\n\n`;
}

function whatIsLeft({ id }: Grader, { check, given, total, cost }: HintState): string {
  const left = total - given.length;
  if (left === 0) return 'That was the last hint of this check.';
  const price = cost === 0 ? '' : ` for ${count(cost, 'point')} each, noted in ${HINTS_NAME}`;
  return `${count(left, 'more hint')}${price}: npx keyspace-grader hint ${id} ${check.id}${cost === 0 ? '' : ' --yes'}`;
}
