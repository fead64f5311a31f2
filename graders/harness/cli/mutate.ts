import { ExitCode } from '../errors.ts';
import { findings, isProven, table } from '../mutation/describe.ts';
import { type MutationResult, mutateGrader } from '../mutation/mutate.ts';
import { write } from '../stdout.ts';
import { readyToProve, type VerifyOptions } from './verify.ts';

/** `keyspace-grader verify --mutate`: puts mistakes into right submissions, and shows those that get full marks. */
export async function mutateCommand(challenges: readonly string[], options: VerifyOptions): Promise<number> {
  // Hundreds of servers: containers are for those who name them.
  const engine = options.engine === 'auto' && options.sandbox === 'process' ? 'local' : options.engine;
  const { collection, graders, bed, style } = await readyToProve(challenges, { ...options, engine });
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
