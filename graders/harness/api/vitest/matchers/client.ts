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
