import { documentOf } from '../base/document/define.ts';
import type { Schema } from '../base/document/schema.ts';
import { Reply } from './answers.ts';
import { ConsumerGroup, HashField, KeySnapshot, StreamEntry } from './data-types/key.ts';
import { Evidence } from './evidence.ts';
import { Bytes, Keyspace, Value } from './keyspace.ts';

/** The JSON Schema of evidence documents: `graders/evidence.schema.json` is this, written out. */
export function evidenceSchema(): Schema {
  return documentOf('Evidence of one submission', Evidence, {
    bytes: Bytes,
    value: Value,
    keyspace: Keyspace,
    key: KeySnapshot,
    hashField: HashField,
    streamEntry: StreamEntry,
    consumerGroup: ConsumerGroup,
    reply: Reply,
  });
}
