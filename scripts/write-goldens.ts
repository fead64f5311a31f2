// Grades every wrong submission and writes down what it loses: `npm run goldens [challenge…]`. Read the
// difference before you commit it: what it says is what the graders are held to.
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { cleanUpOnSignals, runCleanups } from '../graders/harness/cleanup.ts';
import { type Golden, goldensFile, listFixtures } from '../graders/harness/fixtures/fixture.ts';
import { gradeFixture, outcome } from '../graders/harness/fixtures/grade-fixture.ts';
import { listChallenges, loadGrader } from '../graders/harness/grader/load.ts';
import { testbed } from '../graders/harness/testing/testbeds.ts';

cleanUpOnSignals();
const asked = process.argv.slice(2);
const challenges = asked.length > 0 ? asked : await listChallenges();
const bed = await testbed('local');

for (const challenge of challenges) {
  const grader = await loadGrader(challenge);
  const file = goldensFile(challenge);
  const before = JSON.parse(await readFile(file, 'utf8').catch(() => '{}')) as Record<string, Golden>;
  const goldens: Record<string, Golden> = {};
  for (const fixture of await listFixtures(challenge)) {
    const found = outcome(await gradeFixture(fixture, grader, bed));
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
  await writeFile(file, JSON.stringify(goldens));
  format(file);
}
await runCleanups();

/** Writes a file anew as the formatter has it, so that only what has changed differs. */
function format(file: string): void {
  const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
  execFileSync(process.execPath, [biome, 'format', '--write', file], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
