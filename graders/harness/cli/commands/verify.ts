import { relative } from 'node:path';
import { Command, Option } from '@commander-js/extra-typings';
import type { Verification } from '../../authoring/fixtures/verify.ts';
import type { MutationResult } from '../../authoring/mutation/mutate.ts';
import { cleanUpOnSignals } from '../../base/cleanup.ts';
import { ExitCode } from '../../base/errors.ts';
import { notify, write } from '../../base/stdout.ts';
import { count } from '../../base/text/count.ts';
import { printable } from '../../base/text/printable.ts';
import type { Colors } from '../../base/text/styles.ts';
import { chooseCollection } from '../../challenges/collection/choose.ts';
import type { Collection } from '../../challenges/collection/collection.ts';
import type { Testbed, TestbedChoice } from '../../grading/testbed.ts';
import type { Grader } from '../../judging/grader.ts';
import { defineCommand } from '../command.ts';
import { challengesOption, colorOption, jobs, withTestbed } from '../options.ts';

const definition = () =>
  withTestbed(
    new Command('verify')
      .summary('prove graders with their fixtures')
      .description(
        'Proves graders: the starter gains nothing, every right submission gets full marks, every wrong one loses exactly what its golden says, and every check is failed by one of them.',
      )
      .argument('[challenge...]', 'such as sessions/cantina, or a mission; all where none is named')
      .addOption(challengesOption())
      .addOption(
        new Option(
          '--mutate',
          'put mistakes into the right command files instead, and show those that get full marks',
        ).conflicts('update'),
      )
      .option('--update', 'write down what the wrong submissions lose instead, as what they are to lose')
      .option('--jobs <n>', 'how many submissions are graded at a time', jobs, 2)
      .addOption(colorOption()),
  ).addHelpText(
    'after',
    `
Examples:
  $ keyspace-grader verify sessions/cantina
  $ keyspace-grader verify --engine local
  $ keyspace-grader verify --image valkey/valkey:8.0
  $ keyspace-grader verify --mutate sessions/cantina
  $ keyspace-grader verify --update sessions/cantina
  $ keyspace-grader verify --challenges ../our-challenges

Exit codes:
  0  every grader is proven, but for those that need a later server
  1  some grader is not
  2  the call is wrong
  3  infrastructure
`,
  );

/** Proves graders with their fixtures, or by mistakes put into these; or writes down what is to be proven. */
export const verify = defineCommand(definition, async (challenges, options) => {
  cleanUpOnSignals();
  const [{ namedOrAll }, { loadGrader }, { prepareTestbed }, { styles, wantsColors }] = await Promise.all([
    import('../../challenges/grader/select.ts'),
    import('../../challenges/grader/load.ts'),
    import('../../grading/testbed.ts'),
    import('../../base/text/styles.ts'),
  ]);
  const { mutate, update, jobs, sandbox } = options;
  const collection = await chooseCollection(options);
  const ids = await namedOrAll(challenges, collection);
  const graders = await Promise.all(ids.map((id) => loadGrader(id, collection)));
  // Hundreds of servers: containers are for those who name them.
  const engine = mutate && options.engine === 'auto' && sandbox === 'process' ? 'local' : options.engine;
  const testbed = { ...options, engine };
  const bed = await prepareTestbed(testbed, notify);
  const style = styles(wantsColors(process.stdout, options.color));
  const prove = mutate ? proveByMistakes : update ? writeGoldens : proveByFixtures;
  return (await prove({ graders, collection, testbed, bed, jobs, style }))
    ? ExitCode.passed
    : ExitCode.failed;
});

/** What is to be proven, and how. */
interface Proving {
  graders: readonly Grader[];
  collection: Collection;
  testbed: TestbedChoice;
  /** As it was made ready. */
  bed: Testbed;
  /** How many submissions are graded at a time. */
  jobs: number;
  style: Colors;
}

/** Proves graders with their fixtures, and tells what does not hold. True where nothing is refuted. */
async function proveByFixtures({ graders, collection, testbed, jobs, style }: Proving): Promise<boolean> {
  const [{ verifyGrader }, { describe, describeAll, isRefuted }] = await Promise.all([
    import('../../authoring/fixtures/verify.ts'),
    import('../../authoring/fixtures/describe.ts'),
  ]);
  const width = Math.max(...graders.map(({ id }) => id.length));
  const verifications: Verification[] = [];
  const { gradeFixture, close } = await pool(collection, testbed, jobs);
  for (const grader of graders) {
    const verification = await verifyGrader(grader, collection, gradeFixture, jobs);
    verifications.push(verification);
    await write(describe(verification, width, style));
  }
  await close();
  await write(describeAll(verifications, style));
  return !verifications.some(isRefuted);
}

/** `--mutate`: puts mistakes into right submissions, and shows those that get full marks. True where there are none. */
async function proveByMistakes({ graders, collection, bed, jobs, style }: Proving): Promise<boolean> {
  const [{ mutateGrader }, { findings, isProven, table }] = await Promise.all([
    import('../../authoring/mutation/mutate.ts'),
    import('../../authoring/mutation/describe.ts'),
  ]);
  const results: MutationResult[] = [];
  for (const grader of graders) {
    const result = await mutateGrader(grader, collection, bed, jobs);
    results.push(result);
    await write(findings(result, style));
  }
  await write(table(results, style));
  return results.every((result) => result.notGradable !== null || isProven(result));
}

/** `--update`: grades every fixture, and writes down what the wrong ones lose. True where all of it could be. */
async function writeGoldens({ graders, collection, testbed, jobs, style }: Proving): Promise<boolean> {
  const { updateGoldens } = await import('../../authoring/fixtures/update-goldens.ts');
  const { gradeFixture, close } = await pool(collection, testbed, jobs);
  let isWhole = true;
  for (const grader of graders) {
    const update = await updateGoldens(grader, collection, gradeFixture, jobs);
    if (update.problems.length > 0) isWhole = false;
    const lines = update.problems.map((problem) => `      ${style.red(printable(problem))}\n`);
    const file = relative(process.cwd(), update.file);
    await write(`  ${style.bold(file)}  ${count(update.wrong, 'wrong submission')}\n${lines.join('')}`);
  }
  await close();
  await write('\n  Read the difference before you commit it: it is what the graders are held to.\n\n');
  return isWhole;
}

/** Grades fixtures, each in a process of a pool. */
async function pool(collection: Collection, testbed: TestbedChoice, jobs: number) {
  const [{ GradingPool }, { gradingIn }] = await Promise.all([
    import('../../grading/process/pool.ts'),
    import('../../authoring/fixtures/grade-fixture.ts'),
  ]);
  const processes = new GradingPool({ collection, testbed }, jobs);
  return { gradeFixture: gradingIn(processes), close: processes.close };
}
