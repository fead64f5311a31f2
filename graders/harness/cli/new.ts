import { newChallenge } from '../authoring/new-challenge.ts';
import { cleanUpOnSignals } from '../cleanup.ts';
import { ExitCode } from '../errors.ts';
import { PROJECT_ROOT } from '../project.ts';
import { write } from './stdout.ts';

/** `keyspace-grader new`: writes the files of a challenge to begin with, and says what is left to do. */
export async function newCommand(challenge: string): Promise<number> {
  cleanUpOnSignals();
  const files = await newChallenge(challenge, PROJECT_ROOT);
  await write(`
  Written, in ${PROJECT_ROOT}:

${files.map((file) => `    ${file}\n`).join('')}
  It is a small example that works as it stands. What is left to do:

    1. Write the instructions and the starter: challenges/${challenge}/
    2. Write the set-up and the checks: graders/${challenge}.yaml (graders/checks.md has the kinds)
    3. Put your own right and wrong submissions in place of the example's: fixtures/${challenge}/
    4. npm run goldens -- ${challenge}
         writes down what each wrong one loses
    5. keyspace-grader lint ${challenge}
         says what is still TODO, and what else is to be mended
    6. keyspace-grader verify ${challenge}
         proves the grader

`);
  return ExitCode.passed;
}
