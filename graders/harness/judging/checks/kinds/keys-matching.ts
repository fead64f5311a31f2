import { toBuffer } from '../../../base/bytes.ts';
import { count, list, shortList } from '../../../base/text/count.ts';
import { show, showArgument } from '../../../base/text/printable.ts';
import { DATA_TYPE_NAMES } from '../../../evidence/data-types/index.ts';
import type { KeySnapshot } from '../../../evidence/evidence.ts';
import { literalStart, matchesGlob } from '../../../valkey/notation/glob.ts';
import { defineKind } from '../check-kind.ts';
import { amount, amountInWords, isAmount } from '../conditions.ts';
import { changesOf } from '../effects.ts';
import { type Failure, PASS } from '../finding.ts';
import { describeCondition, type StateCondition, stateCondition } from '../held.ts';
import { article, KEY, typeName } from '../key-param.ts';
import { similarKeys } from '../misspelling.ts';
import { listOf, object, oneOf, optional, type Static, text } from '../parameters.ts';
import { keyName, type RunView } from '../run-view.ts';
import { aboutKeys } from '../trace-questions.ts';
import { type Unmet, unmetIn } from '../unmet-condition.ts';

const PARAMETERS = object({
  pattern: text({
    minLength: 1,
    description:
      'What the names are like, as KEYS and SCAN take it: `*`, `?`, `[a-z]`, `[^a-z]`, and a backslash before what is meant literally.',
  }),
  db: KEY.db,
  count: amount('How many such keys there are.'),
  except: optional(listOf(text(), { description: 'Names that the pattern takes, and that are not meant.' })),
  type: optional(
    oneOf(DATA_TYPE_NAMES, { description: "The type of each of them, as Valkey's TYPE names it." }),
  ),
  each: optional(
    stateCondition(
      'What each of them is like after the script. A TTL is the one that was set, not the one that is left.',
    ),
  ),
});

type Params = Static<typeof PARAMETERS>;

/** How many keys that are not as they should be are told, and how many of them with the commands that made them. */
const TOLD = 5;
const NOTED = 3;

export const keysMatching = defineKind({
  kind: 'keys-matching',
  description:
    'There are so many keys whose names match a pattern, and each of them is as it should be: for names that the script makes up.',
  parameters: PARAMETERS,
  example: {
    purpose: 'For keys with generated names, such as one for each order with an id of its own.',
    yaml: "pattern: 'order:*'\ncount: 2\ntype: string\neach:\n  value: { jsonHas: { $.item: lamp, $.quantity: { atLeast: 1 } } }\n  ttl: none",
    mistake: 'a number became a text',
    seen: {
      after: {
        'order:7f1c': '{"item":"lamp","quantity":2}',
        'order:93ab': '{"item":"lamp","quantity":"two"}',
      },
      commands: [
        'SET order:7f1c \'{"item":"lamp","quantity":2}\'',
        'SET order:93ab \'{"item":"lamp","quantity":"two"}\'',
      ],
    },
  },
  asks: ({ pattern }) => (literalStart(pattern) === '' ? [] : [aboutKeys(literalStart(pattern))]),
  judge(parameters, run) {
    const { count: wanted, db = 0 } = parameters;
    const found = keysIn(run, parameters);
    const uncounted = run.keyspaceAfter.notListed(db);
    const failure = (actual: string, keys: readonly KeySnapshot[]): Failure => ({
      passed: false,
      expected: expectation(parameters),
      actual,
      commands: keys.slice(0, NOTED).flatMap((key) => changesOf(run, keyName(key) ?? '').slice(-2)),
    });
    if (!isAmount(wanted, found.length)) return failure(describeKeys(run, parameters, found), found);
    if (uncounted > 0)
      return failure(`more keys than are kept: of ${uncounted} nobody knows what they are called`, []);
    const wrong = found.flatMap((key) => {
      const unmet = unmetOf(run, parameters, key);
      return unmet ? [{ key, name: showArgument(key.key), ...unmet }] : [];
    });
    if (wrong.length === 0) return PASS;
    const told = wrong.slice(0, TOLD);
    const lines = told.map(({ name, found: what }) => `${name}: ${what}`);
    const differences = told.flatMap(({ name, difference }) =>
      difference ? [`${name}: ${difference}`] : [],
    );
    return {
      ...failure(
        [...lines, ...(wrong.length > TOLD ? [`${wrong.length - TOLD} more`] : [])].join('\n'),
        wrong.map(({ key }) => key),
      ),
      ...(differences.length > 0 && { difference: differences.join('\n') }),
    };
  },
});

function keysIn(run: RunView, { pattern, db = 0, except = [] }: Params): KeySnapshot[] {
  return run.keysAfter.flatMap((placed) =>
    placed.db === db &&
    matchesGlob(pattern, toBuffer(placed.key.key)) &&
    !except.includes(keyName(placed.key) ?? '')
      ? [placed.key]
      : [],
  );
}

/** What of a key is not as it should be; undefined for nothing. */
function unmetOf(run: RunView, { type, each }: Params, key: KeySnapshot): Unmet | undefined {
  if (type !== undefined && typeName(key) !== type) return { found: article(typeName(key)) };
  return each && unmetIn(each, key, ttlBegan(run, each, key));
}

/**
 * When the TTL of a key began, in ms. That is not known, but it was between start and end of the script: it is the time
 * that fits the TTL that is wanted best.
 */
function ttlBegan(run: RunView, { ttl }: StateCondition, { expireAt }: KeySnapshot): number {
  const { serverStart, serverEnd } = run.evidence.clock;
  if (typeof ttl !== 'object' || expireAt === null) return serverEnd;
  return Math.min(serverEnd, Math.max(serverStart, expireAt - ttl.milliseconds));
}

function expectation({ pattern, count: wanted, except = [], type, each }: Params): string {
  const only =
    wanted === 1 || (typeof wanted === 'object' && wanted.atLeast === undefined && wanted.atMost === 1);
  const names = except.length === 0 ? '' : `, ${list(except.map((name) => showArgument(name)))} not counted`;
  const { ttl, ...content } = each ?? {};
  return [
    `${amountInWords(wanted)} ${only ? 'key' : 'keys'} matching ${showArgument(pattern)}${names}`,
    ...(type === undefined ? [] : [`each is ${article(type)}`]),
    ...(Object.keys(content).length === 0 ? [] : [`each ${describeCondition(content)}`]),
    ...(ttl === undefined ? [] : [`each ${describeCondition({ ttl })}`]),
  ].join('\n');
}

/** The keys that are there, where they are too few or too many. */
function describeKeys(run: RunView, { pattern, db = 0 }: Params, found: readonly KeySnapshot[]): string {
  const similar = similarKeys(run, literalStart(pattern), db);
  if (found.length === 0) return `no such key${similar}`;
  const names = shortList(
    found.map(({ key }) => show(key)),
    TOLD,
  );
  return `${count(found.length, 'key')}: ${names}${similar}`;
}
