import { Command, Option } from '@commander-js/extra-typings';
import { cleanUpOnSignals } from '../../base/cleanup.ts';
import { ExitCode } from '../../base/errors.ts';
import { write } from '../../base/stdout.ts';
import type { InitOptions } from '../../setup/init/init.ts';
import { defineCommand, type Only } from '../command.ts';

const definition = () =>
  new Command('init')
    .summary('make a classroom repository')
    .description(
      'Makes a repository for learners, ready to push: instructions and starters, `npm test`, a workflow that grades every push, a dev container. With --teacher, the private side instead: roster, batch script, autograder bundle. Adds to a folder that is there, and overwrites nothing.',
    )
    .argument('<dir>', 'the folder to make')
    .option('--missions <list>', 'which missions, such as sessions,queues; or single challenges', 'all')
    .addOption(
      new Option('--classroom <kind>', "whose contract it keeps to: GitHub Classroom's, or Classroom 50's")
        .choices(['github', '50'])
        .default('github'),
    )
    .option('--teacher', "the teacher's side instead of the learners'")
    .addHelpText(
      'after',
      `
Examples:
  $ keyspace-grader init valkey-class
  $ keyspace-grader init valkey-sessions --missions sessions --classroom 50
  $ keyspace-grader init valkey-teacher --classroom 50 --teacher

Exit codes:
  0  written
  2  the call is wrong: no such mission, or something that would be written is
     there already
`,
    );

/** Makes a classroom repository, and says what comes next. */
export const init = defineCommand(definition, async (folder, options) => {
  cleanUpOnSignals();
  const [{ makeRepository }, { learnersPage, teachersPage }] = await Promise.all([
    import('../../setup/init/init.ts'),
    import('../../setup/init/pages.ts'),
  ]);
  const request = options satisfies Only<InitOptions, typeof options>;
  const { files, ids } = await makeRepository(folder, request);
  await write(
    options.teacher
      ? teachersPage(folder, files)
      : learnersPage(folder, files, ids, options.missions, options.classroom),
  );
  return ExitCode.passed;
});
