import type { Value } from '../../base/bytes.ts';
import { count } from '../../base/text/count.ts';
import { showArgument } from '../../base/text/printable.ts';
import { element, pairs, replied, textIn } from './answered.ts';
import { type Answered, type Ask, defineDataType } from './data-type.ts';
import type { ConsumerGroup, StreamEntry } from './key.ts';
import { flatIn, mapIn, pairsIn } from './reply-shapes.ts';

/** What the server answers of a stream, see the Lua below. */
type AnsweredStream = [
  lastId: Buffer,
  entriesAdded: number,
  entries: (Buffer | Answered[])[],
  groupCount: number,
  groups: AnsweredGroup[],
];
type AnsweredGroup = [
  name: Answered,
  lastDeliveredId: Buffer,
  entriesRead: number | null,
  pendingCount: number,
  pending: [id: Buffer, consumer: Answered, deliveries: number][],
  consumerCount: number,
  consumers: [name: Answered, pending: number][],
];

export const stream = defineDataType<'stream', StreamEntry>({
  title: 'stream',
  element: 'entry',
  elements: 'entries',
  columns: ['Id', 'Fields'],
  order: 'id',
  lua: `local function about(reply)
      local told = {}
      for index = 1, #reply, 2 do told[reply[index]] = reply[index + 1] end
      return told
    end
    local function keepEntry(entries, entry)
      local size, fields = #entry[1], {}
      for index, part in ipairs(entry[2]) do
        size = size + math.min(#part, valueBytes)
        fields[index] = cut(part)
      end
      if not take(size, math.max(1, #fields / 2)) then return false end
      entries[#entries + 1] = entry[1]
      entries[#entries + 1] = fields
      return true
    end
    -- Groups come first, and take half of the room at most: what they have done is not hidden behind a long stream.
    local elementsKept, bytesKept = math.floor(elementsLeft / 2), math.floor(bytesLeft / 2)
    elementsLeft, bytesLeft = elementsLeft - elementsKept, bytesLeft - bytesKept
    local groups, allGroups = {}, call('XINFO', 'GROUPS', key)
    for _, reply in ipairs(allGroups) do
      local group = about(reply)
      if not take(math.min(#group.name, valueBytes), 1) then break end
      local consumers, allConsumers, longest = {}, call('XINFO', 'CONSUMERS', key, group.name), 1
      for _, one in ipairs(allConsumers) do
        local consumer = about(one)
        longest = math.max(longest, #consumer.name)
        if take(math.min(#consumer.name, valueBytes), 1) then
          consumers[#consumers + 1] = { cut(consumer.name), consumer.pending }
        end
      end
      -- Each entry names its consumer, whose name may be long.
      local pending, start, many = {}, '-', math.max(1, math.min(1000, math.floor(1048576 / longest)))
      repeat
        local page, hadRoom = call('XPENDING', key, group.name, start, '+', many), true
        for _, one in ipairs(page) do
          hadRoom = hadRoom and take(#one[1] + math.min(#one[2], valueBytes), 1)
          if hadRoom then pending[#pending + 1] = { one[1], cut(one[2]), one[4] } end
          start = '(' .. one[1]
        end
      until #page < many or not hadRoom
      groups[#groups + 1] = {
        cut(group.name), group['last-delivered-id'], group['entries-read'] or false, group.pending, pending,
        #allConsumers, consumers,
      }
    end
    elementsLeft, bytesLeft = elementsLeft + elementsKept, bytesLeft + bytesKept
    local entries, from, isRoom = {}, '-', true
    repeat
      local seen = bytesLeft
      local page = call('XRANGE', key, from, '+', 'COUNT', window)
      for _, entry in ipairs(page) do
        isRoom = isRoom and keepEntry(entries, entry)
        from = '(' .. entry[1]
      end
      widen(seen)
    until #page == 0 or not isRoom
    local told = about(call('XINFO', 'STREAM', key))
    return told.length, { told['last-generated-id'], told['entries-added'] or 0, entries, #allGroups, groups }`,
  content(size, value) {
    const [lastId, entriesAdded, entries, groupCount, groups] = value as AnsweredStream;
    return {
      type: 'stream',
      size,
      entries: pairs(entries).map(([id, fields]) => ({
        id: String(id),
        fields: pairs(fields as Answered[]).map(([field, content]) => ({
          field: element(field),
          value: element(content),
        })),
      })),
      lastId: lastId.toString(),
      entriesAdded,
      groupCount,
      groups: groups.map(groupIn),
    };
  },
  async ask(client, name) {
    const [about, entries, groups] = [
      mapIn(await client.nested('XINFO', 'STREAM', name)),
      pairsIn(await client.nested('XRANGE', name, '-', '+')),
      await client.nested('XINFO', 'GROUPS', name),
    ];
    const listed: ConsumerGroup[] = [];
    for (const group of groups as unknown[]) listed.push(await askForGroup(client, name, mapIn(group)));
    return {
      type: 'stream',
      size: entries.length,
      entries: entries.map(([id, fields]) => ({
        id: textIn(id),
        fields: pairs(flatIn(fields)).map(([field, value]) => ({
          field: replied(field),
          value: replied(value),
        })),
      })),
      lastId: textIn(about.get('last-generated-id')),
      entriesAdded: Number(textIn(about.get('entries-added'))),
      groupCount: listed.length,
      groups: listed,
    };
  },
  items: ({ entries }) => entries,
  withItems: (key, entries) => ({ ...key, entries }),
  nameOf: ({ id }) => id,
  besideOf: ({ fields }) => fieldsInWords(fields),
  hasWordsBeside: true,
  hasMore: ({ groupCount, groups }) =>
    groups.length < groupCount ||
    groups.some(
      ({ pending, consumers }) =>
        pending.entries.length < pending.size || consumers.listed.length < consumers.size,
    ),
  factsOf: ({ groups }) => groups.map((group) => [`group ${showArgument(group.name)}`, groupInWords(group)]),
});

