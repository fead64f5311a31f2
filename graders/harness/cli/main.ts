import { runCleanups, unlessStopping } from '../base/cleanup.ts';
import { ExitCode } from '../base/errors.ts';
import { guardProcess, tellFailure } from '../base/last-guard.ts';
import { notify, tolerateClosedTerminals, tolerateWriteErrors } from '../base/stdout.ts';
import { keepToOwnPath } from '../base/which.ts';
import { buildProgram } from './program.ts';

/** The command-line tool: parses, runs a command, and ends with its exit code whatever happened. */
async function main(): Promise<void> {
  tolerateWriteErrors();
  tolerateClosedTerminals();
  const done = guardProcess();
  keepToOwnPath();
  let code: number;
  try {
    code = await unlessStopping(runCommand);
  } catch (error) {
    code = complain(error);
  }
  for (const failure of await runCleanups()) notify(`keyspace-grader: clean-up: ${failure}`);
  process.exitCode = code;
  done();
}

async function runCommand(): Promise<number> {
  let code: number = ExitCode.passed;
  const program = buildProgram((result) => {
    code = result;
  });
  await program.parseAsync();
  return code;
}

function complain(error: unknown): number {
  if (isCommanderError(error)) return error.exitCode === 0 ? ExitCode.passed : ExitCode.usage;
  return tellFailure(error);
}

function isCommanderError(error: unknown): error is { exitCode: number } {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('commander.');
}

await main();
