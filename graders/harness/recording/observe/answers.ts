import { cutValue, toValue } from '../../base/bytes.ts';
import type { Answer, AnsweredReply, ServerQuestion } from '../../evidence/answers.ts';
import { EvidenceLimits } from '../../evidence/limits.ts';
import { connectOptions, type ServerAddress } from '../../valkey/client/address.ts';
import { CommandConnection } from '../../valkey/client/command-connection.ts';
import { missingBytes, type Reply } from '../../valkey/client/reply.ts';
import { splitArguments } from '../../valkey/notation/quoting.ts';
import { type GraderSession, unusable } from './grader-session.ts';

/** As much of one answer as is read: what evidence keeps, with what stands around a value. FUNCTION LIST has five lists within lists. */
const READ_LIMITS = { bytes: EvidenceLimits.answerBytes + 16, depth: 16 };

/**
 * Asks the server what checks want to know of it, as the grader's own user and within the limits of evidence. Errors
 * are answers, too. The trace shows it: only before it begins or after it has ended.
 * Throws InfrastructureError if the server cannot be reached.
 */
export async function askServer(
  address: ServerAddress,
  session: GraderSession,
  questions: readonly ServerQuestion[],
): Promise<Answer[]> {
  if (questions.length === 0) return [];
  try {
    const connection = await CommandConnection.open(connectOptions(address), READ_LIMITS);
    try {
      const { username, password } = session.credentials;
      // A reply that is too large for the buffers of clients must not cost us the connection.
      for (const words of [
        ['AUTH', username, password],
        ['CLIENT', 'NO-EVICT', 'on'],
      ])
        await connection.send(words.map((word) => Buffer.from(word)));
      const answers: Answer[] = [];
      let kept = 0;
      for (const { command, db } of questions) {
        const chosen = await connection.send([Buffer.from('SELECT'), Buffer.from(String(db))]);
        const reply = chosen.type === 'error' ? chosen : await connection.send(splitArguments(command));
        kept += sizeOf(reply);
        answers.push({
          command,
          db,
          ...answered(kept > EvidenceLimits.answersBytes ? emptied(reply) : reply),
        });
      }
      return answers;
    } finally {
      connection.close();
    }
  } catch (error) {
    throw unusable(error);
  }
}

/** A value that was cut says so itself: of a list is told how much of it is missing. */
function answered(reply: Reply): Pick<Answer, 'reply' | 'missing'> {
  const missing = 'items' in reply ? missingBytes(reply) : 0;
  return { reply: plain(reply), ...(missing > 0 && { missing }) };
}

function plain(reply: Reply): AnsweredReply {
  if ('items' in reply) return reply.items.map(plain);
  if (reply.type === 'nil') return null;
  if (reply.type === 'error') return { error: reply.value };
  if (reply.type === 'boolean') return String(reply.value);
  const bytes = Buffer.from(reply.value);
  const limit = EvidenceLimits.answerBytes;
  return reply.missing
    ? cutValue(bytes.subarray(0, limit), bytes.length + reply.missing)
    : toValue(bytes, limit);
}

/** Bytes of the values of a reply that are kept. */
function sizeOf(reply: Reply): number {
  if ('items' in reply) return reply.items.reduce((sum, item) => sum + sizeOf(item), 0);
  return 'value' in reply ? Buffer.byteLength(String(reply.value)) : 0;
}

/** A reply of which nothing is kept but how long it is. */
function emptied(reply: Reply): Reply {
  const missing = sizeOf(reply) + missingBytes(reply);
  if ('items' in reply) return { ...reply, items: [], missing };
  if (reply.type === 'nil' || reply.type === 'boolean' || reply.type === 'error') return reply;
  return { type: 'bulk', value: Buffer.alloc(0), missing };
}
