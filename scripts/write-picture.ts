// `npm run picture`: grades the submission that the README shows once more, keeps what was seen, and draws its
// report. `npm run generate` draws it anew of what is kept, without a server.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { SHIPPED } from '../graders/harness/challenges/collection/collection.ts';
import { CHALLENGE, EVIDENCE, SUBMISSION, writeReportPicture } from './picture/report-picture.ts';

const program = join(SHIPPED.root, 'bin', 'keyspace-grader.js');
// The submission is a wrong one: that is not what this is to fail by.
const options = ['--engine', 'local', '--evidence', EVIDENCE, '--fail-on', 'error'];
run(program, 'grade', CHALLENGE, SUBMISSION, ...options);
run(createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome'), 'format', '--write', EVIDENCE);
await writeReportPicture();

/** Runs a program of Node's in the project's folder. Throws where it fails. */
function run(...args: string[]): void {
  execFileSync(process.execPath, args, { cwd: SHIPPED.root, stdio: 'inherit' });
}
