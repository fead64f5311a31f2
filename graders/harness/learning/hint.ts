import { InfrastructureError, NotStartedError, UsageError } from '../base/errors.ts';
import { notify } from '../base/stdout.ts';
import { count } from '../base/text/count.ts';
import { didYouMean } from '../base/text/nearest.ts';
import { ownCommand } from '../base/text/own-command.ts';
import { printable } from '../base/text/printable.ts';
import type { Colors } from '../base/text/styles.ts';
import { wrapText } from '../base/text/wrap.ts';
import type { Collection } from '../challenges/collection/collection.ts';
import { loadGrader } from '../challenges/grader/load.ts';
import { selectChallenge } from '../challenges/grader/select.ts';
import { hintFolder } from '../challenges/hints/folder.ts';
import { type HintState, hintState, takeHint } from '../challenges/hints/next-hint.ts';
import { HINTS_NAME } from '../challenges/hints/taken.ts';
import { findAndGrade, type GradingRequest } from '../grading/grade.ts';
import type { Check, Grader } from '../judging/grader.ts';
import { hintRows } from '../judging/report/failure-details.ts';
import type { CheckReport, Report } from '../judging/report/report.ts';
import type { Script } from '../recording/submission/script.ts';
import { checkBlock } from '../reports/console.ts';
import { detailLines } from '../reports/console-failure.ts';
import { ProgressRecorder } from './progress/recorder.ts';
import { challengesInOrder, type StartingPoint, startingPoint } from './starting-point.ts';

/** The check whose hint is asked for, and how things stand with it. */
export interface HintRequest {
  /** The one whose solution was written last where none is named. */
  challenge: string | undefined;
  /** The first that fails where none is named. */
  check: string | undefined;
  /** How that is found out, and where the script is. */
  grading: GradingRequest;
  /** Asked before a hint is taken that costs points. */
  isWanted(cost: number): Promise<boolean>;
}

/** Columns of a line. */
const WIDTH = 78;

/**
 * Takes the next hint of a check, where it is wanted, and gives back all that were taken as text for a terminal.
 * Throws UsageError for a check that is not there and where hints are turned off, and what grading throws.
 */
export async function nextHint(request: HintRequest, collection: Collection, style: Colors): Promise<string> {
  const { challenge, grading, chosen } = await chosenChallenge(request, collection);
  const { check, isWanted } = request;
  const grader = await loadGrader(challenge, collection);
  if (grader.hints === 'off')
    throw new UsageError(`There are no hints for ${challenge}: they are turned off.`);
  const folder = await hintFolder(challenge, grading.path);
  const found = check === undefined ? await firstToDo(grader, grading, folder) : namedCheck(grader, check);
  if (found === null)
    return `${chosenText(chosen, style)}\n  ${style.green(`Every check of ${grader.id} passes: there is nothing left to give a hint on.`)}\n\n`;
  const before = await hintState(grader, found.check, folder);
  if (before.problem !== null) notify(`keyspace-grader: ${before.problem}`);
  const { given, total, cost } = before;
  const isTaken = given.length >= total || cost === 0 || (await isWanted(cost));
  const state = isTaken ? await takeHint(grader, before, folder) : before;
  if (state.problem !== null && state.problem !== before.problem) notify(`keyspace-grader: ${state.problem}`);
  return chosenText(chosen, style) + hintText(grader, state, found.report, request, style);
}

/** The challenge, where its solution is looked for, and how it was chosen; null where it was named. */
async function chosenChallenge({ challenge, grading }: HintRequest, collection: Collection) {
  if (challenge !== undefined)
    return { challenge: await selectChallenge(challenge, collection), grading, chosen: null };
  const order = await challengesInOrder(collection);
  const start = await startingPoint(order, grading.path, collection);
  return { challenge: start.challenge, grading: { ...grading, path: start.path }, chosen: start };
}

const BECAUSE = {
  'its folder': 'the challenge of this folder',
  'written last': 'the challenge whose solution was written last',
  'the first': 'the first challenge: no solution is begun yet',
} as const;

function chosenText(chosen: StartingPoint | null, style: Colors): string {
  if (chosen === null) return '';
  return `\n  ${style.dim(`A hint on ${chosen.challenge}, ${BECAUSE[chosen.because]}.`)}\n`;
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

/**
 * The first check that fails as things stand and has hints left, or the first that fails where none has; of all checks
 * where there is no script yet; null for none.
 */
async function firstToDo(
  grader: Grader,
  grading: GradingRequest,
  folder: string,
): Promise<FoundCheck | null> {
  const report = await gradeNow(grader, grading);
  if (report === null)
    return firstWithHints(
      grader,
      grader.checks.map((check) => ({ check, report })),
      folder,
    );
  if (report.status === 'not gradable' || report.status === 'error')
    throw new InfrastructureError(report.fault ?? 'The challenge could not be graded.');
  const failed = grader.checks.flatMap((check): FoundCheck[] => {
    const found = report.checks.find(({ id }) => id === check.id);
    return found?.status === 'failed' ? [{ check, report: found }] : [];
  });
  return firstWithHints(grader, failed, folder);
}

async function firstWithHints(
  grader: Grader,
  found: readonly FoundCheck[],
  folder: string,
): Promise<FoundCheck | null> {
  for (const one of found) {
    const { given, total } = await hintState(grader, one.check, folder);
    if (given.length < total) return one;
  }
  return found[0] ?? null;
}

/** Null where there is no script yet. */
async function gradeNow(grader: Grader, grading: GradingRequest): Promise<Report | null> {
  try {
    const progress = new ProgressRecorder(process.cwd(), notify);
    const onScript = (script: Script) => progress.noteScript(script, grader);
    const { report } = await findAndGrade(grader, { ...grading, onScript });
    await progress.save(report);
    return report;
  } catch (error) {
    if (error instanceof NotStartedError) return null;
    throw error;
  }
}

function hintText(
  grader: Grader,
  state: HintState,
  report: CheckReport | null,
  request: HintRequest,
  style: Colors,
): string {
  const { check, given, total } = state;
  const title = `${style.bold(printable(grader.title))}  ${style.dim(printable(grader.id))}`;
  const lines = [
    title,
    '',
    ...(report === null
      ? [
          ...wrapText(printable(check.title), WIDTH - 2).map(style.bold),
          ...detailLines(hintRows(given, 1, total), WIDTH, style),
        ]
      : checkBlock(report, style, hintRows(given.slice(1), 2, total))),
    '',
    ...whatIsLeft(grader, state, request).map(style.dim),
  ];
  return `\n${lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n')}\n\n`;
}

/** The command is on one line, so that it can be copied. */
function whatIsLeft(
  { id }: Grader,
  { check, given, total, cost }: HintState,
  { grading: { path } }: HintRequest,
): string[] {
  const left = total - given.length;
  if (left === 0) return ['That was the last hint of this check.'];
  const price = cost === 0 ? '' : ` for ${count(cost, 'point')} each, noted in ${HINTS_NAME}`;
  // Hints are remembered beside the script: without its path the command would be about another one.
  const elsewhere = path === '.' ? [] : ['--path', path];
  const words = `${count(left, 'more hint')}${price}:`;
  const command = ownCommand('hint', id, check.id, ...elsewhere, ...(cost === 0 ? [] : ['--yes']));
  const line = `${words} ${command}`;
  return line.length <= WIDTH ? [line] : [words, `  ${command}`];
}
