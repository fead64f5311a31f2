import { compareValues, type Value } from '../../base/bytes.ts';
import { element, pairs, replied, textIn } from './answered.ts';
import { type Answered, type Ask, defineDataType } from './data-type.ts';
import type { HashField } from './key.ts';

export const hash = defineDataType<'hash', HashField>({
  title: 'hash',
  element: 'field',
  elements: 'fields',
  columns: ['Field', 'Value'],
  order: 'bytes',
  // A hash with fields that expire is never a listpack, so small ones without such fields cost one command more.
  lua: `local size, items = anyOrder(2, call('HLEN', key), 'HGETALL', 'HSCAN', key)
    if call('OBJECT', 'ENCODING', key) == 'listpack' then return size, { items } end
    if fieldsExpire == nil then fieldsExpire = call('COMMAND', 'INFO', 'HPEXPIRETIME')[1] and true or false end
    if not fieldsExpire then return size, { items } end
    local expiries = {}
    for from = 1, #items, 1000 do
      local names = {}
      for index = from, math.min(from + 999, #items), 2 do
        local name = items[index]
        names[#names + 1] = type(name) == 'string' and name or ''
      end
      for _, expiry in ipairs(call('HPEXPIRETIME', key, 'FIELDS', #names, unpack(names))) do
        expiries[#expiries + 1] = expiry
      end
    end
    return size, { items, expiries }`,
  content(size, value) {
    const [kept, expiries = []] = value as [Answered[], number[]?];
    return {
      type: 'hash',
      size,
      fields: pairs(kept)
        .map(([field, content], index) => fieldOf(element(field), element(content), expiries[index]))
        .sort((left, right) => compareValues(left.field, right.field)),
    };
  },
  async ask(client, name) {
    const found = pairs(await client.flat('HGETALL', name));
    const expiries = await expiriesOf(
      client,
      name,
      found.map(([field]) => textIn(field)),
    );
    const fields = found
      .map(([field, value], index) => fieldOf(replied(field), replied(value), expiries[index]))
      .sort((left, right) => compareValues(left.field, right.field));
    return { type: 'hash', size: fields.length, fields };
  },
  items: ({ fields }) => fields,
  withItems: (key, fields) => ({ ...key, fields }),
  nameOf: ({ field }) => field,
  besideOf: ({ value }) => value,
  expiryOf: ({ expireAt }) => expireAt,
});

/** A negative expiry is none. */
function fieldOf(field: Value, value: Value, expireAt = -1): HashField {
  return expireAt >= 0 ? { field, value, expireAt } : { field, value };
}

/** When the fields expire; nothing on a server whose fields do not. */
async function expiriesOf(client: Ask, name: string, fields: readonly string[]): Promise<number[]> {
  if (fields.length === 0) return [];
  try {
    const told = await client.flat('HPEXPIRETIME', name, 'FIELDS', String(fields.length), ...fields);
    return told.map((expiry) => Number(textIn(expiry)));
  } catch {
    // A server before Valkey 9 has no such command.
    return [];
  }
}
