import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as core from '@actions/core';
import { cleanUpOnSignals, runCleanups } from '../base/cleanup.ts';
import { ExitCode, messageOf } from '../base/errors.ts';
import { guardProcess } from '../base/last-guard.ts';
import { printableLines } from '../base/text/printable.ts';
import { keepToOwnPath } from '../base/which.ts';
import { SHIPPED } from '../challenges/collection/collection.ts';
import { loadSelected } from '../challenges/grader/load.ts';
import { findAndGradeAll } from '../grading/grade.ts';
import { testbedWhenNeeded } from '../grading/testbed.ts';
import {
  exitCodeFor,
  planReports,
  type ReportOutput,
  type ReportPlan,
  writeReports,
} from '../grading/write-reports.ts';
import { limitsWithin } from '../recording/script/limits.ts';
import { annotationsOf } from '../reports/annotations.ts';
import { consoleReports } from '../reports/console.ts';
import { classroomDocument } from '../reports/formats/classroom.ts';
import { type GradedSubmission, isIncomplete, publishedTotal } from '../reports/formats/format.ts';
import { markdownReport } from '../reports/formats/markdown.ts';
import { repositoryRoot } from '../reports/script-path.ts';
import { type ActionInputs, readInputs } from './inputs.ts';
import { installClients } from './install-clients.ts';

/** What GitHub takes of a step's summary, in bytes, and some room for what others wrote there. */
const SUMMARY_BYTES = 1000 * 1024;

/** The action's way: inputs, grading, and everything that GitHub and its readers are told. */
async function main(): Promise<void> {
  maskSecrets();
  cleanUpOnSignals();
  const inputs = readInputs((name) => core.getInput(name));
  const page = join(process.env.RUNNER_TEMP ?? '.', 'keyspace-grader', 'report.html');
  const options: ReportOutput = { report: inputs.report, failOn: inputs.failOn };
  const plan = await planReports(options);
  const submissions = await grade(inputs);

  show(submissions);
  await writeReports(submissions, options, plan);
  await writePage(submissions, page, plan);
  await tellSummary(submissions);
  for (const { message, ...place } of annotationsOf(submissions, repositoryRoot(process.env)))
    core.error(message, place);
  tellOutputs(submissions, inputs, page);

  const reports = submissions.map(({ report }) => report);
  const faults = reports.filter(({ score }) => score === null);
  for (const { challenge, fault } of faults)
    core.error(`${challenge.id} was not graded, through no fault of the learner: ${fault}`);
  const exitCode = exitCodeFor(reports, options);
  if (exitCode !== ExitCode.passed) process.exitCode = 1;
}

async function grade(inputs: ActionInputs) {
  const graders = await loadSelected(inputs.challenges, SHIPPED);
  return findAndGradeAll(graders, {
    path: inputs.path,
    limits: limitsWithin(inputs.timeout),
    testbed: testbedWhenNeeded(inputs, (line) => core.info(line)),
    onScript: async ({ language }) => {
      if (language.start !== null && inputs.sandbox === 'process') await installClients();
    },
  });
}

/** What is printed by learners stands between marks that have the runner read no commands in it. */
function show(submissions: readonly GradedSubmission[]): void {
  core.info(
    consoleReports(
      submissions.map(({ report }) => report),
      true,
    ),
  );
  for (const { report, evidence } of submissions) {
    const process = evidence?.runs.find(({ variant }) => variant === null)?.process;
    const output = [process?.stdout.text, process?.stderr.text].filter(Boolean).join('\n');
    if (output === '') continue;
    core.startGroup(`What the script of ${report.challenge.id} printed`);
    const token = randomBytes(32).toString('hex');
    core.info(`::stop-commands::${token}`);
    core.info(output);
    core.info(`::${token}::`);
    core.endGroup();
  }
}

/** The whole report as a page, for workflows that keep it. */
async function writePage(
  submissions: readonly GradedSubmission[],
  page: string,
  plan: ReportPlan,
): Promise<void> {
  await mkdir(dirname(page), { recursive: true });
  await writeReports(submissions, { report: [{ format: 'html', path: page }] }, plan);
}

async function tellSummary(submissions: readonly GradedSubmission[]): Promise<void> {
  // Outside of a workflow there is none.
  if (!process.env.GITHUB_STEP_SUMMARY) return;
  await core.summary.addRaw(markdownReport(submissions, SUMMARY_BYTES), true).write();
}

function tellOutputs(
  submissions: readonly GradedSubmission[],
  { maxScore }: ActionInputs,
  page: string,
): void {
  const total = publishedTotal(submissions, maxScore);
  const result = classroomDocument(submissions, maxScore);
  core.setOutput('result', Buffer.from(result).toString('base64'));
  core.setOutput('score', isIncomplete(submissions) ? '' : String(total.score));
  core.setOutput('max-score', String(total.maxScore));
  core.setOutput('passed', String(submissions.every(({ report }) => report.status === 'passed')));
  core.setOutput('report', page);
}

/** Secrets of the step never reach learners' scripts; should one come out anyway, it is masked. */
function maskSecrets(): void {
  for (const [name, value] of Object.entries(process.env))
    if (value && value.length >= 8 && /TOKEN|SECRET|PASSWORD|CREDENTIAL/i.test(name)) core.setSecret(value);
}

/** Fails the step: an action has no other exit code than 1 for that. */
function fail(error: unknown): number {
  core.setFailed(`keyspace-grader: ${printableLines(messageOf(error))}`);
  if (process.env.DEBUG && error instanceof Error) core.info(String(error.stack));
  return 1;
}

const done = guardProcess(fail);
try {
  keepToOwnPath();
  await main();
} catch (error) {
  fail(error);
}
for (const failure of await runCleanups()) core.warning(`clean-up: ${failure}`);
done();
