type Row = readonly [why: string, names: string];

/**
 * What the learner's user must not run, and why. Together with what it may, every command and subcommand of the
 * versions of Valkey that are graded with: one that is in neither table makes a test fail, and is to be decided on.
 */
const DENIED: readonly Row[] = [
  [
    'reads or sets who may do what, and what was refused',
    `acl|deluser acl|dryrun acl|getuser acl|list acl|load acl|log acl|save acl|setuser acl|users`,
  ],
  [
    'reads or changes how the server is set, or loads code into it',
    `config|get config|resetstat config|rewrite config|set module|list module|load module|loadex module|unload`,
  ],
  ['ends the server, keeps it busy, or looks into it', `debug monitor pfdebug pfselftest shutdown`],
  ['has the server write files or fork', `bgrewriteaof bgsave lastsave save`],
  [
    'has the server talk to others, or follow them',
    `failover migrate psync replconf replicaof role slaveof sync`,
  ],
  [
    "sees, holds up or ends other people's connections, the grader's among them",
    `client|kill client|list client|no-evict client|pause client|unblock client|unpause`,
  ],
  [
    'changes a cluster',
    `cluster|addslots cluster|addslotsrange cluster|bumpepoch cluster|cancelslotmigrations
cluster|count-failure-reports cluster|delslots cluster|delslotsrange cluster|failover cluster|flushslot
cluster|flushslots cluster|forget cluster|getslotmigrations cluster|meet cluster|migrateslots cluster|replicas
cluster|replicate cluster|reset cluster|saveconfig cluster|set-config-epoch cluster|setslot cluster|slaves
cluster|syncslots`,
  ],
  [
    "reads or clears what the server notes of slow commands, the grader's among them",
    `commandlog|get commandlog|len commandlog|reset latency|doctor latency|graph latency|histogram latency|history
latency|latest latency|reset slowlog|get slowlog|len slowlog|reset`,
  ],
  ['has each call of a script run by a process of its own, which nobody waits for', `script|debug`],
];

/** What the learner's user may run, and why that does no harm. */
const ALLOWED: readonly Row[] = [
  ['tells what there is to tell of users, and gives no rights', `acl|cat acl|genpass acl|help acl|whoami`],
  [
    'only tells how a command is used',
    `client|help cluster|help commandlog|help command|help config|help function|help latency|help memory|help
module|help object|help pubsub|help script|help slowlog|help xgroup|help xinfo|help`,
  ],
  [
    'is about its own connection, and what clients ask when they connect',
    `asking auth client|caching client|capa client|getname client|getredir client|id client|import-source
client|info client|no-touch client|reply client|setinfo client|setname client|tracking client|trackinginfo
echo hello ping quit readonly readwrite reset select wait waitaof`,
  ],
  [
    'tells which commands there are',
    `command|count command|docs command|getkeys command|getkeysandflags command|info command|list`,
  ],
  [
    'tells of the server what a learner may know',
    `info lolwut memory|doctor memory|malloc-stats memory|purge memory|stats memory|usage time`,
  ],
  [
    'tells of a cluster, where there is none',
    `cluster|countkeysinslot cluster|getkeysinslot cluster|info cluster|keyslot cluster|links cluster|myid
cluster|myshardid cluster|nodes cluster|shards cluster|slot-stats cluster|slots`,
  ],
  [
    'runs Lua: its commands are those of the learner, and what does not end is ended',
    `eval eval_ro evalsha evalsha_ro fcall fcall_ro function|delete function|dump function|flush function|kill
function|list function|load function|restore function|stats script|exists script|flush script|kill script|load
script|show`,
  ],
  ['transactions', `discard exec multi unwatch watch`],
  [
    'messages: the grader subscribes to all of them',
    `psubscribe publish pubsub|channels pubsub|numpat pubsub|numsub pubsub|shardchannels pubsub|shardnumsub
punsubscribe spublish ssubscribe subscribe sunsubscribe unsubscribe`,
  ],
  [
    "the keyspace: it is the learner's, whole databases too",
    `clusterscan copy dbsize del dump exists expire expireat expiretime flushall flushdb keys move object|encoding
object|freq object|idletime object|refcount persist pexpire pexpireat pexpiretime pttl randomkey rename
renamenx restore restore-asking scan swapdb touch ttl type unlink`,
  ],
  [
    'data: string',
    `append decr decrby delifeq get getdel getex getrange getset incr incrby incrbyfloat lcs mget mset msetex
msetnx psetex set setex setnx setrange strlen substr`,
  ],
  ['data: bitmap', `bitcount bitfield bitfield_ro bitop bitpos getbit setbit`],
  [
    'data: list',
    `blmove blmpop blpop brpop brpoplpush lindex linsert llen lmove lmpop lpop lpos lpush lpushx lrange lrem lset
ltrim rpop rpoplpush rpush rpushx sort sort_ro`,
  ],
  [
    'data: set',
    `sadd scard sdiff sdiffstore sinter sintercard sinterstore sismember smembers smismember smove spop srandmember
srem sscan sunion sunionstore`,
  ],
  [
    'data: sortedset',
    `bzmpop bzpopmax bzpopmin zadd zcard zcount zdiff zdiffstore zincrby zinter zintercard zinterstore zlexcount
zmpop zmscore zpopmax zpopmin zrandmember zrange zrangebylex zrangebyscore zrangestore zrank zrem
zremrangebylex zremrangebyrank zremrangebyscore zrevrange zrevrangebylex zrevrangebyscore zrevrank zscan
zscore zunion zunionstore`,
  ],
  [
    'data: hash',
    `hdel hexists hexpire hexpireat hexpiretime hget hgetall hgetdel hgetex hincrby hincrbyfloat hkeys hlen hmget
hmset hpersist hpexpire hpexpireat hpexpiretime hpttl hrandfield hscan hset hsetex hsetnx hstrlen httl hvals`,
  ],
  ['data: hyperloglog', `pfadd pfcount pfmerge`],
  [
    'data: geo',
    `geoadd geodist geohash geopos georadius georadius_ro georadiusbymember georadiusbymember_ro geosearch
geosearchstore`,
  ],
  [
    'data: stream',
    `xack xadd xautoclaim xclaim xdel xgroup|create xgroup|createconsumer xgroup|delconsumer xgroup|destroy
xgroup|setid xinfo|consumers xinfo|groups xinfo|stream xlen xpending xrange xread xreadgroup xrevrange xsetid
xtrim`,
  ],
];

/** By the name of a command, or of a command and its subcommand with a bar between them: whether it may be run. */
export const LEARNER_COMMANDS: ReadonlyMap<string, boolean> = new Map([
  ...decided(DENIED, false),
  ...decided(ALLOWED, true),
]);

function decided(rows: readonly Row[], allowed: boolean): [string, boolean][] {
  return rows.flatMap(([, names]) => names.split(/\s+/).map((name): [string, boolean] => [name, allowed]));
}
