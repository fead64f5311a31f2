import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import * as core from '@actions/core';
import { cleanUpOnSignals, runCleanups } from '../base/cleanup.ts';
import { ExitCode, messageOf } from '../base/errors.ts';
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
import { consoleReports } from '../reports/console.ts';
import { classroomResult } from '../reports/formats/classroom.ts';
import { type GradedSubmission, isIncomplete, totalOf } from '../reports/formats/format.ts';
import { markdownReport } from '../reports/formats/markdown.ts';
import { annotationsOf } from './annotations.ts';
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
  const { submissions, scripts } = await grade(inputs);

  show(submissions);
  await writeReports(submissions, options, plan);
  await writePage(submissions, page, plan);
  await tellSummary(submissions);
  for (const { message, ...place } of annotationsOf(submissions, (id) => inRepository(scripts.get(id))))
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
  const scripts = new Map<string, string>();
  const submissions = await findAndGradeAll(graders, {
    path: inputs.path,
    limits: limitsWithin(inputs.timeout),
    testbed: testbedWhenNeeded(inputs, (line) => core.info(line)),
    onScript: async ({ path, language }, { id }) => {
      scripts.set(id, path);
      if (language.start !== null && inputs.sandbox === 'process') await installClients();
    },
  });
  return { submissions, scripts };
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
  const result = classroomResult(submissions, maxScore);
  const total = totalOf(submissions);
  const scaled = maxScore === null ? total.score : (total.score / total.maxScore) * maxScore;
  core.setOutput('result', Buffer.from(JSON.stringify(result)).toString('base64'));
  core.setOutput('score', isIncomplete(submissions) ? '' : String(Number(scaled.toFixed(4))));
  core.setOutput('max-score', String(maxScore ?? total.maxScore));
  core.setOutput('passed', String(submissions.every(({ report }) => report.status === 'passed')));
  core.setOutput('report', page);
}

/** A script's path as annotations name it; undefined for one outside of the repository. */
function inRepository(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  const name = relative(process.env.GITHUB_WORKSPACE ?? process.cwd(), path);
  return name.startsWith('..') ? undefined : name.replaceAll(sep, '/');
}

/** Secrets of the step never reach learners' scripts; should one come out anyway, it is masked. */
function maskSecrets(): void {
  for (const [name, value] of Object.entries(process.env))
    if (value && value.length >= 8 && /TOKEN|SECRET|PASSWORD|CREDENTIAL/i.test(name)) core.setSecret(value);
}

try {
  keepToOwnPath();
  await main();
} catch (error) {
  core.setFailed(`keyspace-grader: ${printableLines(messageOf(error))}`);
  if (process.env.DEBUG && error instanceof Error) core.info(String(error.stack));
}
for (const failure of await runCleanups()) core.warning(`clean-up: ${failure}`);
