import { relative } from 'node:path';
import { cleanUpOnSignals } from '../cleanup.ts';
import { chooseCollection } from '../collection/choose.ts';
import { ExitCode } from '../errors.ts';
import { updateGoldens } from '../fixtures/update-goldens.ts';
import { loadGrader } from '../grader/load.ts';
import { namedOrAll } from '../grader/select.ts';
import { notify, write } from '../stdout.ts';
import { prepareTestbed } from '../testbed.ts';
import { count } from '../text/count.ts';
import { printable } from '../text/printable.ts';
import { styles, wantsColors } from '../text/styles.ts';
import type { VerifyOptions } from './verify.ts';

/** `keyspace-grader verify --update`: grades every fixture, and writes down what the wrong ones lose. */
export async function updateCommand(challenges: readonly string[], options: VerifyOptions): Promise<number> {
  cleanUpOnSignals();
  const collection = await chooseCollection(options);
  const ids = await namedOrAll(challenges, collection);
  const graders = await Promise.all(ids.map((id) => loadGrader(id, collection)));
  const bed = await prepareTestbed(options, notify);
  const style = styles(wantsColors(process.stdout, options.color));
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
