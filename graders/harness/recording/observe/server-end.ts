import { setTimeout as sleep } from 'node:timers/promises';
import { InfrastructureError, messageOf } from '../../base/errors.ts';
import type { LostKeyspace } from '../../evidence/evidence.ts';
import { connectOptions, type ServerAddress } from '../../valkey/client/address.ts';
import { CommandConnection } from '../../valkey/client/command-connection.ts';
import type { RunningServer, ServerEnd } from '../engine/engine.ts';
import { GIVEN_MEMORY_BYTES } from '../engine/server-options.ts';
import { BusyServerError, EndlessScriptError } from './lock-out.ts';

/**
 * How long a server that answers nobody any more may take to be seen as ended, in ms. Only one that stays between
 * the two is waited for so long.
 */
const END_LIMIT_MS = 30_000;

/**
 * What the script did to the server so that it cannot be asked any more; null where it was not the script. It is
 * decided by what is known of the server, never by which limit was reached first.
 */
export async function causeOfLoss(error: unknown, server: RunningServer): Promise<LostKeyspace | null> {
  if (error instanceof EndlessScriptError) return 'endless Lua script';
  if (!(error instanceof InfrastructureError)) return null;
  // Where the engine itself does not answer any more, nothing speaks against the script.
  if (!(error instanceof BusyServerError)) {
    const end = await endOf(server).catch(() => null);
    return end?.outOfMemory ? 'out of memory' : null;
  }
  const end = await server.end().catch(() => null);
  if (end) return end.outOfMemory ? 'out of memory' : null;
  const usage = await server.usage().catch(() => null);
  return usage && usage.memoryBytes > GIVEN_MEMORY_BYTES ? 'out of memory' : 'busy';
}

/** Says so where an error came of a server that died. */
export async function explainEnd(error: unknown, server: RunningServer): Promise<unknown> {
  if (!(error instanceof InfrastructureError)) return error;
  const end = await endOf(server).catch((reason: unknown) => ({ description: messageOf(reason) }));
  return end === null
    ? error
    : new InfrastructureError(`The grading server ended by itself (${end.description}): ${error.message}`, {
        cause: error,
      });
}

/**
 * How a server ended; null if it still runs. A connection is lost a moment before the system tells how its server
 * ended: until it does, or the server answers, it is asked again.
 */
async function endOf(server: RunningServer): Promise<ServerEnd | null> {
  const limit = performance.now() + END_LIMIT_MS;
  for (;;) {
    const end = await server.end();
    if (end !== null || performance.now() > limit || (await answers(server.address))) return end;
    await sleep(20);
  }
}

/** How long one attempt waits for an answer, in ms. */
const ANSWER_LIMIT_MS = 500;

/** True if a server answers, whatever it says: then it runs. */
async function answers(address: ServerAddress): Promise<boolean> {
  const opening = CommandConnection.open(connectOptions(address));
  const asked = opening.then((connection) => connection.send([Buffer.from('PING')]));
  const answer = asked.then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([answer, sleep(ANSWER_LIMIT_MS, false)]);
  } finally {
    // It may be opened yet, or never.
    void opening.then(
      (connection) => connection.close(),
      () => undefined,
    );
  }
}
