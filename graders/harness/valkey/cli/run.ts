import { HELP, VERSION } from './help.ts';
import { explain } from './messages.ts';
import { type CliOptions, parseCliOptions } from './options.ts';
import { CliSession } from './session.ts';
import type { CliStreams } from './streams.ts';

/**
 * `valkey-cli` for machines that have none: what scripts use of it, spoken the same way. Replies are
 * printed raw into a pipe and formatted on a terminal, as the real one does. Resolves to the exit code, and
 * tells what went wrong on stderr.
 */
export async function runValkeyCli(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  streams: CliStreams,
): Promise<number> {
  const { stdout, stderr } = streams;
  try {
    const options = parseCliOptions(args, stdout.isTTY === true);
    if (options.show) {
      stdout.write(options.show === 'help' ? HELP : `${VERSION}\n`);
      return 0;
    }
    return await new CliSession(withPassword(options, env, stderr), streams).run();
  } catch (error) {
    stderr.write(`${explain(error)}\n`);
    return 1;
  }
}

/** Warns of a password on the command line; takes it from the environment where none is there. */
function withPassword(
  options: CliOptions,
  { REDISCLI_AUTH: password }: NodeJS.ProcessEnv,
  stderr: NodeJS.WritableStream,
): CliOptions {
  if (options.password === undefined) return password === undefined ? options : { ...options, password };
  if (options.authWarning) {
    stderr.write(
      "Warning: Using a password with '-a' or '-u' option on the command line interface may not be safe.\n",
    );
  }
  return options;
}
