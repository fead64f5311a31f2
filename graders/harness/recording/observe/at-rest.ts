import type { GraderSession } from './grader-session.ts';

/** No command that waits, no subscription, no MONITOR, no tracking: the flags of a connection of which nothing comes. */
const QUIET_FLAGS = /^[NxdrTU]+$/;
/** Fields that are 0 where nothing lies before the server, or is on its way from it. */
const EMPTY_FIELDS = ['qbuf', 'obl', 'oll', 'omem', 'sub', 'psub', 'ssub'];
/** For so long nothing came over any connection, in s. */
const IDLE_S = 2;

/**
 * The learner's connections, in words that change if something comes over one of them. Null if the server may yet send
 * something by itself, if something came just now, or if that cannot be told.
 */
export async function learnersAtRest(session: GraderSession): Promise<string | null> {
  let list: string;
  try {
    list = String(await session.call('CLIENT', 'LIST'));
  } catch {
    // A script of Lua keeps it busy, or it has ended: whoever waits for the run learns of it.
    return null;
  }
  const lines = list.split('\n').filter((line) => / user=default /.test(line));
  return lines.length > 0 && lines.every(isAtRest)
    ? lines.map((line) => line.replace(/ (?:age|idle)=\d+/g, '')).join('\n')
    : null;
}

function isAtRest(line: string): boolean {
  const fields = new Map(line.split(' ').map((field) => field.split('=') as [string, string]));
  return (
    QUIET_FLAGS.test(fields.get('flags') ?? '') &&
    Number(fields.get('idle')) >= IDLE_S &&
    EMPTY_FIELDS.every((name) => Number(fields.get(name) ?? 0) === 0)
  );
}
