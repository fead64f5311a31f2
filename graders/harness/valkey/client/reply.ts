/**
 * A reply as the protocol carries it (RESP2 and RESP3). Client libraries fold these types together; a
 * command file's replies must be printed as valkey-cli prints them, which needs them apart.
 * Source: https://valkey.io/topics/protocol/
 */
export type Reply =
  | ({ type: 'status' | 'error' | 'integer' | 'double'; value: string } & Cut)
  | ({ type: 'bulk' | 'verbatim'; value: Buffer } & Cut)
  | { type: 'boolean'; value: boolean }
  | { type: 'nil' }
  | ({ type: 'array' | 'set' | 'push'; items: Reply[] } & Cut)
  /** Keys and values take turns. */
  | ({ type: 'map'; items: Reply[] } & Cut);

interface Cut {
  /** How many bytes at its end were read and not kept; of an aggregate, those of its last items. */
  missing?: number;
}

/** How many bytes of a reply were read and not kept, wherever in it. */
export function missingBytes(reply: Reply): number {
  const own = 'missing' in reply ? (reply.missing ?? 0) : 0;
  return 'items' in reply ? reply.items.reduce((sum, item) => sum + missingBytes(item), own) : own;
}
