import { buffer } from 'node:stream/consumers';
import type { CommandConnection } from '../client/command-connection.ts';
import { RespParser } from '../client/resp-parser.ts';
import { QuoteError, splitArguments } from '../notation/quoting.ts';
import type { CliStreams } from './streams.ts';

/**
 * `--pipe`: sends all that stdin holds, commands one a line or all in the protocol's own form, and counts
 * the replies. Resolves to the exit code; rejects where the connection is lost.
 */
export async function runPipe(
  connection: CommandConnection,
  { stdin, stdout, stderr }: CliStreams,
): Promise<number> {
  const commands = readRequests(await buffer(stdin));
  for (const command of commands) connection.write(command);
  stdout.write('All data transferred. Waiting for the last reply...\n');
  let errors = 0;
  for (let index = 0; index < commands.length; index += 1) {
    const reply = await connection.read();
    if (reply.type !== 'error') continue;
    errors += 1;
    stderr.write(`${reply.value}\n`);
  }
  stdout.write(`Last reply received from server.\nerrors: ${errors}, replies: ${commands.length}\n`);
  return errors > 0 ? 1 : 0;
}

/** Throws ProtocolError or Error for what the server would not understand. */
function readRequests(bytes: Buffer): Buffer[][] {
  if (bytes.subarray(0, 1).toString() === '*') {
    const requests = new RespParser().feed(bytes);
    return requests.map((request) =>
      request.type === 'array'
        ? request.items.flatMap((item) => (item.type === 'bulk' ? [item.value] : []))
        : [],
    );
  }
  try {
    const lines = bytes.toString().split('\n');
    return lines.map(splitArguments).filter((args) => args.length > 0);
  } catch (error) {
    if (!(error instanceof QuoteError)) throw error;
    throw new Error('ERR Protocol error: unbalanced quotes in request', { cause: error });
  }
}
