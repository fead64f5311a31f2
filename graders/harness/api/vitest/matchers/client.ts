import { UsageError } from '../../../base/errors.ts';

/** Sends a command and gives back the reply as the client has it. */
export type Send = (...args: string[]) => Promise<unknown>;

/** `Decoder.Bytes` of Valkey GLIDE, which refuses to give back as text what is none. */
const GLIDE_BYTES = 0;

type Method = (...args: unknown[]) => Promise<unknown>;

/**
 * How a client library sends a command of any name: iovalkey and ioredis by `callBuffer`, Valkey GLIDE by
 * `customCommand`, node-redis by `sendCommand`. Throws UsageError for what is no such client.
 */
export function sendThrough(client: unknown): Send {
  const buffers = methodOf(client, 'callBuffer');
  if (buffers) return (...args) => buffers(...args);
  const custom = methodOf(client, 'customCommand');
  if (custom) return (...args) => custom(args, { decoder: GLIDE_BYTES });
  const command = methodOf(client, 'sendCommand');
  if (command) return (...args) => command(args);
  throw new UsageError(
    'expect() was not given a client of Valkey: it takes one of iovalkey, ioredis, redis or @valkey/valkey-glide.',
  );
}

function methodOf(client: unknown, name: string): Method | undefined {
  if (typeof client !== 'object' || client === null) return undefined;
  const method: unknown = Reflect.get(client, name);
  return typeof method === 'function' ? (...args) => method.apply(client, args) : undefined;
}

/**
 * The strings of a reply in order, whatever the protocol and the library made of it: maps, sets and nested
 * arrays are laid out flat.
 */
export function flat(reply: unknown): (string | Uint8Array)[] {
  if (typeof reply === 'string' || reply instanceof Uint8Array) return [reply];
  if (reply === null || typeof reply !== 'object') return [String(reply)];
  if (reply instanceof Map) return [...reply].flatMap(flat);
  if (Symbol.iterator in reply) return [...(reply as Iterable<unknown>)].flatMap(flatItem);
  return Object.entries(reply).flatMap(flat);
}

/** GLIDE has a map as a list of objects, of which each is a key and its value. */
function flatItem(item: unknown): (string | Uint8Array)[] {
  return typeof item === 'object' && item !== null && 'key' in item && 'value' in item
    ? flat([item.key, item.value])
    : flat(item);
}
