import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { afterAll, beforeAll, describe, inject, test } from 'vitest';
import { cleanUpOnSignals, runCleanups } from '../../base/cleanup.ts';
import { InfrastructureError, messageOf, ReadableError } from '../../base/errors.ts';
import { count } from '../../base/text/count.ts';
import { printable } from '../../base/text/printable.ts';
import { styles } from '../../base/text/styles.ts';
import { collectionToGradeWith } from '../../challenges/collection/choose.ts';
import type { Collection } from '../../challenges/collection/collection.ts';
import { listChallenges } from '../../challenges/grader/list.ts';
import { loadGrader } from '../../challenges/grader/load.ts';
import { selectChallenges } from '../../challenges/grader/select.ts';
import { faultOf, findAndGrade, type GradingRequest } from '../../grading/grade.ts';
import { testbedWhenNeeded } from '../../grading/testbed.ts';
import type { Check, Grader } from '../../judging/grader.ts';
import { ungraded } from '../../judging/report/judge.ts';
import type { Report } from '../../judging/report/report.ts';
import { hasStarted } from '../../learning/progress/has-started.ts';
import { textAfterSolving } from '../../learning/progress/next.ts';
import { ProgressRecorder } from '../../learning/progress/recorder.ts';
import { DEFAULT_IMAGE, RUNTIME_IMAGE } from '../../recording/engine/image.ts';
import { DEFAULT_LIMITS } from '../../recording/script/limits.ts';
import { checkError } from './failure-message.ts';
import type { GradeChallengesOptions } from './options.ts';
import { plainError } from './plain-error.ts';
import { totalText } from './total.ts';
import type { GradedChallenge } from './vitest-types.ts';

/**
 * How long the grading of one challenge may take in ms, fetching a server for the first time included. The
 * script's own limit is another one, and much shorter.
 */
const GRADING_LIMIT_MS = 15 * 60_000;

/** Vitest ends its workers by signals: when it is stopped amid a grading, and when all is done. */
if (isMainThread) cleanUpOnSignals();

/** Everything that one file's tests share. */
interface Session {
  request: GradingRequest;
  /** What challenges came to so far, of those that were not left out by a filter. */
  graded: Map<string, GradedChallenge>;
}

/**
 * Defines the tests: a `describe` for each challenge, a `test` for each check. Only names and points are read
 * here; a challenge is graded when the first of its tests is about to run, so that a filter saves its time.
 * Throws what is wrong with the call, without a stack trace.
 */
export async function defineChallengeTests(
  selector: string | undefined,
  options: GradeChallengesOptions,
): Promise<void> {
  const path = resolve(options.path ?? '.');
  const { challenges, collection } = await readable(() => chooseChallenges(selector, path, options));
  const session: Session = { request: requestOf(path, options), graded: new Map() };
  for (const grader of challenges) {
    const started = await hasStarted(grader.id, path, collection);
    describe(`${grader.id}: ${printable(grader.title)}`, () => {
      if (started) defineChecks(grader, session);
      else test.todo(notStarted(grader));
    });
  }
  // biome-ignore lint/correctness/noEmptyPattern: vitest takes nothing else in the place of the context.
  afterAll(async ({}, file) => {
    const isLeft = (id: string) =>
      file.tasks.some(
        (suite) =>
          suite.type === 'suite' &&
          suite.name.startsWith(`${id}: `) &&
          suite.tasks.every(({ mode }) => mode === 'todo'),
      );
    const graded = challenges.flatMap(
      (grader) =>
        session.graded.get(grader.id) ??
        (isLeft(grader.id) ? { report: ungraded(grader, 'not started', ''), script: null } : []),
    );
    file.meta.keyspaceGrader = graded;
    const reports = graded.map(({ report }) => report);
    const place = { workingIn: process.cwd(), collection, option: options.challenges };
    const next = await textAfterSolving(reports, place, styles(false));
    file.meta.keyspaceNext = next;
    // Where the plugin is at work, its reporter tells the total after all else.
    if (inject('keyspaceGrader') === undefined && graded.length > 0)
      console.info(`\n${totalText(reports)}${next && `\n${next}`}`);
    for (const failure of await runCleanups()) console.error(`clean-up: ${printable(failure)}`);
  });
}

