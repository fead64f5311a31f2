/**
 * Options of a throwaway server, the same for every engine: nothing is written to disk, and a script that
 * fills the memory gets an error instead of taking the machine along.
 */
export const SERVER_OPTIONS = [
  ['--save', ''],
  ['--appendonly', 'no'],
  ['--maxmemory', '256mb'],
  ['--maxmemory-policy', 'noeviction'],
].flat();
