import { compareValues, cutValue, toBytes, toValue, type Value } from './bytes.ts';
import type { KeySnapshot } from './evidence.ts';
import type { GraderSession } from './grader-session.ts';
import { claimsHyperLogLog } from './hyperloglog.ts';
import { EvidenceLimits } from './limits.ts';

/** Bytes of values after which one answer of the server is long enough. */
const ANSWER_BYTES = 512 * 1024;
/** Parts of which the answer tells each key: its type, its expiry, its size and its value. */
const PARTS = 4;

/**
 * Reads keys inside of the server: of each its type, its expiry, its size, and as much of its value as
 * evidence keeps. A key by itself takes five commands otherwise, and what a client does for each of these is
 * what a snapshot of many keys takes its time for. While a script runs no key expires, so that all that is
 * told of one belongs together. What it answers may end early: the next call goes on from there.
 */
const READER = `
local elements, valueBytes, answerBytes = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local call = redis.call
local last = elements - 1
local function page(command, key)
  return call(command, key, 0, 'COUNT', elements)[2]
end
local readers = {
  string = function(key)
    return call('STRLEN', key), call('GETRANGE', key, 0, valueBytes - 1)
  end,
  list = function(key)
    return call('LLEN', key), call('LRANGE', key, 0, last)
  end,
  set = function(key)
    local size = call('SCARD', key)
    return size, size > elements and page('SSCAN', key) or call('SMEMBERS', key)
  end,
  zset = function(key)
    return call('ZCARD', key), call('ZRANGE', key, 0, last, 'WITHSCORES')
  end,
  hash = function(key)
    local size = call('HLEN', key)
    return size, size > elements and page('HSCAN', key) or call('HGETALL', key)
  end,
}
local answer, bytes, at = {}, 0, 0
for _, key in ipairs(KEYS) do
  local kind = call('TYPE', key).ok
  local reader, size, value = readers[kind], 0, false
  if reader then size, value = reader(key) end
  answer[at + 1], answer[at + 2], answer[at + 3], answer[at + 4] = kind, call('PEXPIRETIME', key), size, value
  at = at + 4
  if type(value) == 'table' then
    for _, item in ipairs(value) do bytes = bytes + #item end
  elseif value then
    bytes = bytes + #value
  end
  if bytes > answerBytes then break end
end
return answer
`;

/** What the server answers of one key. */
type Answer = [type: Buffer, expiry: number, size: number, value: unknown];

/** What the server answered of some keys: of the first of those that were asked for. */
export interface Answers {
  names: readonly Buffer[];
  answers: readonly Answer[];
}

/** Has the server read keys, by their names. It answers of the first of them, and of all where these are small. */
export async function askForKeys(session: GraderSession, names: readonly Buffer[]): Promise<Answers> {
  const { elements, valueBytes } = EvidenceLimits;
  const limits = [elements, valueBytes, ANSWER_BYTES].map(String);
  const [reply] = await session.callAll([['EVAL_RO', READER, String(names.length), ...names, ...limits]]);
  const parts = reply as unknown[];
  const answers = Array.from(
    { length: parts.length / PARTS },
    (_, index) => parts.slice(index * PARTS, (index + 1) * PARTS) as Answer,
  );
  return { names: names.slice(0, answers.length), answers };
}

/** The keys that were there as evidence, how many bytes they are with their values, and how many elements. */
export async function keysOf(
  session: GraderSession,
  { names, answers }: Answers,
): Promise<{ keys: KeySnapshot[]; bytes: number; elements: number }> {
  const hyperloglogs = await countHyperLogLogs(session, { names, answers });
  const keys: KeySnapshot[] = [];
  let bytes = 0;
  let elements = 0;
  for (const [index, [type, expiry, size, value]] of answers.entries()) {
    const name = names[index] ?? Buffer.alloc(0);
    const kind = type.toString();
    // Asked for by name and never there, or expired meanwhile.
    if (kind === 'none') continue;
    bytes += name.length + bytesOf(value);
    elements += Array.isArray(value) ? value.length : 0;
    keys.push({
      key: toBytes(name),
      expireAt: expiry >= 0 ? expiry : null,
      ...content(kind, size, value),
      ...hyperloglogs.get(index),
    });
  }
  return { keys, bytes, elements };
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

function bytesOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + bytesOf(item), 0);
  return Buffer.isBuffer(value) ? value.length : 0;
}

type Content = KeySnapshot extends infer Key
  ? Key extends unknown
    ? Omit<Key, 'key' | 'expireAt'>
    : never
  : never;

function content(type: string, size: number, value: unknown): Content {
  const items = value as Buffer[];
  switch (type) {
    case 'string':
      return { type, size, value: stringValue(value as Buffer, size) };
    case 'list':
      return { type, size, items: items.map(element) };
    case 'set':
      return { type, size, members: items.map(element).sort(compareValues) };
    case 'zset':
      return {
        type,
        size,
        members: pairs(items).map(([member, score]) => ({
          member: element(member),
          score: score.toString(),
        })),
      };
    case 'hash':
      return {
        type,
        size,
        fields: pairs(items)
          .map(([field, content]) => ({ field: element(field), value: element(content) }))
          .sort((left, right) => compareValues(left.field, right.field)),
      };
    default:
      return { type: 'other', name: type };
  }
}

function stringValue(head: Buffer, size: number): Value {
  return head.length < size ? cutValue(head, size) : toBytes(head);
}

function pairs(list: readonly Buffer[]): [Buffer, Buffer][] {
  const result: [Buffer, Buffer][] = [];
  for (let index = 0; index + 1 < list.length; index += 2) {
    result.push([list[index] as Buffer, list[index + 1] as Buffer]);
  }
  return result;
}

function element(buffer: Buffer): Value {
  return toValue(buffer, EvidenceLimits.valueBytes);
}