async function chooseChallenges(
  selector: string | undefined,
  path: string,
  options: GradeChallengesOptions,
): Promise<{ challenges: Grader[]; collection: Collection }> {
  const collection = await collectionToGradeWith(options);
  const ids =
    selector === undefined
      ? await challengesIn(path, collection)
      : await selectChallenges(selector, collection);
  return { challenges: await Promise.all(ids.map((id) => loadGrader(id, collection))), collection };
}

/** The challenges that have a folder of their own; all, where none has one yet. */
async function challengesIn(path: string, collection: Collection): Promise<string[]> {
  const known = await listChallenges(collection);
  const there = await Promise.all(
    known.map(async (id) => (await isFolder(join(path, 'challenges', id))) || isFolder(join(path, id))),
  );
  const found = known.filter((_, index) => there[index]);
  return found.length > 0 ? found : known;
}

async function isFolder(path: string): Promise<boolean> {
  // What is not there is no folder.
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

function requestOf(path: string, options: GradeChallengesOptions): GradingRequest {
  const {
    engine = 'auto',
    image = DEFAULT_IMAGE,
    sandbox = 'process',
    runtimeImage = RUNTIME_IMAGE,
  } = options;
  return {
    path,
    limits: {
      ...DEFAULT_LIMITS,
      ...(options.timeout !== undefined && { timeMs: options.timeout * 1000 }),
    },
    testbed: testbedWhenNeeded({ engine, image, sandbox, runtimeImage }, (line) => console.info(line)),
  };
}

function defineChecks(grader: Grader, session: Session): void {
  let challenge: GradedChallenge;
  // biome-ignore lint/correctness/noEmptyPattern: vitest takes nothing else in the place of the context.
  beforeAll(async ({}, { file }) => {
    challenge = gradedBefore(grader, file.filepath) ?? (await gradeNotingScript(grader, session.request));
    session.graded.set(grader.id, challenge);
    // A fault of the whole challenge stands at its describe, once; that of a check stands at its test.
    if (challenge.report.checks.length === 0) throw faultError(challenge.report);
  }, GRADING_LIMIT_MS);
  for (const check of grader.checks) {
    test(nameOf(check), ({ skip }) => {
      const verdict = challenge.report.checks.find(({ id }) => id === check.id);
      if (verdict?.status === 'skipped') skip(printable(verdict.failure?.actual ?? ''));
      if (verdict && verdict.status !== 'passed')
        throw checkError(verdict, challenge.report, challenge.script ?? undefined);
    });
  }
}

/** What a challenge came to in watch mode, where only scripts of others were saved since. */
function gradedBefore({ id }: Grader, file: string): GradedChallenge | undefined {
  return inject('keyspaceGrader')?.[file]?.find(({ report }) => report.challenge.id === id);
}

async function gradeNotingScript(grader: Grader, request: GradingRequest): Promise<GradedChallenge> {
  let script: string | null = null;
  const progress = new ProgressRecorder(process.cwd(), (line) => console.info(line));
  const onScript: GradingRequest['onScript'] = async (found) => {
    script = found.path;
    await progress.noteScript(found, grader);
  };
  const report = await reportOrFault(grader, { ...request, onScript });
  await progress.save(report);
  return { report, script };
}

/** The report, also on what kept the challenge from being graded. */
async function reportOrFault(grader: Grader, request: GradingRequest): Promise<Report> {
  return readable(async () => {
    try {
      return (await findAndGrade(grader, request)).report;
    } catch (error) {
      const fault = faultOf(grader, error);
      if (!fault) throw error;
      return fault.report;
    }
  });
}

function faultError({ status, fault }: Report): Error {
  const why = fault ?? '';
  const blameless = /not your fault/.test(why)
    ? why
    : `${why}\nThat is not your fault, and no points are lost.`;
  return status === 'not started' ? plainError('Not started', why) : plainError('Not graded', blameless);
}

/** Does some work, whose errors that are made for people are told to them as they are. */
async function readable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ReadableError)) throw error;
    throw plainError(
      error instanceof InfrastructureError ? 'Not graded' : 'Cannot be graded',
      messageOf(error),
    );
  }
}

/** One line for all of it: nobody reads hundreds of what is still to come. */
function notStarted({ checks, points }: Grader): string {
  return `not started (${count(checks.length, 'check')}, ${count(points, 'point')})`;
}

function nameOf({ title, points }: Check): string {
  return `${printable(title)} (${count(points, 'point')})`;
}
