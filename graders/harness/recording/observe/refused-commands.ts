import type { RefusedCommand } from '../../evidence/evidence.ts';
import type { GraderSession } from './grader-session.ts';

/** Commands by which the grader ends a learner's Lua script: it may have ended by itself. */
const GRADERS_OWN = new Set(['script|kill', 'function|kill']);

/** How often commands were refused, or failed, since the server was started. */
export type RefusalCounts = ReadonlyMap<string, Omit<RefusedCommand, 'command'>>;

/**
 * Reads how often commands were refused, from whichever connection, transaction or Lua script they came. A command
 * that the server does not know is not among them.
 * Source: https://valkey.io/commands/info/
 */
export async function countRefusals(session: GraderSession): Promise<RefusalCounts> {
  const info = String(await session.call('INFO', 'commandstats'));
  const lines = info.matchAll(/^cmdstat_([^:\s]+):.*\brejected_calls=(\d+),failed_calls=(\d+)/gm);
  return new Map(
    [...lines].map(([, command = '', rejected, failed]) => [
      command,
      { rejected: Number(rejected), failed: Number(failed) },
    ]),
  );
}

/** The commands that were refused after they were counted before, by their names. */
export async function refusedSince(before: RefusalCounts, session: GraderSession): Promise<RefusedCommand[]> {
  const now = await countRefusals(session);
  return [...now]
    .map(([command, { rejected, failed }]) => {
      const earlier = before.get(command);
      return {
        command,
        rejected: rejected - (earlier?.rejected ?? 0),
        failed: failed - (earlier?.failed ?? 0),
      };
    })
    .filter(({ command, rejected, failed }) => rejected + failed > 0 && !GRADERS_OWN.has(command))
    .sort((one, other) => (one.command < other.command ? -1 : 1));
}