function groupIn([
  name,
  lastDeliveredId,
  entriesRead,
  size,
  pending,
  all,
  consumers,
]: AnsweredGroup): ConsumerGroup {
  return {
    name: element(name),
    lastDeliveredId: lastDeliveredId.toString(),
    entriesRead,
    pending: {
      size,
      entries: pending.map(([id, consumer, deliveries]) => ({
        id: id.toString(),
        consumer: element(consumer),
        deliveries,
      })),
    },
    consumers: {
      size: all,
      listed: consumers.map(([consumer, held]) => ({ name: element(consumer), pending: held })),
    },
  };
}

async function askForGroup(
  client: Ask,
  key: string,
  about: ReadonlyMap<string, unknown>,
): Promise<ConsumerGroup> {
  const group = textIn(about.get('name'));
  const consumers = ((await client.nested('XINFO', 'CONSUMERS', key, group)) as unknown[]).map(mapIn);
  const size = Number(textIn(about.get('pending')));
  const pending =
    size === 0 ? [] : ((await client.nested('XPENDING', key, group, '-', '+', String(size))) as unknown[]);
  const read = about.get('entries-read') ?? null;
  return {
    name: replied(about.get('name') as string | Uint8Array),
    lastDeliveredId: textIn(about.get('last-delivered-id')),
    entriesRead: read === null ? null : Number(textIn(read)),
    pending: {
      size,
      entries: pending.map((one) => {
        const [id, consumer, , deliveries] = one as [unknown, string | Uint8Array, unknown, unknown];
        return { id: textIn(id), consumer: replied(consumer), deliveries: Number(textIn(deliveries)) };
      }),
    },
    consumers: {
      size: consumers.length,
      listed: consumers.map((consumer) => ({
        name: replied(consumer.get('name') as string | Uint8Array),
        pending: Number(textIn(consumer.get('pending'))),
      })),
    },
  };
}

/** The fields of an entry, as they stand in a command. */
export function fieldsInWords(fields: readonly { field: Value; value: Value }[]): string {
  return fields.map(({ field, value }) => `${showArgument(field)} ${showArgument(value)}`).join(' ');
}

function groupInWords({ lastDeliveredId, pending, consumers }: ConsumerGroup): string {
  const owners = consumers.listed
    .filter((consumer) => consumer.pending > 0)
    .map((consumer) => `${showArgument(consumer.name)} ${consumer.pending}`);
  const whose = owners.length > 0 ? ` (${owners.join(', ')})` : '';
  return `delivered up to ${lastDeliveredId}, ${pending.size} pending${whose}, ${count(consumers.size, 'consumer')}`;
}
