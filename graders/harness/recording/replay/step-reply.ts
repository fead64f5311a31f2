import { trimPartialCharacter } from '../../base/bytes.ts';
import type { Step, StepReply } from '../../evidence/evidence.ts';
import { ReplayLimits } from '../../evidence/limits.ts';
import { formatReplyTo } from '../../valkey/client/format-reply.ts';
import { missingBytes, type Reply } from '../../valkey/client/reply.ts';

/** A reply to a command as evidence keeps it. */
export function stepReply(command: readonly Buffer[], reply: Reply): StepReply {
  const whole = Buffer.from(formatReplyTo(command, reply).trimEnd());
  const length = whole.length + missingBytes(reply);
  const kept = whole.length > ReplayLimits.replyBytes ? whole.subarray(0, ReplayLimits.replyBytes) : whole;
  return {
    kind: kindOf(reply),
    text: Buffer.from(trimPartialCharacter(kept)).toString(),
    ...(kept.length < length && { length }),
  };
}

/** What the commands of a transaction answered, by the reply to the EXEC at their end. */
export function transactionReplies(
  commands: readonly (readonly Buffer[])[],
  reply: Reply,
): Pick<Step, 'reply' | 'replies'> {
  const items = 'items' in reply ? reply.items : [];
  return {
    reply: stepReply(commands.at(-1) ?? [], reply),
    replies: items.map((item, index) => stepReply(commands[index] ?? [], item)),
  };
}

function kindOf(reply: Reply): StepReply['kind'] {
  if (reply.type === 'error') return 'error';
  if (reply.type === 'nil') return 'nil';
  return 'items' in reply && reply.items.length === 0 && !reply.missing ? 'empty' : 'value';
}
