import { Command } from '@commander-js/extra-typings';
import { ExitCode } from '../../base/errors.ts';
import { write } from '../../base/stdout.ts';
import { chooseCollection } from '../../challenges/collection/choose.ts';
import { defineCommand } from '../command.ts';
import { challengesOption, colorOption } from '../options.ts';

const definition = () =>
  new Command('list')
    .summary('show the way through the challenges')
    .description(
      'Shows the way through the challenges: mission by mission, the main challenge first, with points, difficulty and a rough time.',
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

/** Shows the way through the challenges. */
export const list = defineCommand(definition, async (options) => {
  const [{ missionMap }, { listPage }, { styles, wantsColors }] = await Promise.all([
    import('../../challenges/missions/map.ts'),
    import('../../challenges/missions/list-page.ts'),
    import('../../base/text/styles.ts'),
  ]);
  const missions = await missionMap(await chooseCollection(options));
  if (options.json) {
    const rows = missions.flatMap(({ id: mission, challenges }) =>
      challenges.map(({ id, ...rest }) => ({ id, mission, ...rest })),
    );
    await write(`${JSON.stringify(rows, null, 2)}\n`);
  } else await write(listPage(missions, styles(wantsColors(process.stdout, options.color))));
  return ExitCode.passed;
});
