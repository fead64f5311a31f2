import { runValkeyCli } from './run.ts';

/** What a shell tells of a program that wrote into a closed pipe: 128 + SIGPIPE. */
const CLOSED_PIPE = 141;

// Whoever reads has enough (`| head`), or the disk is full.
process.stdout.on('error', () => process.exit(CLOSED_PIPE));
process.exitCode = await runValkeyCli(process.argv.slice(2), process.env, process);
