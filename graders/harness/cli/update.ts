import { relative } from 'node:path';
import { ExitCode } from '../errors.ts';
import { updateGoldens } from '../fixtures/update-goldens.ts';
import { write } from '../stdout.ts';
import { count } from '../text/count.ts';
import { printable } from '../text/printable.ts';
import { readyToProve, type VerifyOptions } from './verify.ts';

/** `keyspace-grader verify --update`: grades every fixture, and writes down what the wrong ones lose. */
export async function updateCommand(challenges: readonly string[], options: VerifyOptions): Promise<number> {
  const { collection, graders, bed, style } = await readyToProve(challenges, options);
  let problems = 0;
  for (const grader of graders) {
    const update = await updateGoldens(grader, collection, bed, options.jobs);
    problems += update.problems.length;
    const lines = update.problems.map((problem) => `      ${style.red(printable(problem))}\n`);
    const file = relative(process.cwd(), update.file);
    await write(`  ${style.bold(file)}  ${count(update.wrong, 'wrong submission')}\n${lines.join('')}`);
  }
  await write('\n  Read the difference before you commit it: it is what the graders are held to.\n\n');
  return problems === 0 ? ExitCode.passed : ExitCode.failed;
}
