import { textOf, toBuffer } from '../../base/bytes.ts';
import type { DatabaseSnapshot, KeySnapshot, Keyspace } from '../../evidence/evidence.ts';
import type { GraderSession } from './grader-session.ts';
import { keyNames } from './key-names.ts';
import { askForKeys, keysOf, Room } from './read-keys.ts';

/** Keys that are read in one go. */
const BATCH = 500;
/** Bytes of their names. */
const BATCH_BYTES = 512 * 1024;

/**
 * Reads the whole keyspace, all databases, within the limits of evidence. Keys in `always` are read even
 * where the rest of a huge database is cut. Keys that expire meanwhile are not there.
 */
export async function takeSnapshot(
  session: GraderSession,
  always: readonly string[] = [],
): Promise<Keyspace> {
  const databases: DatabaseSnapshot[] = [];
  const room = new Room();
  for (const index of await usedDatabases(session)) {
    await session.call('SELECT', String(index));
    const { keys, whole } = await readDatabase(session, always, room);
    // The server counts keys that have expired until it removes them: it is asked only where it must be.
    const size = whole ? keys.length : Math.max(keys.length, Number(await session.call('DBSIZE')));
    if (size > 0) databases.push({ index, size, keys });
  }
  await session.call('SELECT', '0');
  return { databases };
}

/** The keys of database 0, by name. */
export function namesOf({ databases }: Keyspace): string[] {
  return databases.flatMap(({ index, keys }) =>
    index === 0 ? keys.flatMap(({ key }) => textOf(key) ?? []) : [],
  );
}

async function usedDatabases(session: GraderSession): Promise<number[]> {
  const info = String(await session.call('INFO', 'keyspace'));
  return [...info.matchAll(/^db(\d+):/gm)].map(([, index]) => Number(index));
}

async function readDatabase(
  session: GraderSession,
  always: readonly string[],
  room: Room,
): Promise<{ keys: KeySnapshot[]; whole: boolean }> {
  const { certain, others, whole } = await keyNames(session, always);
  const names = [...certain, ...others];
  const keys: KeySnapshot[] = [];
  let start = 0;
  const ask = async () => {
    const missing = certain.length - start;
    if (start >= names.length || (room.isUsedUp && missing <= 0)) return undefined;
    const answers = await askForKeys(session, batchFrom(names, start), room, missing);
    start += answers.names.length;
    // Where there was room for none of them, it is used up.
    return answers.names.length > 0 ? answers : undefined;
  };
  for (let answers = await ask(); answers !== undefined; ) {
    // The server reads the next keys while we take in these.
    const [taken, next] = await Promise.all([keysOf(session, answers), ask()]);
    for (const key of taken) keys.push(key);
    answers = next;
  }
  return { keys: inOrder(keys), whole: whole && start >= names.length };
}

/** So many of the names as may be asked for in one go. */
function batchFrom(names: readonly string[], start: number): Buffer[] {
  const batch: Buffer[] = [];
  let bytes = 0;
  for (let index = start; index < names.length && batch.length < BATCH && bytes < BATCH_BYTES; index += 1) {
    const name = Buffer.from(names[index] ?? '', 'latin1');
    batch.push(name);
    bytes += name.length;
  }
  return batch;
}

/** The keys by the bytes of their names, each of which is made only once. */
function inOrder(keys: readonly KeySnapshot[]): KeySnapshot[] {
  return keys
    .map((key) => ({ key, name: toBuffer(key.key).toString('latin1') }))
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .map(({ key }) => key);
}
