import { Command } from '@commander-js/extra-typings';
import { cleanUpOnSignals } from '../../base/cleanup.ts';
import { UsageError } from '../../base/errors.ts';
import { notify, write } from '../../base/stdout.ts';
import { type CollectionChoice, collectionToGradeWith } from '../../challenges/collection/choose.ts';
import type { Graded } from '../../grading/grade.ts';
import type { TestbedChoice } from '../../grading/testbed.ts';
import type { ShownReports } from '../../grading/write-reports.ts';
import type { Grader } from '../../judging/grader.ts';
import { limitsWithin } from '../../recording/script/limits.ts';
import type { Script } from '../../recording/submission/script.ts';
import type { GradedSubmission } from '../../reports/formats/format.ts';
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
  const [
    reports,
    grading,
    { loadSelected },
    { testbedWhenNeeded },
    { writeOutputFile },
    { ProgressRecorder },
    { textAfterSolving },
    { styles, wantsColors },
  ] = await Promise.all([
    import('../../grading/write-reports.ts'),
    import('../../grading/grade.ts'),
    import('../../challenges/grader/load.ts'),
    import('../../grading/testbed.ts'),
    import('../../base/output-file.ts'),
    import('../../learning/progress/recorder.ts'),
    import('../../learning/progress/next.ts'),
    import('../../base/text/styles.ts'),
  ]);
  const output = options satisfies Only<
    ShownReports & TestbedChoice & CollectionChoice & Pick<typeof options, 'evidence' | 'timeout'>,
    typeof options
  >;
  const { evidence, timeout } = options;
  const plan = await reports.planReports(output, evidence);
  const collection = await collectionToGradeWith(options);
  const graders = await loadSelected(selector, collection);
  const progress = new ProgressRecorder(process.cwd(), notify);
  const request = {
    path,
    limits: limitsWithin(timeout),
    testbed: testbedWhenNeeded(options, notify),
    onScript: async (script: Script, grader: Grader) => {
      reports.refuseToOverwrite(script.path, output, evidence);
      await progress.noteScript(script, grader);
    },
  };
  const finish = async (submissions: readonly GradedSubmission[], written: readonly string[] = []) => {
    const exitCode = await reports.publish(submissions, output, plan, written);
    for (const { report } of submissions) await progress.save(report);
    if (output.quiet || output.json === '-') return exitCode;
    const solved = { workingIn: process.cwd(), collection, option: options.challenges };
    const style = styles(wantsColors(process.stdout, options.color));
    await write(
      await textAfterSolving(
        submissions.map(({ report }) => report),
        solved,
        style,
      ),
    );
    return exitCode;
  };
  const [only, ...others] = graders;
  if (!only || others.length > 0) {
    if (evidence !== undefined)
      throw new UsageError('--evidence keeps what was seen of one challenge. Name one.');
    const { gradeSeveral } = await import('../../grading/process/grade-several.ts');
    return finish(await gradeSeveral(graders, { ...request, collection, testbed: options, notify }));
  }
  let graded: Graded;
  try {
    graded = await grading.findAndGrade(only, request);
  } catch (error) {
    const fault = grading.faultOf(only, error);
    if (!fault) throw error;
    return reports.publishFault(fault, error, output, plan);
  }
  if (evidence === undefined) return finish([graded]);
  await writeOutputFile(evidence, `${JSON.stringify(graded.evidence)}\n`);
  return finish([graded], [reports.fileLine('Evidence', evidence)]);
});
