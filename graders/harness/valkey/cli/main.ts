import { HELP, VERSION } from './help.ts';
import { explain } from './messages.ts';
import { type CliOptions, parseCliOptions } from './options.ts';
import { CliSession } from './session.ts';

/** What a shell tells of a program that wrote into a closed pipe: 128 + SIGPIPE. */
const CLOSED_PIPE = 141;

/**
 * `valkey-cli` for machines that have none: what scripts use of it, spoken the same way. Replies are
 * printed raw into a pipe and formatted on a terminal, as the real one does.
 */
async function main(): Promise<number> {
  const options = parseCliOptions(process.argv.slice(2), process.stdout.isTTY);
  if (options.show) {
    process.stdout.write(options.show === 'help' ? HELP : `${VERSION}\n`);
    return 0;
  }
  return new CliSession(withPassword(options)).run();
}

/** Warns of a password on the command line; takes it from the environment where none is there. */
function withPassword(options: CliOptions): CliOptions {
  if (options.password === undefined) {
    const { REDISCLI_AUTH: password } = process.env;
    return password === undefined ? options : { ...options, password };
  }
  if (options.authWarning) {
    process.stderr.write(
      "Warning: Using a password with '-a' or '-u' option on the command line interface may not be safe.\n",
    );
  }
  return options;
}

// Whoever reads has enough (`| head`), or the disk is full.
process.stdout.on('error', () => process.exit(CLOSED_PIPE));
try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
