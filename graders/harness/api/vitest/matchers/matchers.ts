import type { MatcherState } from 'vitest';
import { showArgument } from '../../../base/text/printable.ts';
import type { Failure, Finding } from '../../../judging/checks/finding.ts';
import { describeKey } from '../../../judging/checks/key-param.ts';
import { fieldCount } from '../../../judging/checks/kinds/field-count.ts';
import { hashFields } from '../../../judging/checks/kinds/hash-fields.ts';
import { hyperLogLogCount } from '../../../judging/checks/kinds/hyperloglog-count.ts';
import { keyAbsent } from '../../../judging/checks/kinds/key-absent.ts';
import { keyExists } from '../../../judging/checks/kinds/key-exists.ts';
import { keyType } from '../../../judging/checks/kinds/key-type.ts';
import { listItems } from '../../../judging/checks/kinds/list-items.ts';
import { noTtl } from '../../../judging/checks/kinds/no-ttl.ts';
import { setMembers } from '../../../judging/checks/kinds/set-members.ts';
import { sortedSetMembers } from '../../../judging/checks/kinds/sorted-set-members.ts';
import { streamEntries } from '../../../judging/checks/kinds/stream-entries.ts';
import { stringValue } from '../../../judging/checks/kinds/string-value.ts';
import { ttl } from '../../../judging/checks/kinds/ttl.ts';
import type { Matcher } from '../../../judging/checks/matcher.ts';
import type { RunView } from '../../../judging/checks/run-view.ts';
import { failureText } from '../../../judging/report/failure-details.ts';
import { sendThrough } from './client.ts';
import { checkedValue } from './expected-value.ts';
import { readKey, someNames } from './read-key.ts';
import type { ExpectedValue, KeyType } from './types.ts';
import { viewOf } from './view.ts';

/** How many seconds a TTL may be off where nothing else is said. */
const TTL_WITHIN = 2;

interface Outcome {
  pass: boolean;
  message(): string;
}

/**
 * What vitest's `expect.extend` takes. Each is a kind of check of the graders, judged on the key as it is at
 * this moment, so that both tell what is wrong in the same words.
 */
export const matchers = {
  toHaveKey: matcher((key) => (run) => keyExists.judge({ key }, run)),
  toHaveNoKey: matcher((key) => (run) => keyAbsent.judge({ key }, run)),
  toHaveKeyType: matcher((key, type: KeyType) => (run) => keyType.judge({ key, type }, run)),
  toHaveString: matcher((key, expected: ExpectedValue) => {
    const value = checkedValue(expected);
    return (run) => stringValue.judge({ key, value }, run);
  }),
  toHaveHash: matcher((key, expected: Record<string, ExpectedValue>) => {
    const fields = checkedFields(expected);
    return (run) => hashFields.judge({ key, fields }, run);
  }),
  toHaveFieldCount: matcher((key, count: number) => (run) => fieldCount.judge({ key, count }, run)),
  toHaveList: matcher((key, expected: readonly ExpectedValue[]) => {
    const items = expected.map(checkedValue);
    return (run) => listItems.judge({ key, items }, run);
  }),
  toHaveSet: matcher((key, expected: readonly ExpectedValue[]) => {
    const texts = expected.map((value) => (typeof value === 'number' ? String(value) : value));
    const members = [...new Set(texts)].map(checkedValue);
    return (run) => setMembers.judge({ key, members }, run);
  }),
  toHaveSortedSet: matcher(
    (key, members: Record<string, number>, { orMore = false }: { orMore?: boolean } = {}) =>
      (run) =>
        sortedSetMembers.judge({ key, members, orMore }, run),
  ),
  toHaveStreamEntries: matcher((key, expected: readonly Record<string, ExpectedValue>[]) => {
    const entries = expected.map((fields) => ({ fields: checkedFields(fields) }));
    return (run) => streamEntries.judge(entries.length === 0 ? { key, count: 0 } : { key, entries }, run);
  }),
  toHaveTtl: matcher(
    (key, seconds: number, { within = TTL_WITHIN }: { within?: number } = {}) =>
      (run) =>
        ttl.judge({ key, seconds, tolerance: within }, run),
  ),
  toHaveNoTtl: matcher((key) => (run) => noTtl.judge({ key }, run)),
  toHaveHyperLogLogCount: matcher(
    (key, count: number, { within = 0 }: { within?: number } = {}) =>
      (run) =>
        hyperLogLogCount.judge({ key, count, tolerance: within }, run),
  ),
};

function checkedFields(expected: Record<string, ExpectedValue>): Record<string, Matcher> {
  return Object.fromEntries(Object.entries(expected).map(([field, value]) => [field, checkedValue(value)]));
}

/** A matcher out of a check: its parameters are looked at before the server is asked. */
function matcher<Rest extends unknown[]>(judgeBy: (key: string, ...rest: Rest) => (run: RunView) => Finding) {
  return async function (this: MatcherState, client: unknown, key: string, ...rest: Rest): Promise<Outcome> {
    const judge = judgeBy(key, ...rest);
    const run = await look(client, key);
    const finding = judge(run);
    const args = rest.map((value) => this.utils.stringify(value));
    return {
      pass: finding.passed,
      // Asked for where it did not go as it should: for what passed, where `.not` stood before it.
      message: () => messageOf(key, finding.passed ? unwanted(run, key, args) : finding),
    };
  };
}

/** The key as it is now, and where it is not there, the names that are. */
async function look(client: unknown, key: string): Promise<RunView> {
  const send = sendThrough(client);
  const found = await readKey(send, key);
  if (found) return viewOf([found]);
  const names = (await someNames(send)).filter((name) => name !== key);
  return viewOf(names.map((name) => ({ key: name, expireAt: null, type: 'other', name: 'unknown' })));
}

/** What `.not` says: there is no failure of the check that could tell. */
function unwanted(run: RunView, key: string, args: readonly string[]): Failure {
  return {
    passed: false,
    expected: args.length === 0 ? 'that it does not hold' : `anything but ${args.join(', ')}`,
    actual: `${describeKey(run, key)}, for which it holds`,
  };
}

function messageOf(key: string, { expected, actual, difference }: Failure): string {
  const failure = { expected, actual, difference: difference ?? null, commands: [], hint: null, hints: 0 };
  const common = { id: key, title: key, score: 0, maxScore: 0, variant: null };
  return `key ${showArgument(key)}\n${failureText({ ...common, status: 'failed', failure })}`;
}
