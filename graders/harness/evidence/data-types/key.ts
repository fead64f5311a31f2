import { Integer, Literal, Optional, type Static, type TProperties } from 'typebox';
import type { Bytes, Value } from '../../base/bytes.ts';
import { count, list, nullable, object, ref, tagged, text } from '../../base/document/define.ts';

const value = ref<Value>('value');

/** A key of one type: what all keys have, and the content of that type. */
function key<Type extends string, Content extends TProperties>(type: Type, content: Content) {
  return object({
    key: ref<Bytes>('bytes'),
    expireAt: nullable(Integer(), 'Unix time in ms; null for no expiry.'),
    type: Literal(type),
    digest: Optional(
      text(
        'Of a key whose content is not all listed: what tells whether it is the same. Empty where the server could not tell. Only there for keys that a set-up made.',
      ),
    ),
    ...content,
  });
}

export const HashField = object({
  field: value,
  value,
  expireAt: Optional(
    Integer({ description: 'Unix time in ms. Only there for a field that expires by itself.' }),
  ),
});

export const StreamEntry = object({
  id: text(),
  fields: list(object({ field: value, value }), 'In the order in which they were added.'),
});

const Consumer = object({ name: value, pending: count('How many entries it has not acknowledged.') });

const PendingEntry = object({
  id: text(),
  consumer: value,
  deliveries: count('How often it was delivered.'),
});

/** A consumer group of a stream. */
export const ConsumerGroup = object({
  name: value,
  lastDeliveredId: text(),
  entriesRead: nullable(count(), 'How many entries it has read; null where the server cannot tell.'),
  pending: object(
    { size: count(), entries: list(PendingEntry) },
    'What was delivered and not acknowledged, ordered by id.',
  ),
  consumers: object({ size: count(), listed: list(Consumer) }),
});

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
  key('hash', {
    size: count(),
    fields: list(ref<HashField>('hashField')),
  }),
  key('stream', {
    size: count(),
    entries: list(ref<StreamEntry>('streamEntry'), 'Ordered by id.'),
    lastId: text('The id of the last entry that was ever added.'),
    entriesAdded: count('How many entries were ever added.'),
    groupCount: count('How many groups it has.'),
    groups: list(ref<ConsumerGroup>('consumerGroup'), 'Those that there was room for.'),
  }),
  key('other', { name: text('The type as TYPE names it: one that a module has brought.') }),
]);
// `& {}` makes a type of its own of it, which is told by its name.
export type KeySnapshot = Static<typeof KeySnapshot> & {};
export type HashField = Static<typeof HashField> & {};
export type ConsumerGroup = Static<typeof ConsumerGroup> & {};
export type StreamEntry = Static<typeof StreamEntry> & {};

/** What a key holds, without its name and its expiry. */
export type KeyContent = KeySnapshot extends infer Key
  ? Key extends unknown
    ? Omit<Key, 'key' | 'expireAt' | 'digest'>
    : never
  : never;
