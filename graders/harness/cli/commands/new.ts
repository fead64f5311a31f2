import { relative, sep } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { cleanUpOnSignals } from '../../base/cleanup.ts';
import { ExitCode, UsageError } from '../../base/errors.ts';
import { write } from '../../base/stdout.ts';
import { ownCommand } from '../../base/text/own-command.ts';
import { chooseCollection } from '../../challenges/collection/choose.ts';
import { type Collection, SHIPPED } from '../../challenges/collection/collection.ts';
import { CONFIG_NAME } from '../../challenges/collection/find-config.ts';
import { defineCommand } from '../command.ts';
import { challengesOption } from '../options.ts';

const definition = () =>
  new Command('new')
    .summary('write the files of a new challenge')
    .description(
      'Writes a grader, instructions, a starter and fixtures of a new challenge: a small example that can be verified at once. Overwrites nothing.',
    )
    .argument('<challenge>', 'its name, such as sessions/jukebox')
    .addOption(challengesOption())
    .addHelpText(
      'after',
      `
Examples:
  $ keyspace-grader new sessions/jukebox
  $ keyspace-grader lint sessions/jukebox
  $ keyspace-grader verify sessions/jukebox

Exit codes:
  0  written
  2  the call is wrong: no such name, or it is there already
`,
    );

/** Writes the files of a challenge to begin with, and says what is left to do. */
export const newCommand = defineCommand(definition, async (challenge, options) => {
  cleanUpOnSignals();
  const { newChallenge } = await import('../../authoring/new-challenge.ts');
  const collection = await chooseCollection(options);
  refuseInstalled(collection);
  const files = await newChallenge(challenge, collection);
  const named = options.challenges === undefined ? [] : ['--challenges', options.challenges];
  const shown = (folder: string) => relative(collection.root, folder);
  await write(`
  Written, in ${collection.root}:

${files.map((file) => `    ${file}\n`).join('')}
  It is a small example that works as it stands. What is left to do:

    1. Write the instructions and the starter: ${shown(collection.challenges)}/${challenge}/
    2. Write the set-up and the checks: ${shown(collection.graders)}/${challenge}.yaml
         (the kinds of check: ${relative(process.cwd(), SHIPPED.graders)}/checks.md)
    3. Put your own right and wrong submissions in place of the example's: ${shown(collection.fixtures)}/${challenge}/
    4. ${ownCommand('verify', '--update', challenge, ...named)}
         writes down what each wrong one loses
    5. ${ownCommand('lint', challenge, ...named)}
         says what is still TODO, and what else is to be mended
    6. ${ownCommand('verify', challenge, ...named)}
         proves the grader

`);
  return ExitCode.passed;
});

/** What is written into an installed package is gone with the next installation. */
function refuseInstalled({ root }: Collection): void {
  if (!root.split(sep).includes('node_modules')) return;
  throw new UsageError(
    `This is no folder of challenges of your own: make it one with a file ${CONFIG_NAME} (it may be empty), or name one with --challenges <folder>.`,
  );
}
