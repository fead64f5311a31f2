// `npm run goldens [-- <challenge>…]`: `keyspace-grader verify --update`, and the formatter on what it wrote,
// so that only what has changed differs.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { goldensFile } from '../graders/harness/authoring/fixtures/fixture.ts';
import { SHIPPED } from '../graders/harness/challenges/collection/collection.ts';
import { listChallenges } from '../graders/harness/challenges/grader/list.ts';

const asked = process.argv.slice(2);
const command = [join(SHIPPED.root, 'bin', 'keyspace-grader.js'), 'verify', '--update', '--engine', 'local'];
run(...command, '--challenges', SHIPPED.root, ...asked);

const challenges = asked.length > 0 ? asked : await listChallenges(SHIPPED);
const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
run(biome, 'format', '--write', ...challenges.map((challenge) => goldensFile(challenge, SHIPPED)));

/** Runs a program of Node's; what it ends with, this script ends with. */
function run(...args: string[]): void {
  try {
    execFileSync(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  } catch (error) {
    // It has told why.
    process.exitCode = (error as { status?: number | null }).status ?? 1;
  }
}
