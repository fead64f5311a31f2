/** Memory that a server may take in all, in bytes: its data, one value of the largest size, and buffers. */
export const SERVER_MEMORY_BYTES = 1536 * 1024 * 1024;

const MIB = 1024 * 1024;
/** What commands may fill with data. */
const DATA_MIB = 256;
/** What the buffers of all connections may hold. */
const CLIENTS_MIB = 128;
/** The largest value: a command that makes one is let in as long as the data is within its bounds. */
const LARGEST_VALUE_MIB = 512;

/** The most that a server can hold without going beyond what it is given, in bytes. */
export const GIVEN_MEMORY_BYTES = (DATA_MIB + CLIENTS_MIB + LARGEST_VALUE_MIB) * MIB;

/**
 * Options of a throwaway server, the same for every engine: nothing is written to disk, a script that fills
 * the memory gets an error instead of taking the machine along, and a Lua script that does not end can be
 * ended after a second. A server that dies says in one line why: a crash report would test the memory for
 * seconds first.
 */
export const SERVER_OPTIONS = [
  ['--save', ''],
  ['--appendonly', 'no'],
  ['--maxmemory', `${DATA_MIB}mb`],
  ['--maxmemory-policy', 'noeviction'],
  ['--maxmemory-clients', `${CLIENTS_MIB}mb`],
  ['--busy-reply-threshold', '1000'],
  ['--crash-log-enabled', 'no'],
].flat();
