import { cleanUpOnSignals } from '../cleanup.ts';
import { type CollectionChoice, chooseCollection } from '../collection/choose.ts';
import { ExitCode } from '../errors.ts';
import { type Verification, verifyGrader } from '../fixtures/verify.ts';
import { loadGrader } from '../grader/load.ts';
import { namedOrAll } from '../grader/select.ts';
import { notify, write } from '../stdout.ts';
import { prepareTestbed, type TestbedChoice } from '../testbed.ts';
import { count } from '../text/count.ts';
import { printable } from '../text/printable.ts';
import { type Colors, styles, wantsColors } from '../text/styles.ts';

export interface VerifyOptions extends TestbedChoice, CollectionChoice {
  jobs: number;
  color: boolean;
}

/** What proving graders begins with: those that are meant (all for none named), and where to grade. */
export async function readyToProve(challenges: readonly string[], options: VerifyOptions) {
  cleanUpOnSignals();
  const collection = await chooseCollection(options);
  const ids = await namedOrAll(challenges, collection);
  const graders = await Promise.all(ids.map((id) => loadGrader(id, collection)));
  const bed = await prepareTestbed(options, notify);
  return { collection, graders, bed, style: styles(wantsColors(process.stdout, options.color)) };
}

/** `keyspace-grader verify`: proves graders with their fixtures, and tells what does not hold. */
export async function verifyCommand(challenges: readonly string[], options: VerifyOptions): Promise<number> {
  const { collection, graders, bed, style } = await readyToProve(challenges, options);
  const width = Math.max(...graders.map(({ id }) => id.length));
  const sum = { proven: 0, unproven: 0, notGradable: 0 };
  for (const grader of graders) {
    const verification = await verifyGrader(grader, collection, bed, options.jobs);
    sum[kindOf(verification)] += 1;
    await write(describe(verification, width, style));
  }
  await write(`\n  ${count(graders.length, 'grader')}, ${describeSum(sum, style)}\n\n`);
  return sum.unproven === 0 ? ExitCode.passed : ExitCode.failed;
}

type Sum = Record<'proven' | 'unproven' | 'notGradable', number>;

function kindOf({ notGradable, problems }: Verification): keyof Sum {
  if (notGradable !== null) return 'notGradable';
  return problems.length === 0 ? 'proven' : 'unproven';
}

function describe(verification: Verification, width: number, style: Colors): string {
  const { challenge, right, wrong, checks, problems, notGradable } = verification;
  const name = style.bold(challenge.padEnd(width));
  if (notGradable !== null) return `  ${style.dim('–')} ${name}  ${printable(notGradable)}\n`;
  const mark = problems.length === 0 ? style.green('✓') : style.red('✗');
  const counts = `${count(checks, 'check')}, ${right} right and ${count(wrong, 'wrong submission')}`;
  const lines = problems.map((problem) => `      ${printable(problem)}\n`);
  return `  ${mark} ${name}  ${counts}\n${lines.join('')}`;
}

/** A grader that this server is too old for is neither proven nor refuted. */
function describeSum({ proven, unproven, notGradable }: Sum, style: Colors): string {
  if (unproven + notGradable === 0) return style.green('all proven');
  return [
    `${proven} proven`,
    ...(unproven === 0 ? [] : [style.red(`${unproven} not proven`)]),
    ...(notGradable === 0 ? [] : [`${notGradable} not gradable here`]),
  ].join(', ');
}
