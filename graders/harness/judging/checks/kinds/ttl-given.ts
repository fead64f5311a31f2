import { showArgument } from '../../../base/text/printable.ts';
import { defineKind } from '../check-kind.ts';
import { changesOf } from '../effects.ts';
import { PASS } from '../finding.ts';
import { number, object, text } from '../parameters.ts';
import { requireHistory } from '../require-history.ts';
import { requireInTrace } from '../require-in-trace.ts';
import type { RunView } from '../run-view.ts';
import { aboutKey } from '../trace-questions.ts';

export const ttlGiven = defineKind({
  kind: 'ttl-given',
  description:
    'The TTL that this key was given last was about so many milliseconds: for a key that may have expired before anybody looks at the keyspace.',
  parameters: object({
    key: text({ minLength: 1, description: "The key's name (database 0)." }),
    milliseconds: number({ exclusiveMinimum: 0, description: 'The TTL in milliseconds.' }),
    tolerance: number({ minimum: 0, description: 'How many milliseconds it may be off either way.' }),
  }),
  example: {
    purpose: 'For TTLs so short that the key may be gone when the script ends.',
    yaml: 'key: fleet:endor\nmilliseconds: 300\ntolerance: 100',
    mistake: 'EX where PX was meant',
    seen: { after: { 'fleet:endor': { string: '7', ttl: 300 } }, commands: ['SET fleet:endor 7 EX 300'] },
  },
  asks: ({ key }) => [aboutKey(key)],
  judge({ key, milliseconds, tolerance }, run) {
    requireInTrace(run, aboutKey(key));
    requireHistory(run, [key]);
    const found = givenTtl(run, key);
    if (typeof found === 'object' && Math.abs(found.ms - milliseconds) <= tolerance) return PASS;
    return {
      passed: false,
      expected: `a TTL of about ${describe(milliseconds)}`,
      actual:
        found === undefined
          ? `no command gave ${showArgument(key)} a TTL`
          : found === 'none'
            ? 'no TTL: the key would stay for ever'
            : `a TTL of about ${describe(found.ms)}`,
      commands: changesOf(run, key),
    };
  },
});

/** The TTL that the key was given last, by what each step changed. */
function givenTtl(run: RunView, key: string): { ms: number } | 'none' | undefined {
  const given = run.history
    .changesOf(key)
    .findLast(({ change: { before, after } }) => after && (!before || before.expireAt !== after.expireAt));
  if (!given?.change.after) return undefined;
  const { expireAt } = given.change.after;
  return expireAt === null ? 'none' : { ms: expireAt - given.at };
}

function describe(milliseconds: number): string {
  const rounded = Math.round(milliseconds);
  return Math.abs(rounded) < 1000
    ? `${rounded} ms`
    : `${rounded} ms (${Number((rounded / 1000).toFixed(1))} s)`;
}
