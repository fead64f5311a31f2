import { compareValues, textOf, toBytes, type Value } from '../../../base/bytes.ts';
import { type DataType, isDataType } from '../../../evidence/data-types.ts';
import type { KeyContent, KeySnapshot } from '../../../evidence/evidence.ts';
import { claimsHyperLogLog } from '../../../evidence/hyperloglog.ts';
import { flat, type Send } from './client.ts';

/** How many names are looked through for one that is like a key that is not there. */
const NAMES = 1000;

/**
 * Reads a key as it is now; undefined where it is not there. Its expiry is by the clock of this machine,
 * which is all the same, as what is left of it is what the server said. Rejects as the client does.
 */
export async function readKey(send: Send, name: string): Promise<KeySnapshot | undefined> {
  const type = text(await send('TYPE', name));
  if (type === 'none') return undefined;
  const left = Number(text(await send('PTTL', name)));
  const expireAt = left >= 0 ? Date.now() + left : null;
  const body = await readBody(send, type, name);
  return { key: name, expireAt, ...body } as KeySnapshot;
}

/** Names of keys, of which one may be what was meant. */
export async function someNames(send: Send): Promise<string[]> {
  const [, ...names] = flat(await send('SCAN', '0', 'COUNT', String(NAMES)));
  return names.flatMap((name) => textOf(toValue(name)) ?? []);
}

/** Sends a command and gives back the strings of the reply, laid out flat. */
type Read = (...args: string[]) => Promise<(string | Uint8Array)[]>;

/** How what a key holds is read, by its type. */
const TYPE_READERS: Readonly<Record<DataType, (read: Read, name: string) => Promise<KeyContent>>> = {
  async string(read, name) {
    const [value = ''] = await read('GET', name);
    const bytes = Buffer.from(value);
    return {
      type: 'string',
      size: bytes.length,
      value: toValue(value),
      ...(claimsHyperLogLog(bytes) && (await countOf(read, name))),
    };
  },
  async list(read, name) {
    const items = (await read('LRANGE', name, '0', '-1')).map(toValue);
    return { type: 'list', size: items.length, items };
  },
  async set(read, name) {
    const members = (await read('SMEMBERS', name)).map(toValue).sort(compareValues);
    return { type: 'set', size: members.length, members };
  },
  async zset(read, name) {
    const members = pairs(await read('ZRANGE', name, '0', '-1', 'WITHSCORES')).map(([member, score]) => ({
      member: toValue(member),
      score: text(score),
    }));
    return { type: 'zset', size: members.length, members };
  },
  async hash(read, name) {
    const fields = pairs(await read('HGETALL', name))
      .map(([field, value]) => ({ field: toValue(field), value: toValue(value) }))
      .sort((left, right) => compareValues(left.field, right.field));
    return { type: 'hash', size: fields.length, fields };
  },
};

async function readBody(send: Send, type: string, name: string): Promise<KeyContent> {
  if (!isDataType(type)) return { type: 'other', name: type };
  return TYPE_READERS[type](async (...args) => flat(await send(...args)), name);
}

/** What the server counts in a HyperLogLog; nothing where it only begins like one. */
async function countOf(read: Read, name: string): Promise<{ hyperloglog?: number }> {
  try {
    // Of a union the server does not note the result in the value, not even of a key with itself.
    const [counted] = await read('PFCOUNT', name, name);
    return { hyperloglog: Number(text(counted)) };
  } catch {
    // The server refuses what is no HyperLogLog.
    return {};
  }
}

function toValue(reply: string | Uint8Array): Value {
  return typeof reply === 'string' ? reply : toBytes(reply);
}

function text(reply: unknown): string {
  return reply instanceof Uint8Array ? Buffer.from(reply).toString() : String(reply);
}

function pairs<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((item, index) => (index % 2 === 0 ? [[item, items[index + 1] as T] as [T, T]] : []));
}
