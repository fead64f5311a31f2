import { toBytes } from '../../base/bytes.ts';
import { DATA_TYPES, isDataType } from '../../evidence/data-types/index.ts';
import type { KeyContent, KeySnapshot } from '../../evidence/evidence.ts';
import { claimsHyperLogLog } from '../../evidence/hyperloglog.ts';
import { EvidenceLimits } from '../../evidence/limits.ts';
import type { GraderSession } from './grader-session.ts';

/** Bytes of values after which one answer of the server is long enough. */
const ANSWER_BYTES = 512 * 1024;
/** Parts of which the answer tells each key: its type, its expiry, its size and its value. */
const PARTS = 4;

/**
 * Reads keys inside of the server: of each its type, its expiry, its size, and as much of its value as
 * evidence keeps. A key by itself takes five commands otherwise, and what a client does for each of these is
 * what a snapshot of many keys takes its time for. While a script runs no key expires, so that all that is
 * told of one belongs together. What it answers may end early: the next call goes on from there.
 *
 * It reads the database of the connection, or the one that is named, and tells the time by the server's clock.
 *
 * Elements are read a few at a time, the fewer the larger they are, so that the server never holds a second
 * copy of a large key. Of each it answers the head.
 */
export const KEY_READER = `
local elements, keyBytes, valueBytes, answerBytes = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local bytesRoom, elementsRoom, certain = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local call = redis.call
if ARGV[8] then call('SELECT', ARGV[8]) end
local bytesLeft, elementsLeft, kept, window
local fieldsExpire
local function cut(text) return #text <= valueBytes and text or { text:sub(1, valueBytes), #text } end
-- Says whether there is room for so many bytes and elements of one key, and takes it.
local function take(size, count)
  if elementsLeft < count or size > bytesLeft then return false end
  elementsLeft, bytesLeft = elementsLeft - count, bytesLeft - size
  return true
end
-- Has more elements read in one go, or fewer, by how many bytes were left before the last ones.
local function widen(seen)
  window = seen - bytesLeft < 65536 and math.min(window * 2, 1000) or math.max(math.floor(window / 4), 1)
end
-- Keeps elements of one key, each of so many parts, and says whether there is room for more.
local function keep(parts, items)
  local seen = bytesLeft
  for index = 1, #items, parts do
    local size = 0
    for part = index, index + parts - 1 do size = size + math.min(#items[part], valueBytes) end
    if not take(size, 1) then return false end
    for part = index, index + parts - 1 do kept[#kept + 1] = cut(items[part]) end
  end
  widen(seen)
  return elementsLeft > 0
end
local function inOrder(parts, command, key, ...)
  local start = 0
  repeat
    local stop = start + window
    local items = call(command, key, start, stop - 1, ...)
    start = stop
  until #items == 0 or not keep(parts, items)
  return kept
end
local function anyOrder(parts, size, whole, scan, key)
  if size <= 100 then
    keep(parts, call(whole, key))
    return size, kept
  end
  local cursor, told = '0', {}
  repeat
    local page = call(scan, key, cursor, 'COUNT', window)
    local fresh = {}
    -- One may be given twice.
    for index = 1, #page[2], parts do
      local name = page[2][index]
      if not told[name] then
        told[name] = true
        for part = index, index + parts - 1 do fresh[#fresh + 1] = page[2][part] end
      end
    end
    cursor = page[1]
  until not keep(parts, fresh) or cursor == '0'
  return size, kept
end
local readers = {
${Object.entries(DATA_TYPES)
  .map(
    ([type, { lua }]) => `  ${type} = function(key)
    ${lua}
  end,`,
  )
  .join('\n')}
}
local answer, bytes, count = {}, 0, 0
for index, key in ipairs(KEYS) do
  if index > certain and (bytes >= bytesRoom or count >= elementsRoom) then break end
  bytesLeft = math.max(0, math.min(keyBytes, bytesRoom - bytes - #key))
  elementsLeft = math.max(0, math.min(elements, elementsRoom - count))
  kept, window = {}, 16
  local kind = call('TYPE', key).ok
  local reader, size, value = readers[kind], 0, false
  local bytesBefore, elementsBefore = bytesLeft, elementsLeft
  if reader then size, value = reader(key) end
  local at = #answer
  answer[at + 1], answer[at + 2], answer[at + 3], answer[at + 4] = kind, call('PEXPIRETIME', key), size, value
  bytes = bytes + #key + bytesBefore - bytesLeft + (type(value) == 'string' and #value or 0)
  count = count + elementsBefore - elementsLeft
  if bytes > answerBytes then break end
end
return { bytes, count, answer, call('TIME') }
`;

