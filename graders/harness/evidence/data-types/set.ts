import { compareValues, type Value } from '../../base/bytes.ts';
import { element, replied } from './answered.ts';
import { type Answered, defineDataType } from './data-type.ts';

export const set = defineDataType<'set', Value>({
  title: 'set',
  element: 'member',
  elements: 'members',
  columns: ['Member', null],
  order: 'bytes',
  lua: "return anyOrder(1, call('SCARD', key), 'SMEMBERS', 'SSCAN', key)",
  content: (size, value) => ({
    type: 'set',
    size,
    members: (value as Answered[]).map(element).sort(compareValues),
  }),
  async ask(client, name) {
    const members = (await client.flat('SMEMBERS', name)).map(replied).sort(compareValues);
    return { type: 'set', size: members.length, members };
  },
  items: ({ members }) => members,
  withItems: (key, members) => ({ ...key, members }),
  nameOf: (member) => member,
});
