import { cutValue, toBytes, type Value } from '../../base/bytes.ts';
import { claimsHyperLogLog } from '../hyperloglog.ts';
import { replied, textIn } from './answered.ts';
import { type Ask, defineDataType } from './data-type.ts';

export const string = defineDataType<'string', never>({
  title: 'string',
  element: 'byte',
  elements: 'bytes',
  columns: ['Value', null],
  order: 'place',
  lua: `local room = math.min(valueBytes, bytesLeft)
    return call('STRLEN', key), room > 0 and call('GETRANGE', key, 0, room - 1) or ''`,
  content: (size, value) => ({ type: 'string', size, value: headOf(value as Buffer, size) }),
  async ask(client, name) {
    const [value = ''] = await client.flat('GET', name);
    const bytes = Buffer.from(value);
    return {
      type: 'string',
      size: bytes.length,
      value: replied(value),
      ...(claimsHyperLogLog(bytes) && (await countOf(client, name))),
    };
  },
  items: () => [],
  withItems: (key) => key,
  nameOf: (item) => item,
});

function headOf(head: Buffer, size: number): Value {
  return head.length < size ? cutValue(head, size) : toBytes(head);
}

/** What the server counts in a HyperLogLog; nothing where it only begins like one. */
async function countOf(client: Ask, name: string): Promise<{ hyperloglog?: number }> {
  try {
    // Of a union the server does not note the result in the value, not even of a key with itself.
    const [counted] = await client.flat('PFCOUNT', name, name);
    return { hyperloglog: Number(textIn(counted)) };
  } catch {
    // The server refuses what is no HyperLogLog.
    return {};
  }
}
