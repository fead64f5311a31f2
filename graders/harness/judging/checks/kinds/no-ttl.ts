import { timeInWords } from '../../words/ttl-words.ts';
import { defineKind } from '../check-kind.ts';
import { changesOf, ttlChangesOf } from '../effects.ts';
import { PASS } from '../finding.ts';
import { describeKey, KEY } from '../key-param.ts';
import { object } from '../parameters.ts';

export const noTtl = defineKind({
  kind: 'no-ttl',
  description: 'The key is there and has no TTL: it stays until somebody deletes it.',
  parameters: object(KEY),
  example: {
    purpose: 'For keys that must last, and for TTLs that were to be taken away.',
    yaml: 'key: profile:ada',
    mistake: 'it was written with the TTL of a session',
    seen: {
      after: { 'profile:ada': { string: 'Ada', ttl: 3600 } },
      commands: ['SET profile:ada Ada EX 3600'],
    },
  },
  keys: ({ key }) => [key],
  judge({ key, db = 0 }, run) {
    const found = run.key(key, db);
    if (found?.expireAt === null) return PASS;
    return {
      passed: false,
      expected: 'a key without a TTL',
      actual: found?.expireAt
        ? `a TTL of about ${timeInWords(found.expireAt - run.evidence.clock.serverEnd)}`
        : describeKey(run, key, db),
      commands: found ? ttlChangesOf(run, key) : changesOf(run, key),
    };
  },
});
