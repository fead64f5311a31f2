import { cleanUpOnSignals } from '../cleanup.ts';
import { ExitCode } from '../errors.ts';
import { type Verification, verifyGrader } from '../fixtures/verify.ts';
import { loadGrader } from '../grader/load.ts';
import { prepareTestbed, type TestbedChoice } from '../testbed.ts';
import { count } from '../text/count.ts';
import { printable } from '../text/printable.ts';
import { type Colors, styles, wantsColors } from '../text/styles.ts';
import { namedOrAll } from './challenges.ts';
import { notify, write } from './stdout.ts';

export interface VerifyOptions extends TestbedChoice {
  jobs: number;
  color: boolean;
}

/** `keyspace-grader verify`: proves graders with their fixtures, and tells what does not hold. */
export async function verifyCommand(challenges: readonly string[], options: VerifyOptions): Promise<number> {
  cleanUpOnSignals();
  const ids = await namedOrAll(challenges);
  const graders = await Promise.all(ids.map((id) => loadGrader(id)));
  const bed = await prepareTestbed(options, notify);
  const style = styles(wantsColors(process.stdout, options.color));
  const width = Math.max(...ids.map((id) => id.length));
  let unproven = 0;
  for (const grader of graders) {
    const verification = await verifyGrader(grader, bed, options.jobs);
    if (verification.problems.length > 0) unproven += 1;
    await write(describe(verification, width, style));
  }
  const sum = unproven === 0 ? style.green('all proven') : style.red(`${unproven} not proven`);
  await write(`\n  ${count(graders.length, 'grader')}, ${sum}\n\n`);
  return unproven === 0 ? ExitCode.passed : ExitCode.failed;
}

function describe(
  { challenge, right, wrong, checks, problems }: Verification,
  width: number,
  style: Colors,
): string {
  const mark = problems.length === 0 ? style.green('✓') : style.red('✗');
  const counts = `${count(checks, 'check')}, ${right} right and ${count(wrong, 'wrong submission')}`;
  const lines = problems.map((problem) => `      ${printable(problem)}\n`);
  return `  ${mark} ${style.bold(challenge.padEnd(width))}  ${counts}\n${lines.join('')}`;
}
