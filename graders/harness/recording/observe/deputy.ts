import { commandNameOf } from '../../evidence/command-name.ts';
import { LOOKED_AT, lookAt } from '../../evidence/server-rules.ts';
import { connectOptions, type ServerAddress } from '../../valkey/client/address.ts';
import { CommandConnection } from '../../valkey/client/command-connection.ts';
import type { Reply } from '../../valkey/client/reply.ts';
import { READ_LIMITS } from '../script/command-file/exchange.ts';
import type { Deputy } from '../script/sandbox.ts';
import { type GraderSession, unusable } from './grader-session.ts';

/** A deputy, and the end of its connection. */
export interface OpenDeputy {
  send: Deputy;
  close(): void;
}

/**
 * Sends commands of a command file that its user may not send, as the grader's user, once they were looked at. They are
 * of category admin, which MONITOR does not show. Only while the learner is the user `default`: those whom a learner
 * made have no such rights either. Throws InfrastructureError.
 */
export async function openDeputy(
  address: ServerAddress,
  session: GraderSession,
  allow: readonly string[],
): Promise<OpenDeputy | undefined> {
  const names = LOOKED_AT.filter((name) => allow.includes(name)).map(commandNameOf);
  if (names.length === 0) return undefined;
  const connection = await CommandConnection.open(connectOptions(address), READ_LIMITS).catch((error) => {
    throw unusable(error);
  });
  const { username, password } = session.credentials;
  await connection.send(['AUTH', username, password].map((word) => Buffer.from(word)));
  return {
    async send(args) {
      const words = args.map(String);
      if (!names.includes(words.slice(0, 2).join(' ').toUpperCase())) return undefined;
      if (!(await isDefault(connection, username))) return undefined;
      const looked = lookAt(words, (user) => user === username);
      if ('refuse' in looked) return { type: 'error', value: `NOPERM ${looked.refuse}` };
      return connection.send(looked.send.map((word) => Buffer.from(word)));
    },
    close: () => connection.close(),
  };
}

/** True while nobody but the grader and the user `default` is connected. */
async function isDefault(connection: CommandConnection, own: string): Promise<boolean> {
  const reply: Reply = await connection.send(['CLIENT', 'LIST'].map((word) => Buffer.from(word)));
  const users = [...('value' in reply ? String(reply.value) : '').matchAll(/ user=(\S*)/g)];
  return users.every(([, user]) => user === 'default' || user === own);
}
