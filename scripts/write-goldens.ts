// Grades every wrong submission and writes down what it loses: `npm run goldens [challenge…]`. Read the
// difference before you commit it: what it says is what the graders are held to.
import { readFile, writeFile } from 'node:fs/promises';
import { runCleanups } from '../graders/harness/cleanup.ts';
import { DEFAULT_IMAGE } from '../graders/harness/engine/image.ts';
import { selectEngine } from '../graders/harness/engine/select.ts';
import { type Golden, goldensFile, listFixtures } from '../graders/harness/fixtures/fixture.ts';
import { gradeFixture, outcome } from '../graders/harness/fixtures/grade-fixture.ts';
import { listChallenges, loadGrader } from '../graders/harness/grader/load.ts';

const asked = process.argv.slice(2);
const challenges = asked.length > 0 ? asked : await listChallenges();
const engine = await selectEngine({ engine: 'local', image: DEFAULT_IMAGE }, console.error);

for (const challenge of challenges) {
  const grader = await loadGrader(challenge);
  const file = goldensFile(challenge);
  const before = JSON.parse(await readFile(file, 'utf8').catch(() => '{}')) as Record<string, Golden>;
  const goldens: Record<string, Golden> = {};
  for (const fixture of await listFixtures(challenge)) {
    const found = outcome(await gradeFixture(fixture, grader, engine));
    if (fixture.kind === 'fail') {
      goldens[fixture.name] = {
        mistake: before[fixture.name]?.mistake ?? 'TODO: say what is wrong',
        ...found,
      };
    } else if (found.score !== grader.points) {
      console.error(
        `${challenge}: the right submission ${fixture.name} gets ${found.score} of ${grader.points}`,
        found.checks,
      );
      process.exitCode = 1;
    }
  }
  await writeFile(file, `${JSON.stringify(goldens, null, 2)}\n`);
}
await runCleanups();
