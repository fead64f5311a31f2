import { textOf, toBuffer } from './bytes.ts';
import type { DatabaseSnapshot, KeySnapshot, Keyspace } from './evidence.ts';
import type { GraderSession } from './grader-session.ts';
import { EvidenceLimits } from './limits.ts';
import { askForKeys, keysOf } from './read-keys.ts';

/** Keys that are read in one go. */
const BATCH = 500;
/** Names of keys that the server gives at a time, about. */
const PAGE = '5000';

/**
 * Reads the whole keyspace, all databases, within the limits of evidence. Keys in `always` are read even
 * where the rest of a huge database is cut. Keys that expire meanwhile are not there.
 */
export async function takeSnapshot(
  session: GraderSession,
  always: readonly string[] = [],
): Promise<Keyspace> {
  const databases: DatabaseSnapshot[] = [];
  for (const index of await usedDatabases(session)) {
    await session.call('SELECT', String(index));
    const { keys, whole } = await readDatabase(session, always);
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
): Promise<{ keys: KeySnapshot[]; whole: boolean }> {
  const { names, whole } = await keyNames(session, always);
  const keys: KeySnapshot[] = [];
  let start = 0;
  let bytes = 0;
  let elements = 0;
  const { keyspaceBytes, keyspaceElements } = EvidenceLimits;
  const isFull = () => bytes >= keyspaceBytes || elements >= keyspaceElements;
  const ask = async () => {
    if (start >= names.length || isFull()) return undefined;
    const batch = names.slice(start, start + BATCH);
    return askForKeys(
      session,
      batch.map((name) => Buffer.from(name, 'latin1')),
    );
  };
  for (let answers = await ask(); answers !== undefined; ) {
    start += answers.names.length;
    // The server reads the next keys while we take in these.
    const [taken, next] = await Promise.all([keysOf(session, answers), ask()]);
    for (const key of taken.keys) keys.push(key);
    bytes += taken.bytes;
    elements += taken.elements;
    answers = next;
  }
  return { keys: inOrder(keys), whole: whole && start >= names.length };
}

/** The names of the keys, byte by byte as latin1: those in `always` first, the others in order. */
async function keyNames(
  session: GraderSession,
  always: readonly string[],
): Promise<{ names: string[]; whole: boolean }> {
  const wanted = new Set(always.map((name) => Buffer.from(name).toString('latin1')));
  const found = new Set<string>();
  let cursor = '0';
  do {
    const [reply] = await session.callAll([['SCAN', cursor, 'COUNT', PAGE]]);
    const [next, page] = reply as [Buffer, Buffer[]];
    for (const name of page) {
      const id = name.toString('latin1');
      if (!wanted.has(id)) found.add(id);
    }
    cursor = next.toString();
  } while (cursor !== '0' && found.size < EvidenceLimits.keys);
  const others = [...found].sort();
  return {
    names: [...wanted, ...others.slice(0, EvidenceLimits.keys)],
    whole: cursor === '0' && others.length <= EvidenceLimits.keys,
  };
}

/** The keys by the bytes of their names, each of which is made only once. */
function inOrder(keys: readonly KeySnapshot[]): KeySnapshot[] {
  return keys
    .map((key) => ({ key, name: toBuffer(key.key).toString('latin1') }))
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .map(({ key }) => key);
}
