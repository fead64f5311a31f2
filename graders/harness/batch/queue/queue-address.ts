import { UsageError } from '../../base/errors.ts';

/** Where the queue's Valkey is. */
export interface QueueAddress {
  host: string;
  port: number;
  username?: string;
  password?: string;
  db: number;
  tls: boolean;
  /** For messages: without name and password. */
  shown: string;
}

const SCHEMES: Record<string, { tls: boolean }> = {
  'valkey:': { tls: false },
  'redis:': { tls: false },
  'valkeys:': { tls: true },
  'rediss:': { tls: true },
};

/**
 * Reads `valkey://[user:password@]host[:port][/database]`; `valkeys://` for TLS, `redis://` and `rediss://` as
 * others write them. Throws UsageError, in whose message no part of the address is repeated: it may be a secret.
 */
export function parseQueueAddress(text: string): QueueAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const scheme = SCHEMES[url?.protocol ?? ''];
  const [, db] = /^\/?(\d{0,4})$/.exec(url?.pathname ?? 'none') ?? [];
  if (!url || !scheme || url.hostname === '' || db === undefined || url.search !== '' || url.hash !== '')
    throw new UsageError(
      'The address of the queue is none. It is written valkey://user:password@host:6379/0; valkeys:// for TLS.',
    );
  const port = Number(url.port || 6379);
  return {
    // An IPv6 address stands in brackets.
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port,
    ...(url.username !== '' && { username: decoded(url.username) }),
    ...(url.password !== '' && { password: decoded(url.password) }),
    db: Number(db),
    tls: scheme.tls,
    shown: `${url.hostname}:${port}`,
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A % that begins no escape: then it stands for itself.
    return text;
  }
}
