import { Command } from '@commander-js/extra-typings';
import { ExitCode } from '../../base/errors.ts';
import { write } from '../../base/stdout.ts';
import { count } from '../../base/text/count.ts';
import { defineCommand } from '../command.ts';

const definition = () =>
  new Command('merge')
    .summary('put the shards of a batch together')
    .description(
      'Puts together what `batch --shard` graded in several places, as if it had been one batch. Says so where a shard is missing, there twice, or of another batch.',
    )
    .argument('<dir...>', 'the --out folders of all shards')
    .requiredOption('--out <dir>', 'where the whole batch is kept')
    .addHelpText(
      'after',
      `
Examples:
  $ keyspace-grader batch sessions --submissions repos --out shard-1 --shard 1/2
  $ keyspace-grader batch sessions --submissions repos --out shard-2 --shard 2/2
  $ keyspace-grader merge shard-1 shard-2 --out graded

Exit codes:
  0  the whole batch is there
  2  the call is wrong: a shard is missing, there twice, or of another batch
  3  a shard was not graded to its end
`,
    );

/** Puts the shards of a batch together. */
export const merge = defineCommand(definition, async (shards, { out }) => {
  const [{ mergeShards }, { layout }] = await Promise.all([
    import('../../batch/merge.ts'),
    import('../../batch/layout.ts'),
  ]);
  const { manifest, results } = await mergeShards(shards, out);
  const cells = results.rows.flatMap((row) => row.cells);
  const pending = cells.filter(({ status }) => status === 'pending').length;
  const left = pending > 0 ? `, ${pending} not graded yet` : '';
  await write(
    `\n  ${count(shards.length, 'shard')}, ${count(manifest.submissions.length, 'submission')}${left}\n  Results: ${layout(out).file('index.html')}\n\n`,
  );
  return pending > 0 ? ExitCode.infrastructure : ExitCode.passed;
});
