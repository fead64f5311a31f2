import type { DeniedCommand } from '../../evidence/evidence.ts';
import type { GraderSession } from './grader-session.ts';

/**
 * The commands that the learner's user was refused, from ACL LOG, first refused first.
 * Source: https://valkey.io/commands/acl-log/
 */
export async function readDeniedCommands(session: GraderSession): Promise<DeniedCommand[]> {
  const entries = (await session.call('ACL', 'LOG', '128')) as unknown[][];
  return entries
    .map((entry) => new Map(pairs(entry)))
    .filter((entry) => entry.get('reason') === 'command' && entry.get('username') === 'default')
    .map((entry) => ({ command: String(entry.get('object')), count: Number(entry.get('count')) }))
    .reverse();
}

function pairs(entry: readonly unknown[]): [string, unknown][] {
  return entry.flatMap((item, index) =>
    index % 2 === 0 ? [[String(item), entry[index + 1]] as [string, unknown]] : [],
  );
}
