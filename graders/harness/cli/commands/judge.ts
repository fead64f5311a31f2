import { Command } from '@commander-js/extra-typings';
import { UsageError } from '../../base/errors.ts';
import { type CollectionChoice, collectionToGradeWith } from '../../challenges/collection/choose.ts';
import type { ShownReports } from '../../grading/write-reports.ts';
import { defineCommand, type Only } from '../command.ts';
import { challengesOption, EXIT_CODES_OF_REPORTS, withReport } from '../options.ts';

const definition = () =>
  withReport(
    new Command('judge')
      .summary('judge saved evidence again')
      .description(
        'Judges evidence that `grade --evidence` kept, with the grader as it is now. Runs nothing.',
      )
      .argument('<challenge>', 'such as sessions/cantina')
      .argument('<evidence>', 'a file that `grade --evidence` wrote')
      .addOption(challengesOption()),
  ).addHelpText(
    'after',
    `
Examples:
  $ keyspace-grader grade sessions/cantina --evidence evidence.json
  $ keyspace-grader judge sessions/cantina evidence.json
  $ keyspace-grader judge sessions/cantina evidence.json --report html
${EXIT_CODES_OF_REPORTS}`,
  );

/** More than the longest evidence that is ever kept. */
const MOST_EVIDENCE_BYTES = 256 * 1024 * 1024;

/** Judges saved evidence with the grader as it is now. */
export const judge = defineCommand(definition, async (challenge, file, options) => {
  const [reports, judging, { loadNamed }, { readEvidence }, { readTextOf }] = await Promise.all([
    import('../../grading/write-reports.ts'),
    import('../../judging/report/judge.ts'),
    import('../../challenges/grader/load.ts'),
    import('../../evidence/read.ts'),
    import('../../base/plain-file.ts'),
  ]);
  const output = options satisfies Only<ShownReports & CollectionChoice, typeof options>;
  const plan = await reports.planReports(output);
  const grader = await loadNamed(challenge, await collectionToGradeWith(options));
  const text = await readTextOf(file, MOST_EVIDENCE_BYTES);
  const evidence = readEvidence(text, file);
  if (evidence.challenge !== grader.id) {
    throw new UsageError(`${file} is evidence of the challenge ${evidence.challenge}, not of ${grader.id}`);
  }
  return reports.publish([{ report: judging.judge(grader, evidence), evidence }], output, plan);
});
