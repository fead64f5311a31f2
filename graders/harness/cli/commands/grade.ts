import { Command } from '@commander-js/extra-typings';
import { cleanUpOnSignals } from '../../base/cleanup.ts';
import { UsageError } from '../../base/errors.ts';
import { notify } from '../../base/stdout.ts';
import { type CollectionChoice, collectionToGradeWith } from '../../challenges/collection/choose.ts';
import type { Graded } from '../../grading/grade.ts';
import type { TestbedChoice } from '../../grading/testbed.ts';
import type { ShownReports } from '../../grading/write-reports.ts';
import { limitsWithin } from '../../recording/script/limits.ts';
import type { Script } from '../../recording/submission/script.ts';
import { defineCommand, type Only } from '../command.ts';
import {
  challengesOption,
  EXIT_CODES_OF_REPORTS,
  timeoutOption,
  withReport,
  withTestbed,
} from '../options.ts';

const definition = () =>
  withReport(
    withTestbed(
      new Command('grade')
        .summary('run a script and grade it')
        .description(
          'Runs the script of a challenge against a throwaway Valkey server and prints the graded report.',
        )
        .argument(
          '<challenge>',
          'such as sessions/cantina; or a mission, all, or several with commas between them',
        )
        .argument('[path]', 'the script, or a folder that holds solution.*', '.')
        .addOption(timeoutOption('the script'))
        .option('--evidence <file>', 'keep what was seen, to judge it again later')
        .addOption(challengesOption()),
    ),
  ).addHelpText(
    'after',
    `
Examples:
  $ keyspace-grader grade sessions/cantina
        solution.* in this folder, or in challenges/sessions/cantina/
  $ keyspace-grader grade sessions/cantina my-session.sh
  $ keyspace-grader grade sessions/cantina --engine local --timeout 5
  $ keyspace-grader grade sessions/cantina --sandbox container
  $ keyspace-grader grade sessions/cantina --json - | jq .score
  $ keyspace-grader grade sessions --report html --report junit=junit.xml
        every challenge of a mission that is in this folder
${EXIT_CODES_OF_REPORTS}`,
  );

/** Grades a submission of one challenge or of several, and publishes the report. */
export const grade = defineCommand(definition, async (selector, path, options) => {
  cleanUpOnSignals();
  const [reports, grading, { loadSelected }, { testbedWhenNeeded }, { writeOutputFile }] = await Promise.all([
    import('../../grading/write-reports.ts'),
    import('../../grading/grade.ts'),
    import('../../challenges/grader/load.ts'),
    import('../../grading/testbed.ts'),
    import('../../base/output-file.ts'),
  ]);
  const output = options satisfies Only<
    ShownReports & TestbedChoice & CollectionChoice & Pick<typeof options, 'evidence' | 'timeout'>,
    typeof options
  >;
  const { evidence, timeout } = options;
  const plan = await reports.planReports(output, evidence);
  const collection = await collectionToGradeWith(options);
  const graders = await loadSelected(selector, collection);
  const request = {
    path,
    limits: limitsWithin(timeout),
    testbed: testbedWhenNeeded(options, notify),
    onScript: ({ path }: Script) => reports.refuseToOverwrite(path, output, evidence),
  };
  const [only, ...others] = graders;
  if (!only || others.length > 0) {
    if (evidence !== undefined)
      throw new UsageError('--evidence keeps what was seen of one challenge. Name one.');
    const { gradeSeveral } = await import('../../grading/process/grade-several.ts');
    const submissions = await gradeSeveral(graders, { ...request, collection, testbed: options, notify });
    return reports.publish(submissions, output, plan);
  }
  let graded: Graded;
  try {
    graded = await grading.findAndGrade(only, request);
  } catch (error) {
    const fault = grading.faultOf(only, error);
    if (!fault) throw error;
    return reports.publishFault(fault, error, output, plan);
  }
  if (evidence !== undefined) await writeOutputFile(evidence, `${JSON.stringify(graded.evidence)}\n`);
  return reports.publish([graded], output, plan);
});
