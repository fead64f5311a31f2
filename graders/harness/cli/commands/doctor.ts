import { Command } from '@commander-js/extra-typings';
import { cleanUpOnSignals } from '../../base/cleanup.ts';
import { ExitCode } from '../../base/errors.ts';
import { write } from '../../base/stdout.ts';
import { defineCommand } from '../command.ts';
import { colorOption, withTestbed } from '../options.ts';

/** The version of the document that `doctor --json` prints. */
const DOCUMENT_VERSION = 1;

const definition = () =>
  withTestbed(
    new Command('doctor')
      .summary('say whether this machine can grade')
      .description(
        'Looks at what grading uses on this machine (Node, Docker and its images, valkey-server, Bash and Python, temporary files, ports, the sandbox, proxies), and says what is fine, what is not, and the one command that mends it. Starts a server with each engine that is there; pulls, fetches and changes nothing.',
      )
      .option('--json', 'as JSON')
      .addOption(colorOption()),
  ).addHelpText(
    'after',
    `
Examples:
  $ keyspace-grader doctor
  $ keyspace-grader doctor --engine docker --sandbox container
        whether this machine can grade scripts that you do not trust
  $ keyspace-grader doctor --json | jq -r '.findings[].remedy | values'

Exit codes:
  0  submissions can be graded
  2  the call is wrong
  3  they cannot
`,
  );

/** Says whether this machine can grade, what it lacks, and what mends it. */
export const doctor = defineCommand(definition, async (options) => {
  cleanUpOnSignals();
  const [{ examineMachine }, { examinationPage }, { styles, wantsColors }] = await Promise.all([
    import('../../setup/doctor/examine.ts'),
    import('../../setup/doctor/page.ts'),
    import('../../base/text/styles.ts'),
  ]);
  const examination = await examineMachine(options);
  const { possible, engines, findings } = examination;
  if (options.json) {
    const document = { version: DOCUMENT_VERSION, possible, engines, findings };
    await write(`${JSON.stringify(document, null, 2)}\n`);
  } else await write(examinationPage(examination, styles(wantsColors(process.stdout, options.color))));
  return possible ? ExitCode.passed : ExitCode.infrastructure;
});
