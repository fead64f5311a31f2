import type { Value } from '../base/bytes.ts';
import { type Body, type Options, size } from './evidence.ts';

/** Entries by their ids, each with its fields; of a group, how far it has read, and who has which entries. */
export const stream = (
  entries: Record<string, Record<string, Value>>,
  groups: Record<string, { last?: string; pending?: Record<string, string> }> = {},
  options: Options & { added?: number } = {},
): Body => ({
  type: 'stream',
  entries: Object.entries(entries).map(([id, fields]) => ({
    id,
    fields: Object.entries(fields).map(([field, value]) => ({ field, value })),
  })),
  lastId: Object.keys(entries).at(-1) ?? '0-0',
  entriesAdded: options.added ?? Object.keys(entries).length,
  groupCount: Object.keys(groups).length,
  groups: Object.entries(groups).map(([name, { last = '0-0', pending = {} }]) => {
    const owners = [...new Set(Object.values(pending))];
    return {
      name,
      lastDeliveredId: last,
      entriesRead: null,
      pending: {
        size: Object.keys(pending).length,
        entries: Object.entries(pending).map(([id, consumer]) => ({ id, consumer, deliveries: 1 })),
      },
      consumers: {
        size: owners.length,
        listed: owners.map((owner) => ({
          name: owner,
          pending: Object.values(pending).filter((other) => other === owner).length,
        })),
      },
    };
  }),
  ...size(Object.keys(entries).length, options),
});
