import type { Value } from '../../base/bytes.ts';
import { element, replied } from './answered.ts';
import { type Answered, defineDataType } from './data-type.ts';

export const list = defineDataType<'list', Value>({
  title: 'list',
  element: 'item',
  elements: 'items',
  columns: ['Index', 'Item'],
  order: 'place',
  lua: "return call('LLEN', key), inOrder(1, 'LRANGE', key)",
  content: (size, value) => ({ type: 'list', size, items: (value as Answered[]).map(element) }),
  async ask(client, name) {
    const items = (await client.flat('LRANGE', name, '0', '-1')).map(replied);
    return { type: 'list', size: items.length, items };
  },
  items: ({ items }) => items,
  withItems: (key, items) => ({ ...key, items }),
  nameOf: (item) => item,
});
