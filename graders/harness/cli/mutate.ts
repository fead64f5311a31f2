import { cleanUpOnSignals } from '../cleanup.ts';
import { chooseCollection } from '../collection/choose.ts';
import { ExitCode } from '../errors.ts';
import { loadGrader } from '../grader/load.ts';
import { namedOrAll } from '../grader/select.ts';
import { findings, isProven, table } from '../mutation/describe.ts';
import { type MutationResult, mutateGrader } from '../mutation/mutate.ts';
import { notify, write } from '../stdout.ts';
import { prepareTestbed } from '../testbed.ts';
import { styles, wantsColors } from '../text/styles.ts';
import type { VerifyOptions } from './verify.ts';

/** `keyspace-grader verify --mutate`: puts mistakes into right submissions, and shows those that get full marks. */
export async function mutateCommand(challenges: readonly string[], options: VerifyOptions): Promise<number> {
  cleanUpOnSignals();
  const collection = await chooseCollection(options);
  const ids = await namedOrAll(challenges, collection);
  const graders = await Promise.all(ids.map((id) => loadGrader(id, collection)));
  // Hundreds of servers: containers are for those who name them.
  const engine = options.engine === 'auto' && options.sandbox === 'process' ? 'local' : options.engine;
  const bed = await prepareTestbed({ ...options, engine }, notify);
  const style = styles(wantsColors(process.stdout, options.color));
  const results: MutationResult[] = [];
  for (const grader of graders) {
    const result = await mutateGrader(grader, collection, bed, options.jobs);
    results.push(result);
    await write(findings(result, style));
  }
  await write(table(results, style));
  return results.every((result) => result.notGradable !== null || isProven(result))
    ? ExitCode.passed
    : ExitCode.failed;
}
