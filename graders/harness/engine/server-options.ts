/** Memory that a server may take in all, in bytes: its data, one value of the largest size, and buffers. */
export const SERVER_MEMORY_BYTES = 1536 * 1024 * 1024;

/**
 * Options of a throwaway server, the same for every engine: nothing is written to disk, a script that fills
 * the memory gets an error instead of taking the machine along, and a Lua script that does not end can be
 * ended after a second. A server that dies says in one line why: a crash report would test the memory for
 * seconds first.
 */
export const SERVER_OPTIONS = [
  ['--save', ''],
  ['--appendonly', 'no'],
  ['--maxmemory', '256mb'],
  ['--maxmemory-policy', 'noeviction'],
  ['--maxmemory-clients', '128mb'],
  ['--busy-reply-threshold', '1000'],
  ['--crash-log-enabled', 'no'],
].flat();
