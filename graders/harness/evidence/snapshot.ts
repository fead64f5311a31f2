import { compareValues, cutValue, textOf, toBytes, toValue, type Value } from './bytes.ts';
import type { DatabaseSnapshot, KeySnapshot, Keyspace } from './evidence.ts';
import type { GraderSession } from './grader-session.ts';
import { claimsHyperLogLog } from './hyperloglog.ts';
import { EvidenceLimits } from './limits.ts';

/** Keys that are read in one go. */
const BATCH = 200;

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
  for (let bytes = 0; start < names.length && bytes < EvidenceLimits.keyspaceBytes; start += BATCH) {
    const batch = await readKeys(session, names.slice(start, start + BATCH));
    keys.push(...batch.keys);
    bytes += batch.bytes;
  }
  keys.sort((left, right) => compareValues(left.key, right.key));
  return { keys, whole: whole && start >= names.length };
}

/** The names of the keys, those in `always` first. */
async function keyNames(
  session: GraderSession,
  always: readonly string[],
): Promise<{ names: Buffer[]; whole: boolean }> {
  const wanted = new Map(always.map((name) => [Buffer.from(name).toString('latin1'), Buffer.from(name)]));
  const found = new Map<string, Buffer>();
  let cursor = '0';
  do {
    const [reply] = await session.callAll([['SCAN', cursor, 'COUNT', '1000']]);
    const [next, page] = reply as [Buffer, Buffer[]];
    for (const name of page) {
      const id = name.toString('latin1');
      if (!wanted.has(id)) found.set(id, name);
    }
    cursor = next.toString();
  } while (cursor !== '0' && found.size < EvidenceLimits.keys);
  const others = [...found.values()].sort(Buffer.compare);
  return {
    names: [...wanted.values(), ...others.slice(0, EvidenceLimits.keys)],
    whole: cursor === '0' && others.length <= EvidenceLimits.keys,
  };
}

const SIZE_COMMANDS: Record<string, string> = {
  string: 'STRLEN',
  list: 'LLEN',
  set: 'SCARD',
  zset: 'ZCARD',
  hash: 'HLEN',
};

async function readKeys(
  session: GraderSession,
  names: readonly Buffer[],
): Promise<{ keys: KeySnapshot[]; bytes: number }> {
  const replies = await session.callAll(
    names.flatMap((name) => [
      ['TYPE', name],
      ['PEXPIRETIME', name],
    ]),
  );
  const there = names.map((name, index) => ({
    name,
    type: String(replies[index * 2]),
    expiry: Number(replies[index * 2 + 1]),
  }));
  const sizes = await session.callAll(there.map(({ name, type }) => [SIZE_COMMANDS[type] ?? 'EXISTS', name]));
  const values = await session.callAll(
    there.map(({ name, type }, index) => readCommand(type, name, Number(sizes[index]))),
  );
  const hyperloglogs = await countHyperLogLogs(session, there, values);
  // Whatever is still there was there all the time. The others expired meanwhile, or were asked for by name
  // and never there.
  const exist = await session.callAll(names.map((name) => ['EXISTS', name]));
  const keys = there.flatMap(({ name, type, expiry }, index): KeySnapshot[] => {
    if (Number(exist[index]) === 0) return [];
    return [
      {
        key: toBytes(name),
        expireAt: expiry >= 0 ? expiry : null,
        ...content(type, Number(sizes[index]), values[index]),
        ...hyperloglogs.get(index),
      },
    ];
  });
  return { keys, bytes: names.reduce((sum, name) => sum + name.length, 0) + bytesOf(values) };
}

/** What the server counts in those of the strings that are HyperLogLogs, by their index. */
async function countHyperLogLogs(
  session: GraderSession,
  keys: readonly { name: Buffer; type: string }[],
  values: readonly unknown[],
): Promise<Map<number, { hyperloglog: number }>> {
  const found = keys.flatMap(({ name, type }, index) =>
    type === 'string' && claimsHyperLogLog(values[index] as Buffer) ? [{ name, index }] : [],
  );
  // Of one key PFCOUNT notes the result in the value, and so changes it. Of a union it does not, not even
  // where both are the same key. It refuses what only begins like a HyperLogLog.
  const counts = await session.tryAll(found.map(({ name }) => ['PFCOUNT', name, name]));
  return new Map(
    found.flatMap(({ index }, position) => {
      const count = counts[position];
      return count === undefined ? [] : [[index, { hyperloglog: Number(count) }] as const];
    }),
  );
}

function bytesOf(reply: unknown): number {
  if (Array.isArray(reply)) return reply.reduce((sum: number, item) => sum + bytesOf(item), 0);
  return Buffer.isBuffer(reply) ? reply.length : 0;
}

/** The command that reads a value, or as much of it as evidence keeps. */
function readCommand(type: string, name: Buffer, size: number): (string | Buffer)[] {
  const last = String(EvidenceLimits.elements - 1);
  const whole = size <= EvidenceLimits.elements;
  const page = ['0', 'COUNT', String(EvidenceLimits.elements)];
  switch (type) {
    case 'string':
      return ['GETRANGE', name, '0', String(EvidenceLimits.valueBytes - 1)];
    case 'list':
      return ['LRANGE', name, '0', last];
    case 'set':
      return whole ? ['SMEMBERS', name] : ['SSCAN', name, ...page];
    case 'zset':
      return ['ZRANGE', name, '0', last, 'WITHSCORES'];
    case 'hash':
      return whole ? ['HGETALL', name] : ['HSCAN', name, ...page];
    default:
      return ['TYPE', name];
  }
}

type Content = KeySnapshot extends infer Key
  ? Key extends unknown
    ? Omit<Key, 'key' | 'expireAt'>
    : never
  : never;

function content(type: string, size: number, reply: unknown): Content {
  switch (type) {
    case 'string':
      return { type, size, value: stringValue(reply as Buffer, size) };
    case 'list':
      return { type, size, items: elements(reply).map(value) };
    case 'set':
      return { type, size, members: elements(reply).map(value).sort(compareValues) };
    case 'zset':
      return {
        type,
        size,
        members: pairs(elements(reply)).map(([member, score]) => ({
          member: value(member),
          score: score.toString(),
        })),
      };
    case 'hash':
      return {
        type,
        size,
        fields: pairs(elements(reply))
          .map(([field, content]) => ({ field: value(field), value: value(content) }))
          .sort((left, right) => compareValues(left.field, right.field)),
      };
    default:
      return { type: 'other', name: type };
  }
}

function stringValue(head: Buffer, size: number): Value {
  return head.length < size ? cutValue(head, size) : toBytes(head);
}

/** The elements of a reply, whether it is a plain list or a page of a scan. */
function elements(reply: unknown): Buffer[] {
  const list = reply as Buffer[] | [Buffer, Buffer[]];
  return Array.isArray(list[1]) ? list[1] : (list as Buffer[]);
}

function pairs(list: readonly Buffer[]): [Buffer, Buffer][] {
  const result: [Buffer, Buffer][] = [];
  for (let index = 0; index + 1 < list.length; index += 2) {
    result.push([list[index] as Buffer, list[index + 1] as Buffer]);
  }
  return result;
}

function value(buffer: Buffer): Value {
  return toValue(buffer, EvidenceLimits.valueBytes);
}
