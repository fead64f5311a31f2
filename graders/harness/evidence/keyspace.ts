import { type Static, Union } from 'typebox';
import type { Bytes as BytesType, Value as ValueType } from '../base/bytes.ts';
import { count, list, named, object, ref, schemaOf, text } from '../base/document/define.ts';
import type { KeySnapshot } from './data-types/key.ts';

const base64 = object({ base64: text('Bytes that are not UTF-8.') });

/** See bytes.ts, which has what is done with them. */
export const Bytes = schemaOf<BytesType>()(Union([text(), base64]));
export const Value = schemaOf<ValueType>()(
  Union([text(), base64, object({ head: ref<BytesType>('bytes'), length: count() })], {
    description: 'Text, or bytes in base64, or the head of what was too long to keep.',
  }),
);

/** A value, where a document has one. */
export const value = ref<ValueType>('value');

export const DatabaseSnapshot = object({
  index: count('Its number.'),
  size: count('How many keys it holds: more than are listed where it was cut.'),
  keys: list(ref<KeySnapshot>('key'), 'Ordered by the bytes of their names.'),
});
export interface DatabaseSnapshot extends Static<typeof DatabaseSnapshot> {}

/** The keyspace of one server. */
export const Keyspace = object({ databases: list(named<DatabaseSnapshot>(DatabaseSnapshot)) });
export interface Keyspace extends Static<typeof Keyspace> {}
