import type { CheckKind } from '../check-kind.ts';
import { changesOf } from '../effects.ts';
import { PASS } from '../finding.ts';
import { describeKey, KEY_PROPERTIES, type KeyParam } from '../key-param.ts';

interface TtlParams extends KeyParam {
  seconds: number;
  tolerance: number;
}

export const ttl: CheckKind<TtlParams> = {
  kind: 'ttl',
  description:
    'The key was given a TTL of about so many seconds. Judges the TTL that was set, not the one that is left: a slow script does not fail.',
  properties: {
    ...KEY_PROPERTIES,
    seconds: { type: 'number', exclusiveMinimum: 0, description: 'The TTL in seconds.' },
    tolerance: { type: 'number', minimum: 0, description: 'How many seconds it may be off either way.' },
  },
  required: ['key', 'seconds', 'tolerance'],
  keys: ({ key }) => [key],
  judge({ key, db = 0, seconds, tolerance }, run) {
    const found = run.key(key, db);
    const expected = `a TTL of about ${seconds} s (${seconds - tolerance} to ${seconds + tolerance} s)`;
    const fail = (actual: string) => ({
      passed: false as const,
      expected,
      actual,
      commands: changesOf(run, key),
    });
    if (!found) return fail(describeKey(run, key, db));
    if (found.expireAt === null) return fail('no TTL: the key would stay for ever');
    // When the TTL was set is not known, but it was between start and end of the script.
    const { serverStart, serverEnd } = run.run.clock;
    const least = (found.expireAt - serverEnd) / 1000;
    const most = (found.expireAt - serverStart) / 1000;
    if (least <= seconds + tolerance && most >= seconds - tolerance) return PASS;
    const [low, high] = [describeSeconds(Math.max(0, least)), describeSeconds(most)];
    return fail(low === high ? `a TTL of about ${high}` : `a TTL of ${low} to ${high}`);
  },
};

function describeSeconds(seconds: number): string {
  return seconds >= 10 ? `${Math.round(seconds)} s` : `${seconds.toFixed(1)} s`;
}
