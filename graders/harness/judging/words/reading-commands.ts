/** The commands that read keys and leave them alone. Source: `readonly` in COMMAND INFO of Valkey 9.1. */
export const READING = new Set(
  `BITCOUNT BITFIELD_RO BITPOS DUMP EXISTS EXPIRETIME GEODIST GEOHASH GEOPOS GEORADIUSBYMEMBER_RO GEORADIUS_RO
  GEOSEARCH GET GETBIT GETRANGE HEXISTS HEXPIRETIME HGET HGETALL HKEYS HLEN HMGET HPEXPIRETIME HPTTL HRANDFIELD HSCAN
  HSTRLEN HTTL HVALS LCS LINDEX LLEN LPOS LRANGE MGET PEXPIRETIME PFCOUNT PTTL SCARD SDIFF SINTER SINTERCARD SISMEMBER
  SMEMBERS SMISMEMBER SORT_RO SRANDMEMBER SSCAN STRLEN SUBSTR SUNION TOUCH TTL TYPE XLEN XPENDING XRANGE XREAD
  XREVRANGE ZCARD ZCOUNT ZDIFF ZINTER ZINTERCARD ZLEXCOUNT ZMSCORE ZRANDMEMBER ZRANGE ZRANGEBYLEX ZRANGEBYSCORE ZRANK
  ZREVRANGE ZREVRANGEBYLEX ZREVRANGEBYSCORE ZREVRANK ZSCAN ZSCORE ZUNION`.split(/\s+/),
);

/** Commands that call Lua: what they do with keys is written in the script. */
const CALLING = /^(?:EVAL|EVALSHA|FCALL)(?:_RO)?$/;

/** What commands do to the key that they name: `uses` for some that do this and others that do that. */
export type CommandUse = 'reads' | 'writes' | 'calls a Lua script with' | 'uses';

/** What commands, by their names in upper case, do to the key that they name. */
export function useOf(names: readonly string[]): CommandUse {
  if (names.every((name) => CALLING.test(name))) return 'calls a Lua script with';
  // Reads with a purpose of its own: it may give the key a TTL on the way.
  const isReading = (name: string) => READING.has(name) || name === 'GETEX';
  if (names.every(isReading)) return 'reads';
  return names.some((name) => isReading(name) || CALLING.test(name)) ? 'uses' : 'writes';
}