/** What the reader replies: bytes and elements that it read, the answers' parts, seconds and microseconds. */
export type ReaderReply = [bytes: number, count: number, parts: unknown[], time: [Buffer, Buffer]];

/** What the server answers of one key. */
type Answer = [type: Buffer, expiry: number, size: number, value: unknown];

/** What the server answered of some keys: of the first of those that were asked for. */
export interface Answers {
  names: readonly Buffer[];
  answers: readonly Answer[];
}

/** How much may still be kept of a keyspace. */
export class Room {
  bytes: number = EvidenceLimits.keyspaceBytes;
  elements: number = EvidenceLimits.keyspaceElements;

  get isUsedUp(): boolean {
    return this.bytes <= 0 || this.elements <= 0;
  }
}

/**
 * Has the server read keys, by their names, as far as there is room, which gets smaller. It answers of the first
 * of them, and of all where these are small; of the first ones, as many as are certain, it tells at least that
 * they are there.
 */
export async function askForKeys(
  session: GraderSession,
  names: readonly Buffer[],
  room: Room,
  certain: number,
): Promise<Answers> {
  const { elements, keyBytes, valueBytes } = EvidenceLimits;
  const limits = [elements, keyBytes, valueBytes, ANSWER_BYTES, room.bytes, room.elements, certain];
  const [reply] = await session.callAll([
    ['EVAL_RO', KEY_READER, String(names.length), ...names, ...limits.map(String)],
  ]);
  const [bytes, count] = reply as ReaderReply;
  room.bytes -= bytes;
  room.elements -= count;
  return answersOf(names, reply);
}

/** What the reader replied, strings as buffers, for the names that it was given. */
export function answersOf(names: readonly Buffer[], reply: unknown): Answers {
  const [, , parts] = reply as ReaderReply;
  const answers = Array.from(
    { length: parts.length / PARTS },
    (_, index) => parts.slice(index * PARTS, (index + 1) * PARTS) as Answer,
  );
  return { names: names.slice(0, answers.length), answers };
}

/** The keys that were there as evidence. */
export async function keysOf(session: GraderSession, found: Answers): Promise<KeySnapshot[]> {
  return keysIn(found, await countHyperLogLogs(session, found));
}

/** The keys that were there as evidence, HyperLogLogs with what is counted in them where it is given, by their index. */
export function keysIn(
  { names, answers }: Answers,
  hyperloglogs: ReadonlyMap<number, { hyperloglog: number }> = new Map(),
): KeySnapshot[] {
  return answers.flatMap(([type, expiry, size, value], index) => {
    const kind = type.toString();
    // Asked for by name and never there, or expired meanwhile.
    if (kind === 'none') return [];
    return {
      key: toBytes(names[index] ?? Buffer.alloc(0)),
      expireAt: expiry >= 0 ? expiry : null,
      ...content(kind, size, value),
      ...hyperloglogs.get(index),
    };
  });
}

/** What the server counts in those of the strings that are HyperLogLogs, by their index. */
async function countHyperLogLogs(
  session: GraderSession,
  { names, answers }: Answers,
): Promise<Map<number, { hyperloglog: number }>> {
  const found = names.flatMap((name, index) => {
    const value = answers[index]?.[3];
    return Buffer.isBuffer(value) && claimsHyperLogLog(value) ? [{ name, index }] : [];
  });
  // Of one key PFCOUNT notes the result in the value, and so changes it. Of a union it does not, not even
  // where both are the same key. It refuses what only begins like a HyperLogLog.
  const counts = await session.tryAll(found.map(({ name }) => ['PFCOUNT', name, name]));
  return new Map(
    found.flatMap(({ index }, position) => {
      const count = counts[position];
      return count === undefined ? [] : [[index, { hyperloglog: Number(count) }] as const];
    }),
  );
}

function content(type: string, size: number, value: unknown): KeyContent {
  return isDataType(type) ? DATA_TYPES[type].content(size, value) : { type: 'other', name: type };
}
