import type { LostKeyspace } from './evidence.ts';

/** Why there is no keyspace to look at, for the learner. */
export function lossInWords(lost: LostKeyspace): string {
  return lost === 'out of memory'
    ? 'Your script made the server use more memory than it is given, which ended it: no keyspace was left to look at.'
    : 'Your script left a Lua script running in the server that writes and does not end. It could only be ended together with the server: no keyspace was left to look at.';
}
