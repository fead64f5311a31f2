import type { CommandConnection } from '../../../valkey/client/command-connection.ts';
import { formatReplyTo } from '../../../valkey/client/format-reply.ts';
import { missingBytes, type Reply } from '../../../valkey/client/reply.ts';
import type { ReplyLimits } from '../../../valkey/client/resp-parser.ts';
import type { FileCommand } from './parse.ts';
import type { PrintedReply } from './replies.ts';

/** As much of one reply as is read: more than evidence keeps of it, and of the whole output. */
export const READ_LIMITS: ReplyLimits = { bytes: 1024 * 1024, depth: 32 };

/** Commands that answer once for each of their arguments, in RESP3 by pushes. */
const SUBSCRIPTION = /^(?:p|s)?(?:un)?subscribe$/i;
/** Commands that end a session in valkey-cli without reaching the server. */
const LEAVE = /^(?:quit|exit)$/i;

/** True for a command that ends the session, and is not sent. */
export function leaves({ args }: FileCommand): boolean {
  return LEAVE.test(nameOf(args));
}

/**
 * Sends a command and gives back all that comes until it is answered: `answers` is false for what comes in
 * between by itself. Rejects with ConnectionClosedError.
 */
export async function* exchange(
  connection: CommandConnection,
  { args }: FileCommand,
): AsyncGenerator<{ reply: Reply; answers: boolean }> {
  const name = nameOf(args);
  connection.write(args);
  let missing = SUBSCRIPTION.test(name) ? Math.max(1, args.length - 1) : 1;
  while (missing > 0) {
    const reply = await connection.read();
    const isAnswer = answers(reply, name);
    yield { reply, answers: isAnswer };
    if (!isAnswer) continue;
    // One that is refused, or waits for EXEC, is answered once.
    missing = reply.type === 'error' || reply.type === 'status' ? 0 : missing - 1;
  }
}

/** A reply as valkey-cli prints it, and what is not there of it. */
export function printed({ args }: FileCommand, reply: Reply): PrintedReply {
  return {
    text: formatReplyTo(args, reply),
    missing: missingBytes(reply),
    error: reply.type === 'error',
  };
}

/** False for what comes in between by itself: a message of a subscription, an invalidation. */
function answers(reply: Reply, command: string): boolean {
  if (reply.type !== 'push') return true;
  const [kind] = reply.items;
  const name = kind?.type === 'bulk' ? kind.value.toString() : '';
  return SUBSCRIPTION.test(command) && name === command.toLowerCase();
}

function nameOf(args: readonly Buffer[]): string {
  return args[0]?.toString() ?? '';
}
