import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder of what is kept from run to run: `$XDG_CACHE_HOME/keyspace-grader`, `~/.cache/keyspace-grader` by default. */
export function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'keyspace-grader');
}
