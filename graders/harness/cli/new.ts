import { relative, sep } from 'node:path';
import { newChallenge } from '../authoring/new-challenge.ts';
import { cleanUpOnSignals } from '../cleanup.ts';
import { type CollectionChoice, chooseCollection } from '../collection/choose.ts';
import { type Collection, SHIPPED } from '../collection/collection.ts';
import { CONFIG_NAME } from '../collection/find-config.ts';
import { ExitCode, UsageError } from '../errors.ts';
import { write } from '../stdout.ts';

/** `keyspace-grader new`: writes the files of a challenge to begin with, and says what is left to do. */
export async function newCommand(challenge: string, options: CollectionChoice): Promise<number> {
  cleanUpOnSignals();
  const collection = await chooseCollection(options);
  refuseInstalled(collection);
  const files = await newChallenge(challenge, collection);
  const named = options.challenges === undefined ? '' : ` --challenges ${options.challenges}`;
  const shown = (folder: string) => relative(collection.root, folder);
  await write(`
  Written, in ${collection.root}:

${files.map((file) => `    ${file}\n`).join('')}
  It is a small example that works as it stands. What is left to do:

    1. Write the instructions and the starter: ${shown(collection.challenges)}/${challenge}/
    2. Write the set-up and the checks: ${shown(collection.graders)}/${challenge}.yaml
         (the kinds of check: ${relative(process.cwd(), SHIPPED.graders)}/checks.md)
    3. Put your own right and wrong submissions in place of the example's: ${shown(collection.fixtures)}/${challenge}/
    4. npx keyspace-grader verify --update ${challenge}${named}
         writes down what each wrong one loses
    5. npx keyspace-grader lint ${challenge}${named}
         says what is still TODO, and what else is to be mended
    6. npx keyspace-grader verify ${challenge}${named}
         proves the grader

`);
  return ExitCode.passed;
}

/** What is written into an installed package is gone with the next installation. */
function refuseInstalled({ root }: Collection): void {
  if (!root.split(sep).includes('node_modules')) return;
  throw new UsageError(
    `This is no folder of challenges of your own: make it one with a file ${CONFIG_NAME} (it may be empty), or name one with --challenges <folder>.`,
  );
}
