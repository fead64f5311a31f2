import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningServer, ServerEnd } from '../engine/engine.ts';
import { InfrastructureError, messageOf } from '../errors.ts';
import type { LostKeyspace } from './evidence.ts';
import { BusyServerError, EndlessScriptError } from './grader-session.ts';

/** How long after a lost connection a server may take to be seen as ended, in ms. */
const END_LIMIT_MS = 1_000;

/** What the script did to the server so that it cannot be asked any more; null where it was not the script. */
export async function causeOfLoss(error: unknown, server: RunningServer): Promise<LostKeyspace | null> {
  if (error instanceof EndlessScriptError) return 'endless Lua script';
  if (error instanceof BusyServerError) return 'busy';
  if (!(error instanceof InfrastructureError)) return null;
  // Where the engine itself does not answer any more, nothing speaks against the script.
  const end = await waitForEnd(server).catch(() => null);
  return end?.outOfMemory ? 'out of memory' : null;
}

/** A connection is lost a moment before the system tells how its server ended. */
async function waitForEnd(server: RunningServer): Promise<ServerEnd | null> {
  const limit = Date.now() + END_LIMIT_MS;
  for (;;) {
    const end = await server.end();
    if (end !== null || Date.now() > limit) return end;
    await sleep(20);
  }
}

/** Says so where an error came of a server that died. */
export async function explainEnd(error: unknown, server: RunningServer): Promise<unknown> {
  if (!(error instanceof InfrastructureError)) return error;
  const end = await server.end().catch((reason: unknown) => ({ description: messageOf(reason) }));
  return end === null
    ? error
    : new InfrastructureError(`The grading server ended by itself (${end.description}): ${error.message}`, {
        cause: error,
      });
}
