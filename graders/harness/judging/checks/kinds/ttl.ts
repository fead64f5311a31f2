import { showArgument } from '../../../base/text/printable.ts';
import { defineKind } from '../check-kind.ts';
import { changesOf, notesOn, ttlChangesOf } from '../effects.ts';
import { PASS } from '../finding.ts';
import { describeKey, KEY } from '../key-param.ts';
import { misspeltAs } from '../misspelling.ts';
import { number, object } from '../parameters.ts';
import type { RunView } from '../run-view.ts';
import type { TracedCommand } from '../traced-command.ts';

const EXPIRING = new Set(['EXPIRE', 'PEXPIRE', 'EXPIREAT', 'PEXPIREAT']);

export const ttl = defineKind({
  kind: 'ttl',
  description:
    'The key was given a TTL of about so many seconds. Judges the TTL that was set, not the one that is left: a slow script does not fail.',
  parameters: object({
    ...KEY,
    seconds: number({ exclusiveMinimum: 0, description: 'The TTL in seconds.' }),
    tolerance: number({ minimum: 0, description: 'How many seconds it may be off either way.' }),
  }),
  example: {
    purpose: 'For keys that are to vanish by themselves, and are still there when the script ends.',
    yaml: 'key: session:han_solo\nseconds: 3600\ntolerance: 60',
    mistake: 'a zero too few',
    seen: {
      after: { 'session:han_solo': { hash: { species: 'human' }, ttl: 360 } },
      commands: ['HSET session:han_solo species human', 'EXPIRE session:han_solo 360'],
    },
  },
  keys: ({ key }) => [key],
  judge({ key, db = 0, seconds, tolerance }, run) {
    const found = run.key(key, db);
    const expected = `a TTL of about ${seconds} s (${seconds - tolerance} to ${seconds + tolerance} s)`;
    const fail = (actual: string) => ({
      passed: false as const,
      expected,
      actual,
      commands: found ? ttlChangesOf(run, key) : changesOf(run, key),
    });
    if (!found) return fail(describeKey(run, key, db));
    if (found.expireAt === null) {
      const none = 'no TTL: the key would stay for ever';
      const strayed = expiresMisspelt(run, key, db);
      if (strayed.length === 0) return fail(none);
      const [{ name = '', args: [other = null] = [] } = {}] = strayed;
      return {
        ...fail(`${none}; ${name} was sent for ${showArgument(other ?? '')}`),
        commands: notesOn(run, strayed.slice(-SHOWN)),
      };
    }
    // When the TTL was set is not known, but it was between start and end of the script.
    const { serverStart, serverEnd } = run.evidence.clock;
    const least = (found.expireAt - serverEnd) / 1000;
    const most = (found.expireAt - serverStart) / 1000;
    if (least <= seconds + tolerance && most >= seconds - tolerance) return PASS;
    const [low, high] = [describeSeconds(Math.max(0, least)), describeSeconds(most)];
    return fail(low === high ? `a TTL of about ${high}` : `a TTL of ${low} to ${high}`);
  },
});

/** Strayed commands that are shown. */
const SHOWN = 3;

/** The commands that were to give the key a TTL, but have its name misspelt. */
function expiresMisspelt(run: RunView, key: string, db: number): TracedCommand[] {
  return run.commands.filter(
    ({ name, args: [other], db: database }) =>
      EXPIRING.has(name) &&
      database === db &&
      typeof other === 'string' &&
      misspeltAs(run, key, other) !== '',
  );
}

function describeSeconds(seconds: number): string {
  return seconds >= 10 ? `${Math.round(seconds)} s` : `${seconds.toFixed(1)} s`;
}
