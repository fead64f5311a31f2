import { type Bytes, compareValues, cutValue, toBytes, toValue, type Value } from './bytes.ts';
import type { DatabaseSnapshot, KeySnapshot, Keyspace } from './evidence.ts';
import type { GraderSession } from './grader-session.ts';
import { EvidenceLimits } from './limits.ts';

/**
 * Reads the whole keyspace, all databases, within the limits of evidence. Keys in `always` are read even
 * where the rest of a huge database is cut.
 */
export async function takeSnapshot(
  session: GraderSession,
  always: readonly string[] = [],
): Promise<Keyspace> {
  const databases: DatabaseSnapshot[] = [];
  for (const { index, size } of await listDatabases(session)) {
    await session.call('SELECT', String(index));
    const names = await keyNames(session, always);
    const keys = await readKeys(session, names);
    databases.push({ index, size, keys });
  }
  await session.call('SELECT', '0');
  return { databases };
}

async function listDatabases(session: GraderSession): Promise<{ index: number; size: number }[]> {
  const info = String(await session.call('INFO', 'keyspace'));
  return [...info.matchAll(/^db(\d+):keys=(\d+)/gm)].map(([, index, size]) => ({
    index: Number(index),
    size: Number(size),
  }));
}

async function keyNames(session: GraderSession, always: readonly string[]): Promise<Buffer[]> {
  const names = new Map<string, Buffer>();
  for (const name of always) names.set(Buffer.from(name).toString('latin1'), Buffer.from(name));
  let cursor = '0';
  do {
    const [reply] = await session.callAll([['SCAN', cursor, 'COUNT', '1000']]);
    const [next, page] = reply as [Buffer, Buffer[]];
    for (const name of page) names.set(name.toString('latin1'), name);
    cursor = next.toString();
  } while (cursor !== '0' && names.size < EvidenceLimits.keys);
  return [...names.values()].sort(Buffer.compare).slice(0, EvidenceLimits.keys + always.length);
}

const SIZE_COMMANDS: Record<string, string> = {
  string: 'STRLEN',
  list: 'LLEN',
  set: 'SCARD',
  zset: 'ZCARD',
  hash: 'HLEN',
};

async function readKeys(session: GraderSession, names: readonly Buffer[]): Promise<KeySnapshot[]> {
  const replies = await session.callAll(
    names.flatMap((name) => [
      ['TYPE', name],
      ['PEXPIRETIME', name],
    ]),
  );
  const there = names.flatMap((name, index) => {
    const type = String(replies[index * 2]);
    // Gone meanwhile (expired), or asked for by name and never there.
    return type === 'none' ? [] : [{ name, type, expiry: Number(replies[index * 2 + 1]) }];
  });
  const sizes = await session.callAll(there.map(({ name, type }) => [SIZE_COMMANDS[type] ?? 'EXISTS', name]));
  const values = await session.callAll(
    there.map(({ name, type }, index) => readCommand(type, name, Number(sizes[index]))),
  );
  return there.map(({ name, type, expiry }, index) => ({
    key: toBytes(name) as Bytes,
    expireAt: expiry >= 0 ? expiry : null,
    ...content(type, Number(sizes[index]), values[index]),
  }));
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
