import type { LostKeyspace } from './evidence.ts';

const LOSSES: Record<LostKeyspace, string> = {
  'out of memory':
    'Your script made the server use more memory than it is given, which ended it: no keyspace was left to look at.',
  'endless Lua script':
    'Your script left a Lua script running in the server that writes and does not end. It could only be ended together with the server: no keyspace was left to look at.',
  busy: 'Your script left commands or Lua scripts running in the server, some that take long or one after the other, which kept it from answering until it was ended: no keyspace was left to look at.',
};

/** Why there is no keyspace to look at, for the learner. */
export function lossInWords(lost: LostKeyspace): string {
  return LOSSES[lost];
}
