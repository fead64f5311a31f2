/**
 * What a challenge may change of its server. Both lists allow, and leave out what they do not name: a setting or a
 * command of a later version is refused until somebody has thought about it.
 */

/**
 * Settings that are about how data is kept, evicted, expired and told of. None of them reaches files, the network,
 * users, connections, or how much of the machine the server takes.
 */
export const SETTINGS: readonly string[] = [
  // What is evicted, and when; `maxmemory` only down to less than the server has anyway.
  ...['maxmemory', 'maxmemory-policy', 'maxmemory-samples', 'maxmemory-eviction-tenacity'],
  ...['lfu-decay-time', 'lfu-log-factor', 'active-expire-effort'],
  ...['lazyfree-lazy-eviction', 'lazyfree-lazy-expire', 'lazyfree-lazy-server-del'],
  ...['lazyfree-lazy-user-del', 'lazyfree-lazy-user-flush'],
  // What is told of keys.
  'notify-keyspace-events',
  // How values are encoded.
  ...[
    'hash-max-listpack-entries',
    'hash-max-listpack-value',
    'list-max-listpack-size',
    'list-compress-depth',
  ],
  ...['set-max-intset-entries', 'set-max-listpack-entries', 'set-max-listpack-value'],
  ...['zset-max-listpack-entries', 'zset-max-listpack-value', 'hll-sparse-max-bytes'],
  ...['stream-node-max-bytes', 'stream-node-max-entries'],
  // Which commands are noted as slow.
  ...['slowlog-log-slower-than', 'slowlog-max-len', 'latency-monitor-threshold'],
  ...['commandlog-execution-slower-than', 'commandlog-slow-execution-max-len'],
];

/** The most memory that a challenge may give its data, in bytes: what every server has. */
export const MAX_MEMORY_BYTES = 256 * 1024 * 1024;

/** Why a setting is not changed; undefined where it may be. Whether the server knows it, only the server can tell. */
export function whyNotSet(name: string, value: string): string | undefined {
  const setting = name.toLowerCase();
  if (!SETTINGS.includes(setting)) return `${name} is no setting that a challenge may change`;
  if (setting !== 'maxmemory') return undefined;
  const bytes = bytesOf(value);
  return bytes !== undefined && bytes > 0 && bytes <= MAX_MEMORY_BYTES
    ? undefined
    : 'maxmemory may be 256mb at most, and not 0';
}

/** A size as configurations have it: `100`, `64mb`. */
function bytesOf(text: string): number | undefined {
  const [, number, unit] = /^(\d{1,15})([a-z]*)$/i.exec(text.trim()) ?? [];
  const factor = UNITS[unit?.toLowerCase() ?? 'none'];
  return number === undefined || factor === undefined ? undefined : Number(number) * factor;
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1000,
  kb: 1024,
  m: 1000 ** 2,
  mb: 1024 ** 2,
  g: 1000 ** 3,
  gb: 1024 ** 3,
};

/** Commands that only tell something: a learner who has them sees more, and can do no more. */
const TELLING: readonly string[] = [
  ...['acl|dryrun', 'acl|getuser', 'acl|list', 'acl|users', 'config|get', 'client|list', 'module|list'],
  ...['slowlog|get', 'slowlog|len', 'commandlog|get', 'commandlog|len', 'lastsave', 'role'],
  ...['latency|doctor', 'latency|graph', 'latency|histogram', 'latency|history', 'latency|latest'],
];

/**
 * Commands of which the server's access rules allow all or nothing: whoever may change one user or one setting may
 * change each. A learner never has them. Those of a command file, which the grader sends, it looks at one by one, and
 * sends as its own user what may be done.
 */
export const LOOKED_AT: readonly string[] = ['acl|setuser', 'acl|deluser', 'config|set'];

/** The commands of a challenge's `allow` that the learner's user is given. */
export function givenCommands(allow: readonly string[]): string[] {
  return allow.filter((name) => TELLING.includes(name));
}

/** Why learners are not allowed a command; undefined if they can be. */
export function whyNotAllowed(name: string): string | undefined {
  if (TELLING.includes(name) || LOOKED_AT.includes(name)) return undefined;
  return `${name} cannot be allowed: only ${[...LOOKED_AT, ...TELLING].sort().join(', ')} can`;
}

/** What no user of a learner has, as rules of the ACL: behind those that the learner gives to one. */
export const NEVER_GIVEN: readonly string[] = [
  '-@admin',
  // It has the server connect to others, which may be another submission's.
  '-migrate',
  // Each call of a script is run by a process of its own then, which is a copy of the server and ends when it likes.
  '-script|debug',
];

/**
 * What is sent in place of a command that the learner's user does not have, or why it is not sent. `isOwn` tells the
 * users of the grader.
 */
export function lookAt(
  words: readonly string[],
  isOwn: (user: string) => boolean,
): { send: string[] } | { refuse: string } {
  const [name = '', sub = '', ...rest] = words;
  switch (`${name}|${sub}`.toLowerCase()) {
    case 'acl|setuser':
      return setUser([name, sub], rest, isOwn);
    case 'acl|deluser': {
      const user = rest.find((one) => one === 'default' || isOwn(one));
      return user === undefined
        ? { send: [...words] }
        : { refuse: `the user ${user} is not yours to remove` };
    }
    default: {
      for (let index = 0; index < rest.length; index += 2) {
        const reason = whyNotSet(rest[index] ?? '', rest[index + 1] ?? '');
        if (reason !== undefined) return { refuse: reason };
      }
      return { send: [...words] };
    }
  }
}

function setUser(
  command: string[],
  [user = '', ...rules]: readonly string[],
  isOwn: (user: string) => boolean,
): { send: string[] } | { refuse: string } {
  if (user === 'default' || isOwn(user)) return { refuse: `the user ${user} is not yours to change` };
  // What stands behind it takes nothing from a selector.
  if (rules.some((rule) => /[()]/.test(rule)))
    return { refuse: 'selectors cannot be used in this challenge' };
  return { send: user === '' ? command : [...command, user, ...rules, ...NEVER_GIVEN] };
}
