import { type Bytes, toBuffer } from '../../base/bytes.ts';
import type { KeySnapshot, Keyspace } from '../../evidence/evidence.ts';
import type { GraderSession } from './grader-session.ts';

/** Keys of one database that have a digest, and bytes that one of them may take in the server. */
const KEYS = 100;
const BYTES = 16 * 1024 * 1024;

/**
 * Tells of a key by 40 hexadecimal digits whether it is the same. DUMP has the elements of sets and hashes in the order
 * of their table, which may change by itself: of these each element counts, in whatever order. Empty for a key that is
 * too large, or of a module that cannot dump it.
 */
const DIGEST = `
local key, most = KEYS[1], tonumber(ARGV[1])
local call, kind = redis.call, redis.call('TYPE', KEYS[1]).ok
if (call('MEMORY', 'USAGE', key) or 0) > most then return '' end
local scan = ({ set = 'SSCAN', hash = 'HSCAN' })[kind]
if not scan then
  local dump = redis.pcall('DUMP', key)
  return type(dump) == 'string' and redis.sha1hex(dump) or ''
end
local parts, sums, told, cursor = kind == 'hash' and 2 or 1, { 0, 0, 0, 0, 0 }, {}, '0'
repeat
  local page = call(scan, key, cursor, 'COUNT', 1000)
  for index = 1, #page[2], parts do
    local name = page[2][index]
    if not told[name] then
      told[name] = true
      local hash = redis.sha1hex(redis.sha1hex(name) .. redis.sha1hex(page[2][index + parts - 1]))
      for part = 1, 5 do
        sums[part] = (sums[part] + tonumber(hash:sub(part * 8 - 7, part * 8), 16)) % 4294967296
      end
    end
  end
  cursor = page[1]
until cursor == '0'
return string.format('%08x%08x%08x%08x%08x', unpack(sums))
`;

/** A keyspace with the digests of keys whose content is not all listed: of those that are `wanted`, by database. */
export async function withDigests(
  session: GraderSession,
  keyspace: Keyspace,
  wanted: (db: number, key: KeySnapshot) => boolean,
): Promise<Keyspace> {
  const databases: Keyspace['databases'] = [];
  for (const database of keyspace.databases) {
    const keys = database.keys.filter((key) => wanted(database.index, key)).slice(0, KEYS);
    const digests = await digestsOf(session, database.index, keys);
    databases.push({
      ...database,
      keys:
        digests.size === 0 ? database.keys : database.keys.map((key) => withDigest(key, digests.get(key))),
    });
  }
  return { databases };
}

/** Tells the keys that have a digest in another keyspace. */
export function digestedIn({ databases }: Keyspace): (db: number, key: KeySnapshot) => boolean {
  const names = new Set(
    databases.flatMap(({ index, keys }) =>
      keys.flatMap(({ key, digest }) => (digest === undefined ? [] : [placeOf(index, key)])),
    ),
  );
  return (db, { key }) => names.has(placeOf(db, key));
}

function placeOf(db: number, key: Bytes): string {
  return `${db} ${JSON.stringify(key)}`;
}

function withDigest(key: KeySnapshot, digest: string | undefined): KeySnapshot {
  return digest === undefined ? key : { ...key, digest };
}

async function digestsOf(
  session: GraderSession,
  db: number,
  keys: readonly KeySnapshot[],
): Promise<Map<KeySnapshot, string>> {
  if (keys.length === 0) return new Map();
  await session.call('SELECT', String(db));
  const replies = await session.tryAll(
    keys.map(({ key }) => ['EVAL_RO', DIGEST, '1', toBuffer(key), String(BYTES)]),
  );
  await session.call('SELECT', '0');
  return new Map(keys.map((key, index) => [key, String(replies[index] ?? '')]));
}
