import { type CollectionChoice, chooseCollection } from '../collection/choose.ts';
import { ExitCode } from '../errors.ts';
import { listChallenges, loadGrader } from '../grader/load.ts';
import { count } from '../text/count.ts';
import { styles, wantsColors } from '../text/styles.ts';
import { write } from './stdout.ts';

/** `keyspace-grader list`: the challenges by mission, with titles and points. */
export async function listCommand(
  options: { json?: boolean; color: boolean } & CollectionChoice,
): Promise<number> {
  const collection = await chooseCollection(options);
  const graders = await Promise.all(
    (await listChallenges(collection)).map((id) => loadGrader(id, collection)),
  );
  if (options.json) {
    const rows = graders.map(({ id, title, points, checks }) => ({
      id,
      title,
      points,
      checks: checks.length,
    }));
    await write(`${JSON.stringify(rows, null, 2)}\n`);
    return ExitCode.passed;
  }
  const style = styles(wantsColors(process.stdout, options.color));
  const width = Math.max(...graders.map(({ id }) => id.length));
  const rows = graders.map(
    ({ id, title, points }) =>
      `  ${style.bold(id.padEnd(width))}  ${String(points).padStart(3)} points  ${title}\n`,
  );
  const total = graders.reduce((sum, { points }) => sum + points, 0);
  await write(`\n${rows.join('')}\n  ${count(graders.length, 'challenge')}, ${count(total, 'point')}\n\n`);
  return ExitCode.passed;
}
