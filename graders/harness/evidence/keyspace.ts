import { Integer, Literal, Optional, type Static, type TProperties, Union } from 'typebox';
import type { Bytes as BytesType, Value as ValueType } from '../base/bytes.ts';
import {
  count,
  list,
  named,
  nullable,
  object,
  ref,
  schemaOf,
  tagged,
  text,
} from '../base/document/define.ts';

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

/** A key of one type: what all keys have, and the content of that type. */
function key<Type extends string, Content extends TProperties>(type: Type, content: Content) {
  return object({
    key: ref<BytesType>('bytes'),
    expireAt: nullable(Integer(), 'Unix time in ms; null for no expiry.'),
    type: Literal(type),
    ...content,
  });
}

/** A key with its exact value. */
export const KeySnapshot = tagged('type', [
  key('string', {
    size: count(),
    value,
    hyperloglog: Optional(count('What PFCOUNT says of it. Only there for a string that is a HyperLogLog.')),
  }),
  key('list', { size: count(), items: list(value) }),
  key('set', { size: count(), members: list(value) }),
  key('zset', {
    size: count(),
    members: list(object({ member: value, score: text('As the server writes it.') })),
  }),
  key('hash', { size: count(), fields: list(object({ field: value, value })) }),
  key('other', { name: text('The type as TYPE names it, such as `stream`.') }),
]);
// `& {}` makes a type of its own of it, which is told by its name.
export type KeySnapshot = Static<typeof KeySnapshot> & {};

/** What a key holds, without its name and its expiry. */
export type KeyContent = KeySnapshot extends infer Key
  ? Key extends unknown
    ? Omit<Key, 'key' | 'expireAt'>
    : never
  : never;

export const DatabaseSnapshot = object({
  index: count('Its number.'),
  size: count('How many keys it holds: more than are listed where it was cut.'),
  keys: list(ref<KeySnapshot>('key'), 'Ordered by the bytes of their names.'),
});
export interface DatabaseSnapshot extends Static<typeof DatabaseSnapshot> {}

/** The keyspace of one server. */
export const Keyspace = object({ databases: list(named<DatabaseSnapshot>(DatabaseSnapshot)) });
export interface Keyspace extends Static<typeof Keyspace> {}
