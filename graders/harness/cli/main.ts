import { runCleanups } from '../cleanup.ts';
import { ExitCode, messageOf, ReadableError } from '../errors.ts';
import { tolerateWriteErrors } from '../stdout.ts';
import { printable } from '../text/printable.ts';
import { withoutWorkflowCommands } from '../text/workflow-commands.ts';
import { buildProgram } from './program.ts';

/** The command-line tool: parses, runs a command, and ends with its exit code whatever happened. */
async function main(): Promise<void> {
  tolerateWriteErrors();
  let code: number;
  try {
    code = await runCommand();
  } catch (error) {
    code = complain(error);
  }
  for (const failure of await runCleanups())
    process.stderr.write(`keyspace-grader: clean-up: ${printable(failure)}\n`);
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
  process.stderr.write(`keyspace-grader: ${withoutWorkflowCommands(messageOf(error))}\n`);
  if (process.env.DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  if (error instanceof ReadableError) return error.exitCode;
  if (!process.env.DEBUG) {
    process.stderr.write('This is a fault of the grader. Set DEBUG=1 to see where it happened.\n');
  }
  return ExitCode.infrastructure;
}

function isCommanderError(error: unknown): error is { exitCode: number } {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('commander.');
}

await main();
