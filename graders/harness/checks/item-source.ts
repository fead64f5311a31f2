import { textOf, type Value } from '../evidence/bytes.ts';
import type { Schema } from './check.ts';
import { typeName } from './key-param.ts';
import { keyName, type RunView } from './run-view.ts';

/**
 * Items that the keyspace itself holds when the script has ended, so that a check asks for what is really
 * there, in every variant, and also where the script changed it.
 */
export type ItemSource =
  | { keys: string; type?: string; countOnly?: boolean }
  | { fields: string; countOnly?: boolean }
  | { values: string; countOnly?: boolean };

const countOnly: Schema = { type: 'boolean', description: 'True: how many there are, as one item.' };

export const ITEM_SOURCE_SCHEMA: Schema = {
  description: 'Items that the keyspace holds (database 0).',
  anyOf: [
    {
      type: 'object',
      additionalProperties: false,
      required: ['keys'],
      properties: {
        keys: { type: 'string', description: 'Names of keys that begin with this text.' },
        type: { enum: ['string', 'list', 'set', 'zset', 'hash', 'stream'] },
        countOnly,
      },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['fields'],
      properties: {
        fields: { type: 'string', description: 'The names of the fields of this hash.' },
        countOnly,
      },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['values'],
      properties: {
        values: { type: 'string', description: 'The values of the fields of this hash.' },
        countOnly,
      },
    },
  ],
};

/** The items of a source, or their number as one item. */
export function itemsFrom(source: ItemSource, run: RunView): string[] {
  const items = listItems(source, run);
  return source.countOnly ? [String(items.length)] : items;
}

function listItems(source: ItemSource, run: RunView): string[] {
  if ('keys' in source) {
    return run.keysAfter
      .filter(({ db, key }) => db === 0 && (source.type === undefined || typeName(key) === source.type))
      .flatMap(({ key }) => keyName(key) ?? [])
      .filter((name) => name.startsWith(source.keys));
  }
  const hash = run.key('fields' in source ? source.fields : source.values);
  if (hash?.type !== 'hash') return [];
  const texts: Value[] = hash.fields.map((entry) => ('fields' in source ? entry.field : entry.value));
  return texts.flatMap((text) => textOf(text) ?? []);
}
