import { toValue } from '../../evidence/bytes.ts';
import type { CommandReply } from '../../evidence/evidence.ts';
import { EvidenceLimits } from '../../evidence/limits.ts';
import type { CommandConnection } from '../../valkey/command-connection.ts';
import { formatReplyTo } from '../../valkey/format-reply.ts';
import type { Reply } from '../../valkey/reply.ts';
import type { FileCommand } from './parse.ts';

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

/** A reply as evidence keeps it. */
export function replyEvidence({ line, args }: FileCommand, reply: Reply): CommandReply {
  return {
    line,
    args: args.slice(0, EvidenceLimits.args).map((arg) => toValue(arg, EvidenceLimits.valueBytes)),
    reply: cutText(formatReplyTo(args, reply).trimEnd()),
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

function cutText(text: string): string {
  const limit = EvidenceLimits.valueBytes;
  return text.length <= limit ? text : `${text.slice(0, limit)}… (${text.length} characters in all)`;
}
