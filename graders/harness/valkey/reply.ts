/**
 * A reply as the protocol carries it (RESP2 and RESP3). Client libraries fold these types together; a
 * command file's replies must be printed as valkey-cli prints them, which needs them apart.
 * Source: https://valkey.io/topics/protocol/
 */
export type Reply =
  | { type: 'status' | 'error' | 'integer' | 'double'; value: string }
  | { type: 'bulk' | 'verbatim'; value: Buffer }
  | { type: 'boolean'; value: boolean }
  | { type: 'nil' }
  | { type: 'array' | 'set' | 'push'; items: Reply[] }
  /** Keys and values take turns. */
  | { type: 'map'; items: Reply[] };
