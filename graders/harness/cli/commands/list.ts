import { relative } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { ExitCode } from '../../base/errors.ts';
import { write } from '../../base/stdout.ts';
import { chooseCollection } from '../../challenges/collection/choose.ts';
import { SHIPPED } from '../../challenges/collection/collection.ts';
import { defineCommand } from '../command.ts';
import { challengesOption, colorOption } from '../options.ts';

const definition = () =>
  new Command('list')
    .summary('show the way through the challenges')
    .description(
      'Shows the way through the challenges: mission by mission, the main challenge first, with points, difficulty and a rough time. In a folder with your solutions it also shows which are solved, begun and not started, and what comes next.',
    )
    .addOption(challengesOption())
    .option('--json', 'as JSON')
    .addOption(colorOption())
    .addHelpText(
      'after',
      `
Examples:
  $ keyspace-grader list
  $ keyspace-grader list --json | jq -r '.[].id'
`,
    );

/** Shows the way through the challenges, and how far a learner is. */
export const list = defineCommand(definition, async (options) => {
  const [{ ownMissions }, { learnersList, progressOfRows }, { styles, wantsColors }] = await Promise.all([
    import('../../learning/progress/own-missions.ts'),
    import('../../learning/progress/learners-list.ts'),
    import('../../base/text/styles.ts'),
  ]);
  const collection = await chooseCollection(options);
  const missions = await ownMissions(collection, process.cwd());
  // The other learners' commands take no collection that they were not given by name.
  const option =
    options.challenges ??
    (collection === SHIPPED ? undefined : relative(process.cwd(), collection.root) || '.');
  const request = { missions, collection, workingIn: process.cwd(), option };
  if (options.json) {
    const progress = await progressOfRows(request);
    const rows = missions.flatMap(({ id: mission, challenges }) =>
      challenges.map(({ id, ...rest }) => ({
        id,
        mission,
        ...rest,
        ...(progress && { progress: progress.get(id) }),
      })),
    );
    await write(`${JSON.stringify(rows, null, 2)}\n`);
  } else await write(await learnersList(request, styles(wantsColors(process.stdout, options.color))));
  return ExitCode.passed;
});
