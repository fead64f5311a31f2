import { messageOf } from '../../errors.ts';
import { CommandConnection } from '../command-connection.ts';
import { type CliOptions, parseCliOptions } from './options.ts';
import { CliSession } from './session.ts';

/**
 * `valkey-cli` for machines that have none: what scripts use of it, spoken the same way. Replies are
 * printed raw into a pipe and formatted on a terminal, as the real one does.
 */
async function main(): Promise<number> {
  const options = parseCliOptions();
  const connection = await open(options);
  try {
    return await new CliSession(connection, options).run();
  } finally {
    connection.close();
  }
}

async function open({ host, port, socket }: CliOptions): Promise<CommandConnection> {
  try {
    return await CommandConnection.open(socket ? { path: socket } : { host, port });
  } catch (error) {
    throw new Error(`Could not connect to Valkey at ${socket ?? `${host}:${port}`}: ${reason(error)}`);
  }
}

function reason(error: unknown): string {
  return (error as NodeJS.ErrnoException).code === 'ECONNREFUSED' ? 'Connection refused' : messageOf(error);
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
}
