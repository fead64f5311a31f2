import { runCleanups } from '../base/cleanup.ts';
import { ExitCode, messageOf, ReadableError } from '../base/errors.ts';
import { notify, tolerateClosedTerminals, tolerateWriteErrors } from '../base/stdout.ts';
import { keepToOwnPath } from '../base/which.ts';
import { buildProgram } from './program.ts';

/** The command-line tool: parses, runs a command, and ends with its exit code whatever happened. */
async function main(): Promise<void> {
  tolerateWriteErrors();
  tolerateClosedTerminals();
  keepToOwnPath();
  let code: number;
  try {
    code = await runCommand();
  } catch (error) {
    code = complain(error);
  }
  for (const failure of await runCleanups()) notify(`keyspace-grader: clean-up: ${failure}`);
  process.exitCode = code;
}

async function runCommand(): Promise<number> {
  let code: number = ExitCode.passed;
  const program = buildProgram((result) => {
    code = result;
  });
  await program.parseAsync();
  return code;
}

/** Tells what went wrong; a stack trace is for those who ask for one. */
function complain(error: unknown): number {
  if (isCommanderError(error)) return error.exitCode === 0 ? ExitCode.passed : ExitCode.usage;
  notify(`keyspace-grader: ${messageOf(error)}`);
  if (process.env.DEBUG && error instanceof Error) notify(String(error.stack));
  if (error instanceof ReadableError) return error.exitCode;
  if (!process.env.DEBUG) {
    notify('This is a fault of the grader. Set DEBUG=1 to see where it happened.');
  }
  return ExitCode.infrastructure;
}

function isCommanderError(error: unknown): error is { exitCode: number } {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('commander.');
}

await main();
