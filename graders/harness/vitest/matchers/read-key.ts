import { compareValues, textOf, toBytes, type Value } from '../../evidence/bytes.ts';
import type { KeySnapshot } from '../../evidence/evidence.ts';
import { claimsHyperLogLog } from '../../evidence/hyperloglog.ts';
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

type Body = KeySnapshot extends infer Key
  ? Key extends unknown
    ? Omit<Key, 'key' | 'expireAt'>
    : never
  : never;

async function readBody(send: Send, type: string, name: string): Promise<Body> {
  const read = async (...args: string[]) => flat(await send(...args));
  switch (type) {
    case 'string': {
      const [value = ''] = await read('GET', name);
      const bytes = Buffer.from(value);
      return {
        type,
        size: bytes.length,
        value: toValue(value),
        ...(claimsHyperLogLog(bytes) && (await countOf(send, name))),
      };
    }
    case 'list': {
      const items = (await read('LRANGE', name, '0', '-1')).map(toValue);
      return { type, size: items.length, items };
    }
    case 'set': {
      const members = (await read('SMEMBERS', name)).map(toValue).sort(compareValues);
      return { type, size: members.length, members };
    }
    case 'zset': {
      const members = pairs(await read('ZRANGE', name, '0', '-1', 'WITHSCORES')).map(([member, score]) => ({
        member: toValue(member),
        score: text(score),
      }));
      return { type, size: members.length, members };
    }
    case 'hash': {
      const fields = pairs(await read('HGETALL', name))
        .map(([field, value]) => ({ field: toValue(field), value: toValue(value) }))
        .sort((left, right) => compareValues(left.field, right.field));
      return { type, size: fields.length, fields };
    }
    default:
      return { type: 'other', name: type };
  }
}

/** What the server counts in a HyperLogLog; nothing where it only begins like one. */
async function countOf(send: Send, name: string): Promise<{ hyperloglog?: number }> {
  try {
    // Of a union the server does not note the result in the value, not even of a key with itself.
    return { hyperloglog: Number(text(await send('PFCOUNT', name, name))) };
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
